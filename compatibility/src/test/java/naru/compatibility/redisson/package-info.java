/// Redisson, unmodified: locks, queues, topics and executors, each of which is a Lua script or
/// several.
@NullMarked
package naru.compatibility.redisson;

import org.jspecify.annotations.NullMarked;
