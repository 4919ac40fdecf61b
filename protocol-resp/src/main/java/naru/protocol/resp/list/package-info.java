/// The commands of Redis' group `list`: a file is a group of verbs that share parsing and ops.
@NullMarked
package naru.protocol.resp.list;

import org.jspecify.annotations.NullMarked;
