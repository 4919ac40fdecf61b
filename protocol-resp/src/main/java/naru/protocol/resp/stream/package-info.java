/// The commands of Redis' group `stream`: a file is a group of verbs that share parsing and ops.
@NullMarked
package naru.protocol.resp.stream;

import org.jspecify.annotations.NullMarked;
