package naru.rdb;

/// What modules have put into a file: its form is known, its meaning is theirs.
///
/// A run of pairs, opcode and number or string, until the opcode 0.
final class Modules {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final int NAME_LETTERS = 9;
  private static final int VERSION_BITS = 10;

  private Modules() {}

  /// There is no reading a module's value: says whose it is.
  static MalformedRdb value(RdbInput in) {
    String name = name(in.readLength("the id of a module"));
    return in.malformed("a value of the module type '" + name + "', which there is not here");
  }

  /// The name of a type is in its id, six bits a letter, above the version.
  static String name(long id) {
    StringBuilder name = new StringBuilder(NAME_LETTERS);
    for (int i = NAME_LETTERS - 1; i >= 0; i--) {
      name.append(LETTERS.charAt((int) (id >>> (VERSION_BITS + 6 * i)) & 0x3F));
    }
    return name.toString();
  }

  /// Passes over what a module has put beside the keys.
  static void skipBeside(RdbInput in) {
    in.readLength("the id of a module");
    skip(in);
  }

  /// Passes over what modules have put beside one key.
  static void skipOfKey(RdbInput in) {
    for (long left = in.readCount("the number of things beside a key"); left > 0; left--) {
      in.readInt("the class of a thing beside a key");
      skip(in);
    }
  }

  private static void skip(RdbInput in) {
    while (true) {
      long opcode = in.readLength("what a module wrote");
      if (opcode == 0) {
        return;
      }
      if (opcode == 1 || opcode == 2) {
        in.readLength("a module's number");
      } else if (opcode == 3) {
        in.readInt("a module's number");
      } else if (opcode == 4) {
        in.readLong("a module's number");
      } else if (opcode == 5) {
        in.readString("a module's string");
      } else {
        throw in.malformed("the opcode " + Long.toUnsignedString(opcode) + " of a module");
      }
    }
  }
}
