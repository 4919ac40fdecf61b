/// The commands of Redis' group `connection`: a file is a group of verbs that share parsing and
/// ops.
@NullMarked
package naru.protocol.resp.connection;

import org.jspecify.annotations.NullMarked;
