/// Main, configuration and wiring: the only place that names every module.
module naru.broker {
  requires static transitive org.jspecify;
  requires info.picocli;
  requires naru.bytes;
  requires naru.engine;
  requires naru.log;
  requires naru.protocol.resp;
  requires naru.reactor;
  requires naru.structures;
  requires naru.world;
  requires org.slf4j;

  // The command line reads its declarations by reflection.
  opens naru.broker to
      info.picocli;
}
