package naru.engine.hash;

import naru.bytes.Bytes;

/// Is shown fields of a hash. The bytes are views, good until the next op on the hash.
@FunctionalInterface
public interface FieldVisitor {
  void field(Bytes name, Bytes value);
}
