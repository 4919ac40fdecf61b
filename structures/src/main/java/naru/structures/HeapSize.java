package naru.structures;

/// What objects and arrays take on the heap of a 64-bit virtual machine with compact headers
/// (JEP 519) and short references, as the broker is started. A heap of 32 GB or more has references
/// of eight bytes; what is reckoned here is too low then.
public final class HeapSize {
  public static final int REFERENCE_BYTES = 4;

  private static final int ARRAY_HEADER_BYTES = 12;

  private HeapSize() {}

  /// A `byte[]`.
  public static long bytes(int length) {
    return aligned(ARRAY_HEADER_BYTES + (long) length);
  }

  /// The length of the longest `byte[]` that takes no more than one of `length`.
  public static int bytesThatFit(int length) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, bytes(length) - ARRAY_HEADER_BYTES);
  }

  /// An `int[]`.
  public static long ints(int length) {
    return aligned(ARRAY_HEADER_BYTES + 4L * length);
  }

  /// A `long[]`, whose first element is aligned too.
  public static long longs(int length) {
    return 16 + 8L * length;
  }

  /// An array of references; what they refer to not counted.
  public static long references(int length) {
    return aligned(ARRAY_HEADER_BYTES + (long) REFERENCE_BYTES * length);
  }

  private static long aligned(long bytes) {
    return (bytes + 7) & ~7L;
  }
}
