/// The Redis protocol (RESP2 and RESP3): wire, session, verb groups, wording of failures.
module naru.protocol.resp {
  requires static transitive org.jspecify;
  requires transitive naru.bytes;
  requires transitive naru.engine;
  requires transitive naru.reactor;
  requires naru.lua;
  requires naru.rdb;
  requires naru.structures;
  requires org.slf4j;

  exports naru.protocol.resp;
  exports naru.protocol.resp.acl;
  exports naru.protocol.resp.admin;
  exports naru.protocol.resp.pubsub;
  exports naru.protocol.resp.replication;
  exports naru.protocol.resp.scripting;
  exports naru.protocol.resp.server;
  exports naru.protocol.resp.setting;
  exports naru.protocol.resp.statistics;
  exports naru.protocol.resp.verb;
  exports naru.protocol.resp.wire;
}
