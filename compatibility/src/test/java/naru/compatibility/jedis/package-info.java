/// Jedis, in RESP2 and in RESP3.
@NullMarked
package naru.compatibility.jedis;

import org.jspecify.annotations.NullMarked;
