/// The commands of Redis' group `key`: a file is a group of verbs that share parsing and ops.
@NullMarked
package naru.protocol.resp.key;

import org.jspecify.annotations.NullMarked;
