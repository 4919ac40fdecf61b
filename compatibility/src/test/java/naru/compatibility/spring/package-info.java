/// Spring Data Redis, unmodified, on Lettuce: what it makes of the broker for those who use Spring.
@NullMarked
package naru.compatibility.spring;

import org.jspecify.annotations.NullMarked;
