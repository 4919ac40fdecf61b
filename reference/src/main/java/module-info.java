/// Writes `docs/reference` from the declarations in the code. Runs at build time only.
module naru.reference {
  requires static transitive org.jspecify;
  requires naru.broker;
  requires naru.engine;
  requires naru.protocol.resp;
  requires naru.reactor;
}
