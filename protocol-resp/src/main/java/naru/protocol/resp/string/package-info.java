/// The commands of Redis' group `string`: a file is a group of verbs that share parsing and ops.
@NullMarked
package naru.protocol.resp.string;

import org.jspecify.annotations.NullMarked;
