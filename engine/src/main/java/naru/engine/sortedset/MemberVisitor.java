package naru.engine.sortedset;

import naru.bytes.Bytes;

/// Is shown members of a sorted set. The bytes are views, good until the next op on it.
@FunctionalInterface
public interface MemberVisitor {
  void member(Bytes member, double score);
}
