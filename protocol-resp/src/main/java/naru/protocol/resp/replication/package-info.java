/// Replication as Redis has it: following a server (`REPLICAOF`), and being followed (`PSYNC`).
///
/// https://redis.io/docs/latest/operate/oss_and_stack/management/replication/
@NullMarked
package naru.protocol.resp.replication;

import org.jspecify.annotations.NullMarked;
