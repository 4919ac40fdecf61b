package naru.protocol.memcached;

import naru.bytes.Bytes;
import naru.protocol.memcached.wire.Line;
import org.jspecify.annotations.Nullable;

/// Reads the lines of the commands that bring data: `set` and its like, and `ms`.
final class Storage {
  private static final int LINE_END_BYTES = 2;

  private final Client client;
  private final Store store;
  private final Deletion deletion;
  private final MetaFlags flags = new MetaFlags();
  private final Announced announced = new Announced();
  private Store.@Nullable Mode mode;

  /// What a line says of the data behind it.
  static final class Announced {
    private long bytes;
    private boolean refused;

    /// How many bytes, what ends them included.
    long bytes() {
      return bytes;
    }

    /// Whether the client was told that nothing comes of it, so that the data is to be passed
    /// over.
    boolean isRefused() {
      return refused;
    }

    private Announced refused(long newBytes) {
      bytes = newBytes;
      refused = true;
      return this;
    }

    private Announced accepted(long newBytes) {
      bytes = newBytes;
      refused = false;
      return this;
    }
  }

  Storage(Client client) {
    this.client = client;
    this.store = new Store(client);
    this.deletion = new Deletion(client);
    deletion.isSilent = true;
  }

  /// Whether the line is that of such a command, whatever else is wrong with it.
  boolean begins(Line line) {
    mode = mode(line);
    return mode != null || line.is(0, "ms");
  }

  private static Store.@Nullable Mode mode(Line line) {
    if (line.is(0, "set")) {
      return Store.Mode.SET;
    } else if (line.is(0, "add")) {
      return Store.Mode.ADD;
    } else if (line.is(0, "cas")) {
      return Store.Mode.CAS;
    } else if (line.is(0, "replace")) {
      return Store.Mode.REPLACE;
    } else if (line.is(0, "append")) {
      return Store.Mode.APPEND;
    } else if (line.is(0, "prepend")) {
      return Store.Mode.PREPEND;
    }
    return null;
  }

  /// Reads the line, and says what is wrong with it.
  Announced read(Line line) {
    Store.Mode named = mode;
    return named == null ? readMeta(line) : readPlain(line, named);
  }

  private Announced readPlain(Line line, Store.Mode named) {
    int words = named == Store.Mode.CAS ? 6 : 5;
    if (line.count() != words && line.count() != words + 1) {
      return refuse("ERROR");
    }
    client.quiet(line.is(line.count() - 1, "noreply"));
    if (line.length(1) > Command.KEY_MAX_BYTES || !readNumbers(line, named)) {
      return refuse("CLIENT_ERROR bad command line format");
    }
    // Lengths are 32 bits, as in memcached.
    int length = (int) line.number();
    if (length < 0 || length > Integer.MAX_VALUE - LINE_END_BYTES) {
      return refuse("CLIENT_ERROR bad command line format");
    }
    store.key = line.word(1);
    store.mode = named;
    store.meta = null;
    if (!client.fits(store.key, length)) {
      client.say("SERVER_ERROR object too large for cache");
      return tooLarge(length, named == Store.Mode.SET);
    }
    return announced.accepted((long) length + LINE_END_BYTES);
  }

  /// Reads flags, expiry, version and, last, the length.
  private boolean readNumbers(Line line, Store.Mode named) {
    if (!line.isUnsigned(2, 0)) {
      return false;
    }
    store.flags = (int) line.number();
    if (!line.isSigned(3, 0)) {
      return false;
    }
    store.expiry = (int) line.number();
    store.wantedVersion = 0;
    if (named == Store.Mode.CAS) {
      if (!line.isUnsigned(5, 0)) {
        return false;
      }
      store.wantedVersion = line.number();
    }
    return line.isSigned(4, 0);
  }

  private Announced refuse(String complaint) {
    client.say(complaint);
    return announced.refused(0);
  }

  /// What could not be replaced is out of date.
  private Announced tooLarge(int length, boolean removes) {
    client.statistics().tooLarge++;
    if (removes) {
      deletion.key = store.key;
      deletion.submit();
    }
    return announced.refused((long) length + LINE_END_BYTES);
  }

  private Announced readMeta(Line line) {
    if (line.count() < 3
        || line.length(1) > Command.KEY_MAX_BYTES
        || MetaFlags.isTooLong(line)
        || !line.isSigned(2, 0)) {
      return refuse(
          MetaFlags.isTooLong(line)
              ? "CLIENT_ERROR options flags too long"
              : "CLIENT_ERROR bad command line format");
    }
    int length = (int) line.number();
    if (length < 0 || length > Integer.MAX_VALUE - LINE_END_BYTES) {
      return refuse("CLIENT_ERROR bad command line format");
    }
    if (!flags.read(line, 3)) {
      return refuse(length, flags.error());
    }
    if (flags.isOpaqueTooLong()) {
      return refuse(length, "CLIENT_ERROR opaque token too long");
    }
    Store.Mode asked = metaMode(flags);
    if (asked == null) {
      return refuse(length, "CLIENT_ERROR invalid mode for ms M token");
    }
    store.key = flags.key;
    store.mode = asked;
    store.meta = flags;
    store.flags = flags.clientFlags;
    store.expiry = flags.expiry;
    store.wantedVersion = flags.wantedVersion;
    if (!client.fits(store.key, length)) {
      client.complain("SERVER_ERROR object too large for cache");
      return tooLarge(length, true);
    }
    return announced.accepted((long) length + LINE_END_BYTES);
  }

  private Announced refuse(int length, String complaint) {
    client.complain(complaint);
    return announced.refused((long) length + LINE_END_BYTES);
  }

  private static Store.@Nullable Mode metaMode(MetaFlags flags) {
    Store.Mode plain =
        switch (flags.mode) {
          case 0, 'S' -> Store.Mode.SET;
          case 'E' -> Store.Mode.ADD;
          case 'A' -> Store.Mode.APPEND;
          case 'P' -> Store.Mode.PREPEND;
          case 'R' -> Store.Mode.REPLACE;
          default -> null;
        };
    boolean wants = flags.has('C');
    return wants && (plain == Store.Mode.SET || plain == Store.Mode.REPLACE)
        ? Store.Mode.CAS
        : plain;
  }

  /// Stores the data, which the line was accepted for.
  ///
  /// @param data the two bytes that end it included
  void store(Bytes data) {
    int length = data.length() - LINE_END_BYTES;
    if (data.at(length) != '\r' || data.at(length + 1) != '\n') {
      client.say("CLIENT_ERROR bad data chunk");
      return;
    }
    store.value = data.slice(0, length);
    store.submit();
  }
}
