/// Sorted sets: members in the order of their scores.
@NullMarked
package naru.engine.sortedset;

import org.jspecify.annotations.NullMarked;
