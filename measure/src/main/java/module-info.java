/// Naru beside another server: starts both, plays loads on them, shows what came out.
module naru.measure {
  requires static transitive org.jspecify;
  requires HdrHistogram;
  requires java.management;
  requires jdk.management;
  requires transitive naru.world;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  exports naru.measure;
  exports naru.measure.load;
  exports naru.measure.report;
  exports naru.measure.server;
}
