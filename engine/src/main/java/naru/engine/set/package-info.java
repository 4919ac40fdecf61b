/// Sets: members without order, each at most once.
@NullMarked
package naru.engine.set;

import org.jspecify.annotations.NullMarked;
