/// Real, unmodified clients against the packed broker, started as a user starts it.
///
/// Must not know: any class of the broker. What is tested here is what goes over the wire and what
/// is on the disk afterwards. `-Dnaru.peer=redis` runs the same tests against a redis-server.
@NullMarked
package naru.compatibility;

import org.jspecify.annotations.NullMarked;
