/// The commands of Redis' group `transaction`: a file is a group of verbs that share parsing and
/// ops.
@NullMarked
package naru.protocol.resp.transaction;

import org.jspecify.annotations.NullMarked;
