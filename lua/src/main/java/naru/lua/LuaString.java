package naru.lua;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A string of Lua: bytes that nobody changes.
public final class LuaString implements Comparable<LuaString> {
  public static final LuaString EMPTY = new LuaString(new byte[0]);

  private final byte[] bytes;
  private int hash;
  private boolean hashed;

  private LuaString(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The bytes themselves, which the caller gives away.
  public static LuaString of(byte[] bytes) {
    return new LuaString(bytes);
  }

  /// One byte for each char.
  public static LuaString of(String latin1) {
    return new LuaString(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public int length() {
    return bytes.length;
  }

  /// The byte at `index`, 0 to 255.
  public int at(int index) {
    return bytes[index] & 0xff;
  }

  /// Never written.
  public byte[] bytes() {
    return bytes;
  }

  public LuaString slice(int from, int to) {
    return from == 0 && to == bytes.length ? this : of(Arrays.copyOfRange(bytes, from, to));
  }

  /// The hash of the C implementation, on which the order of a table's keys depends.
  @Override
  public int hashCode() {
    if (!hashed) {
      int h = bytes.length;
      int step = (bytes.length >> 5) + 1;
      for (int i = bytes.length; i >= step; i -= step) {
        h ^= (h << 5) + (h >>> 2) + (bytes[i - 1] & 0xff);
      }
      hash = h;
      hashed = true;
    }
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return this == object
        || (object instanceof LuaString other
            && other.bytes.length == bytes.length
            && other.hashCode() == hashCode()
            && Arrays.equals(bytes, other.bytes));
  }

  @Override
  public int compareTo(LuaString other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  /// One char for each byte.
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
