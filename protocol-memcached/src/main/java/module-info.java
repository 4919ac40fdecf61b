/// The text and meta protocol of memcached: wire, session, commands.
module naru.protocol.memcached {
  requires static transitive org.jspecify;
  requires transitive naru.bytes;
  requires transitive naru.engine;
  requires transitive naru.reactor;
  requires org.slf4j;

  exports naru.protocol.memcached;
}
