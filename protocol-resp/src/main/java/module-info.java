/// The Redis protocol (RESP2 and RESP3): wire, session, verb groups, wording of failures.
module naru.protocol.resp {
  requires static transitive org.jspecify;
  requires transitive naru.bytes;
  requires transitive naru.engine;
  requires transitive naru.reactor;
  requires naru.structures;
}
