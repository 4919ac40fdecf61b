/// The nouns and the facts: state, ops, decisions, failures.
module naru.engine {
  requires static transitive org.jspecify;
  requires transitive naru.bytes;
  requires transitive naru.structures;

  exports naru.engine;
  exports naru.engine.hash;
  exports naru.engine.key;
  exports naru.engine.library;
  exports naru.engine.list;
  exports naru.engine.replication;
  exports naru.engine.set;
  exports naru.engine.sortedset;
  exports naru.engine.stream;
  exports naru.engine.stream.block;
  exports naru.engine.string;
}
