package naru.rdb;

import naru.bytes.Bytes;
import naru.engine.Op;

/// Is told what an RDB file holds, in its order.
///
/// Of each key: [#key], its ops, then [#keyEnded]. Bytes may be kept.
public interface RdbContents {
  /// Something about the file: who wrote it, when.
  default void auxiliary(Bytes name, Bytes value) {}

  /// The code of a library of functions, which begins with `#!`.
  default void function(Bytes library) {}

  /// A key begins.
  ///
  /// @param expiresAtMs wall clock, [Entry#NEVER] without expiry
  void key(int database, Bytes key, long expiresAtMs);

  /// An op that makes the key hold what it does, but for its expiry.
  void op(Op op);

  /// How the key was used, if the file says so: after its ops.
  ///
  /// @param idleS for how long it was not, -1 if that is not said
  /// @param frequency how often, from 0 to 255, -1 if that is not said
  default void use(long idleS, int frequency) {}

  /// The key's value is complete.
  void keyEnded();

  /// A collection without elements, as old versions of Redis have left them behind: nothing was
  /// told of it.
  default void emptyKey(int database, Bytes key) {}
}
