/// Main, configuration and wiring: the only place that names every module.
module naru.broker {
  requires static transitive org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires java.management;
  requires naru.bytes;
  requires naru.engine;
  requires naru.log;
  requires naru.measure;
  requires naru.protocol.memcached;
  requires naru.protocol.resp;
  requires naru.rdb;
  requires naru.reactor;
  requires naru.structures;
  requires naru.world;
  requires org.apache.commons.cli;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;

  provides ch.qos.logback.classic.spi.Configurator with
      naru.broker.Logging;
}
