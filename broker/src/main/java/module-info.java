/// Main, configuration and wiring: the only place that names every module.
module naru.broker {
  requires static transitive org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires info.picocli;
  requires java.management;
  requires naru.bytes;
  requires naru.engine;
  requires naru.log;
  requires naru.protocol.resp;
  requires naru.reactor;
  requires naru.structures;
  requires naru.world;
  requires org.slf4j;

  provides ch.qos.logback.classic.spi.Configurator with
      naru.broker.Logging;

  // The command line reads its declarations by reflection.
  opens naru.broker to
      info.picocli;
}
