/// Redis' formats: values as `DUMP` gives them, RDB files, append-only files.
module naru.rdb {
  requires static transitive org.jspecify;
  requires transitive naru.bytes;
  requires transitive naru.engine;
  requires naru.structures;

  exports naru.rdb;
  exports naru.rdb.aof;
}
