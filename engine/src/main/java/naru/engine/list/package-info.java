/// Lists: runs of elements that are pushed and popped at both ends.
@NullMarked
package naru.engine.list;

import org.jspecify.annotations.NullMarked;
