package naru.lua.library;

import static naru.lua.library.Libraries.add;

import naru.lua.Arguments;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import org.jspecify.annotations.Nullable;

/// `cjson`: https://github.com/openresty/lua-cjson/blob/2.1.0/manual.txt
final class JsonLibrary {
  private static final int LIMIT_MAX = 1 << 30;

  /// JSON's null, which a table can hold and nil is not.
  static final LightValue NULL = new LightValue("(nil)");

  boolean convertsSparse;
  int sparseRatio = 2;
  int sparseSafe = 10;
  int encodeDepthMax = 1000;
  int decodeDepthMax = 1000;
  int precision = 14;
  private boolean keepsBuffer = true;

  /// How numbers that are none are written.
  Special encodesSpecial = Special.REFUSED;

  boolean decodesSpecial = true;

  enum Special {
    REFUSED,
    WRITTEN,
    AS_NULL
  }

  private JsonLibrary() {}

  static void open(Machine machine) {
    machine.globals().set(LuaString.of("cjson"), create(machine));
  }

  private static LuaTable create(Machine machine) {
    LuaTable library = machine.table();
    JsonLibrary json = new JsonLibrary();
    add(library, "encode", json::encode);
    add(library, "decode", json::decode);
    add(library, "encode_sparse_array", json::encodeSparseArray);
    add(library, "encode_max_depth", json::limitEncodeDepth);
    add(library, "decode_max_depth", json::limitDecodeDepth);
    add(library, "encode_number_precision", json::limitPrecision);
    add(library, "encode_keep_buffer", json::keepBuffer);
    add(library, "encode_invalid_numbers", json::encodeInvalidNumbers);
    add(library, "decode_invalid_numbers", json::decodeInvalidNumbers);
    add(library, "new", in -> create(in.machine()));
    library.set(LuaString.of("null"), NULL);
    library.set(LuaString.of("_NAME"), LuaString.of("cjson"));
    library.set(LuaString.of("_VERSION"), LuaString.of("2.1.0"));
    return library;
  }

  private static int integer(Arguments in, int index, int absent, int least, int most) {
    if (!in.has(index)) {
      return absent;
    }
    long value = in.integer(index);
    if (value < least || value > most) {
      int shown = most == LIMIT_MAX ? Integer.MAX_VALUE : most;
      throw in.bad(index, "expected integer between " + least + " and " + shown);
    }
    return (int) value;
  }

  private static boolean bool(Arguments in, int index, boolean absent) {
    return switch (in.get(index)) {
      case null -> absent;
      case Boolean value -> value;
      case LuaString text when text.toString().equals("on") -> true;
      case LuaString text when text.toString().equals("off") -> false;
      case LuaString text -> throw in.bad(index, "invalid option '" + text + "'");
      default -> throw in.wrongType(index, "string");
    };
  }

  private Object limitEncodeDepth(Arguments in) {
    encodeDepthMax = integer(in, 0, encodeDepthMax, 1, LIMIT_MAX);
    return (double) encodeDepthMax;
  }

  private Object limitDecodeDepth(Arguments in) {
    decodeDepthMax = integer(in, 0, decodeDepthMax, 1, LIMIT_MAX);
    return (double) decodeDepthMax;
  }

  private Object limitPrecision(Arguments in) {
    precision = integer(in, 0, precision, 1, 14);
    return (double) precision;
  }

  private Object keepBuffer(Arguments in) {
    keepsBuffer = bool(in, 0, keepsBuffer);
    return keepsBuffer;
  }

  private Object decodeInvalidNumbers(Arguments in) {
    decodesSpecial = bool(in, 0, decodesSpecial);
    return decodesSpecial;
  }

  private @Nullable Object encodeSparseArray(Arguments in) {
    convertsSparse = bool(in, 0, convertsSparse);
    sparseRatio = integer(in, 1, sparseRatio, 0, LIMIT_MAX);
    sparseSafe = integer(in, 2, sparseSafe, 0, LIMIT_MAX);
    return naru.lua.Values.of(convertsSparse, (double) sparseRatio, (double) sparseSafe);
  }

  private @Nullable Object encodeInvalidNumbers(Arguments in) {
    Object option = in.get(0);
    if (option instanceof LuaString text && text.toString().equals("null")) {
      encodesSpecial = Special.AS_NULL;
    } else if (option != null) {
      encodesSpecial = bool(in, 0, false) ? Special.WRITTEN : Special.REFUSED;
    }
    return switch (encodesSpecial) {
      case REFUSED -> false;
      case WRITTEN -> true;
      case AS_NULL -> LuaString.of("null");
    };
  }

  private @Nullable Object encode(Arguments in) {
    if (in.count() != 1) {
      throw in.bad(0, "expected 1 argument");
    }
    return new JsonEncoder(in, this).encode(in.get(0));
  }

  private @Nullable Object decode(Arguments in) {
    if (in.count() != 1) {
      throw in.bad(0, "expected 1 argument");
    }
    return new JsonDecoder(in, in.string(0), this).decode();
  }
}
