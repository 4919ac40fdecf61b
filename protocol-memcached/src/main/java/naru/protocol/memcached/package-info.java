/// The text and meta protocol of memcached: session, commands, what is counted.
///
/// An item is a string of database 0, with flags and a version (the "cas unique") beside it. What
/// the commands are said to do follows memcached 1.6.18; see `docs/guide/memcached.md` for where
/// the two differ.
///
/// Must not know: any other protocol, sockets, files, and the clock.
@NullMarked
package naru.protocol.memcached;

import org.jspecify.annotations.NullMarked;
