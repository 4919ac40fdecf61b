/// memcached's own clients against the broker, and the broker beside memcached itself.
@NullMarked
package naru.compatibility.memcached;

import org.jspecify.annotations.NullMarked;
