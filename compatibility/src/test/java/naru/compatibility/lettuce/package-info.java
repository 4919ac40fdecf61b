/// Lettuce, in RESP2 and in RESP3.
@NullMarked
package naru.compatibility.lettuce;

import org.jspecify.annotations.NullMarked;
