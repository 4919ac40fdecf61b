package naru.rdb;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Keyspace;
import naru.engine.State;

/// Writes an RDB file, as drawn at [RdbReader].
///
/// Called in this order: [#begin], then [#auxiliary] and [#function], then [#database] with its
/// keys, again and again, and [#end].
public final class RdbWriter {
  private final RdbOutput out;
  private final ValueWriter values;
  private final int version;

  /// @param version from [RdbVersion#OLDEST_WRITTEN] to [RdbVersion#NEWEST]; what it has no place
  ///     for is left out
  /// @param compresses whether strings are compressed
  public RdbWriter(ByteSink sink, int version, boolean compresses) {
    this.out = new RdbOutput(sink, compresses);
    this.values = new ValueWriter(out, version);
    this.version = version;
  }

  /// The lowest version that has a place for all of a state.
  public static int versionFor(State state) {
    int[] version = {RdbVersion.OLDEST_WRITTEN};
    for (int i = 0; i < State.DATABASES; i++) {
      state
          .database(i)
          .forEach(entry -> version[0] = Math.max(version[0], RdbVersion.of(entry.value())));
    }
    return version[0];
  }

  public void begin() {
    String head = String.format(Locale.ROOT, "REDIS%04d", version);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
  }

  /// Something about the file.
  public void auxiliary(String name, String value) {
    out.writeByte(RdbReader.AUX);
    out.writeString(Bytes.of(name));
    out.writeString(Bytes.of(value));
  }

  /// The code of a library of functions.
  public void function(Bytes library) {
    out.writeByte(RdbReader.FUNCTION2);
    out.writeString(library);
  }

  /// A database's keys follow, so many.
  public void database(int index, long keys, long expiring) {
    out.writeByte(RdbReader.SELECTDB);
    out.writeLength(index);
    out.writeByte(RdbReader.RESIZEDB);
    out.writeLength(keys);
    out.writeLength(expiring);
  }

  public void key(Entry entry) {
    if (entry.expiresAtMs() != Entry.NEVER) {
      out.writeByte(RdbReader.EXPIRETIME_MS);
      out.writeLong(entry.expiresAtMs());
    }
    out.writeByte(values.type(entry.value()).code());
    out.writeString(entry.keyBytes());
    values.write(entry.value());
  }

  /// All keys of a state.
  public void keys(State state) {
    for (int i = 0; i < State.DATABASES; i++) {
      Keyspace keys = state.database(i);
      if (keys.size() > 0) {
        database(i, keys.size(), keys.expiring());
        keys.forEach(this::key);
      }
    }
  }

  /// The end of the file, with its checksum. Returns how many bytes it has.
  public long end() {
    out.writeByte(RdbReader.EOF);
    out.end();
    return out.length();
  }
}
