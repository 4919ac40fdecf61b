/// Pure data structures, each with a naive twin in its test.
module naru.structures {
  requires static transitive org.jspecify;
  requires transitive naru.bytes;

  exports naru.structures;
  exports naru.structures.hyperloglog;
}
