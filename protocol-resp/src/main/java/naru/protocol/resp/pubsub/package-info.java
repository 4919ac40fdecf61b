/// The commands of Redis' group `pubsub`: a file is a group of verbs that share parsing and ops.
@NullMarked
package naru.protocol.resp.pubsub;

import org.jspecify.annotations.NullMarked;
