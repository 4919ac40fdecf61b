/// One thread's worth of broker: connections, router, shards, gate, and what a protocol plugs into.
module naru.reactor {
  requires static transitive org.jspecify;
  requires transitive naru.bytes;
  requires transitive naru.engine;
  requires transitive naru.log;
  requires transitive naru.structures;
  requires transitive naru.world;
  requires org.slf4j;

  exports naru.reactor;
}
