package naru.lua.library;

import java.util.Arrays;
import naru.lua.LuaString;
import naru.lua.Machine;

/// A string being put together; what it takes counts as allocated.
final class ByteBuffer {
  private final Machine machine;
  private byte[] bytes = new byte[64];
  private int length;

  ByteBuffer(Machine machine) {
    this.machine = machine;
  }

  private void ensure(int more) {
    long needed = (long) length + more;
    if (needed > bytes.length) {
      long size = Math.max(needed, 2L * bytes.length);
      machine.announceString(size);
      bytes = Arrays.copyOf(bytes, (int) size);
    }
  }

  int length() {
    return length;
  }

  void put(int b) {
    ensure(1);
    bytes[length++] = (byte) b;
  }

  void put(LuaString text) {
    put(text.bytes(), 0, text.length());
  }

  void put(byte[] from, int offset, int count) {
    ensure(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  void put(String latin1) {
    int count = latin1.length();
    ensure(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) latin1.charAt(i);
    }
  }

  /// The lowest `count` bytes of a number.
  void putNumber(long value, int count, boolean bigEndian) {
    ensure(count);
    for (int i = 0; i < count; i++) {
      int shift = 8 * (bigEndian ? count - 1 - i : i);
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  LuaString toText() {
    return machine.string(Arrays.copyOf(bytes, length));
  }
}
