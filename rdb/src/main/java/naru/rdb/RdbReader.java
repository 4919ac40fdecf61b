package naru.rdb;

import java.nio.charset.StandardCharsets;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.State;

/// Reads an RDB file, of any version up to [RdbVersion#NEWEST].
///
/// ```
/// "REDIS" version (4 digits)  part ...  0xFF  checksum (8, from version 5 on)
///
/// part  0xFE database                 the keys that follow are of this database
///       0xFD 4 bytes, 0xFC 8 bytes    the next key expires then, in seconds or milliseconds
///       0xF9 1 byte, 0xF8 length      how often, or when, the next key was used
///       0xFA string string            something about the file
///       0xFB length length            how many keys there are in the database
///       0xF5 string                   a library of functions
///       0xF4 length length length     how many keys there are in a slot
///       0xF7 ..., 0xF3 ...            what modules know of the file, of the next key
///       type key value                a key
/// ```
///
/// https://github.com/sripathikrishnan/redis-rdb-tools/wiki/Redis-RDB-Dump-File-Format
public final class RdbReader {
  static final Bytes MAGIC = Bytes.of("REDIS");
  static final int VERSION_DIGITS = 4;

  static final int KEY_META = 0xF3;
  static final int SLOT_INFO = 0xF4;
  static final int FUNCTION2 = 0xF5;
  static final int FUNCTION_PRE_GA = 0xF6;
  static final int MODULE_AUX = 0xF7;
  static final int IDLE = 0xF8;
  static final int FREQ = 0xF9;
  static final int AUX = 0xFA;
  static final int RESIZEDB = 0xFB;
  static final int EXPIRETIME_MS = 0xFC;
  static final int EXPIRETIME = 0xFD;
  static final int SELECTDB = 0xFE;
  static final int EOF = 0xFF;

  private static final int FIRST_WITH_CHECKSUM = 5;

  private final RdbInput in;
  private final RdbContents contents;
  private int version;
  private int database;
  private long expiresAtMs = Entry.NEVER;
  private long idleS = -1;
  private int frequency = -1;

  public RdbReader(RdbInput in, RdbContents contents) {
    this.in = in;
    this.contents = contents;
  }

  /// Whether bytes begin as such a file does.
  public static boolean begins(Bytes bytes) {
    return bytes.startsWith(MAGIC);
  }

  /// The version that the file has, once it is read.
  public int version() {
    return version;
  }

  /// Reads to the end of the file, which is not the end of the bytes when an append-only file
  /// begins with it. Throws [MalformedRdb] for all that is not as it should be.
  public void read() {
    readHead();
    while (readPart()) {}
    long checksum = in.checksum();
    if (version >= FIRST_WITH_CHECKSUM) {
      long said = in.readLong("the checksum of the file");
      if (said != 0 && said != checksum) {
        throw in.malformed(
            "the checksum of the file is %016x, and it says %016x".formatted(checksum, said));
      }
    }
  }

  private void readHead() {
    Bytes magic = in.read(MAGIC.length(), "REDIS, the beginning of an RDB file,");
    if (!magic.equals(MAGIC)) {
      throw new MalformedRdb(0, "this is no RDB file: it does not begin with REDIS");
    }
    Bytes digits = in.read(VERSION_DIGITS, "the version of an RDB file");
    String text =
        new String(digits.array(), digits.offset(), digits.length(), StandardCharsets.ISO_8859_1);
    if (!text.matches("[0-9]{4}")) {
      throw new MalformedRdb(MAGIC.length(), "the version of an RDB file is no number");
    }
    version = Integer.parseInt(text);
    if (version < 1 || version > RdbVersion.NEWEST) {
      throw new MalformedRdb(
          MAGIC.length(),
          "an RDB file of version "
              + version
              + "; those that are known are 1 to "
              + RdbVersion.NEWEST);
    }
  }

  /// Reads the next part; false if it was the end.
  private boolean readPart() {
    int code = in.readByte("the next key");
    switch (code) {
      case EOF -> {
        return false;
      }
      case SELECTDB -> {
        long index = in.readLength("the number of a database");
        if (index < 0 || index >= State.DATABASES) {
          throw in.malformed(
              "the database "
                  + Long.toUnsignedString(index)
                  + "; there are those from 0 to "
                  + (State.DATABASES - 1));
        }
        database = (int) index;
      }
      case EXPIRETIME -> expiresAtMs = in.readInt("when a key expires") * 1000L;
      case EXPIRETIME_MS -> expiresAtMs = in.readLong("when a key expires");
      case FREQ -> frequency = in.readByte("how often a key was used");
      case IDLE -> idleS = in.readLength("when a key was used");
      case AUX -> {
        Bytes name = in.readString("the name of a field of the file");
        contents.auxiliary(name, in.readString("a field of the file"));
      }
      case RESIZEDB -> skipLengths(2);
      case SLOT_INFO -> skipLengths(3);
      case MODULE_AUX -> Modules.skipBeside(in);
      case KEY_META -> Modules.skipOfKey(in);
      case FUNCTION2 -> contents.function(in.readString("a library of functions"));
      case FUNCTION_PRE_GA ->
          throw in.malformed("a library of functions in the form of Redis 7.0's betas");
      default -> readKey(code);
    }
    return true;
  }

  private void skipLengths(int count) {
    for (int i = 0; i < count; i++) {
      in.readLength("how many keys there are");
    }
  }

  private void readKey(int code) {
    if (RdbType.of(code) == null) {
      throw in.malformed("a value of type " + code + ", which there is not here");
    }
    Bytes key = in.readString("a key");
    long atMs = expiresAtMs;
    expiresAtMs = Entry.NEVER;
    long itsIdleS = idleS;
    int itsFrequency = frequency;
    idleS = -1;
    frequency = -1;
    boolean[] begun = {false};
    boolean exists =
        new ValueReader(
                in,
                database,
                key,
                op -> {
                  if (!begun[0]) {
                    begun[0] = true;
                    contents.key(database, key, atMs);
                  }
                  contents.op(op);
                })
            .read(code);
    if (exists) {
      if (itsIdleS >= 0 || itsFrequency >= 0) {
        contents.use(itsIdleS, itsFrequency);
      }
      contents.keyEnded();
    } else {
      contents.emptyKey(database, key);
    }
  }
}
