/// A seeded world in one thread, for tests. A named module, since sealed types of the engine have
/// their cases in several packages.
module naru.simulator {
  requires static transitive org.jspecify;
  requires naru.broker;
  requires naru.bytes;
  requires naru.engine;
  requires naru.log;
  requires naru.protocol.resp;
  requires naru.reactor;
  requires naru.structures;
  requires naru.world;
}
