package naru.lua.library;

import static naru.lua.library.Libraries.add;

import java.util.function.IntBinaryOperator;
import naru.lua.Arguments;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import org.jspecify.annotations.Nullable;

/// `bit`: operations on 32 bits. https://bitop.luajit.org/api.html
final class BitLibrary {
  private BitLibrary() {}

  static void open(Machine machine) {
    LuaTable library = Libraries.library(machine, "bit");
    add(library, "tobit", in -> (double) bits(in, 0));
    add(library, "bnot", in -> (double) ~bits(in, 0));
    fold(library, "band", (a, b) -> a & b);
    fold(library, "bor", (a, b) -> a | b);
    fold(library, "bxor", (a, b) -> a ^ b);
    shift(library, "lshift", (a, n) -> a << n);
    shift(library, "rshift", (a, n) -> a >>> n);
    shift(library, "arshift", (a, n) -> a >> n);
    shift(library, "rol", Integer::rotateLeft);
    shift(library, "ror", Integer::rotateRight);
    add(library, "bswap", in -> (double) Integer.reverseBytes(bits(in, 0)));
    add(library, "tohex", BitLibrary::toHex);
  }

  /// Any number, rounded and cut to 32 bits.
  private static int bits(Arguments in, int index) {
    double shifted = in.number(index) + 6755399441055744.0;
    return (int) Double.doubleToRawLongBits(shifted);
  }

  private static void fold(LuaTable library, String name, IntBinaryOperator operator) {
    add(
        library,
        name,
        in -> {
          int result = bits(in, 0);
          for (int i = 1; i < in.count(); i++) {
            result = operator.applyAsInt(result, bits(in, i));
          }
          return (double) result;
        });
  }

  private static void shift(LuaTable library, String name, IntBinaryOperator operator) {
    add(library, name, in -> (double) operator.applyAsInt(bits(in, 0), bits(in, 1) & 31));
  }

  private static @Nullable Object toHex(Arguments in) {
    int value = bits(in, 0);
    int digits = in.has(1) ? bits(in, 1) : 8;
    String alphabet = digits < 0 ? "0123456789ABCDEF" : "0123456789abcdef";
    int count = digits < 0 ? -digits : digits;
    count = count > 8 || count < 0 ? 8 : count;
    StringBuilder text = new StringBuilder();
    for (int i = count - 1; i >= 0; i--) {
      text.append(alphabet.charAt((value >>> (4 * i)) & 15));
    }
    return LuaString.of(text.toString());
  }
}
