package naru.protocol.memcached;

import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.Refusal;
import naru.engine.State;
import naru.engine.key.KeyOp;
import naru.engine.string.Item;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.memcached.wire.Decimal;
import org.jspecify.annotations.Nullable;

/// `set`, `add`, `replace`, `append`, `prepend`, `cas`, and `ms`, which is all of them.
final class Store extends Command {
  enum Mode {
    SET,
    ADD,
    REPLACE,
    APPEND,
    PREPEND,
    CAS
  }

  private enum Outcome {
    STORED("STORED\r\n", "HD"),
    NOT_STORED("NOT_STORED\r\n", "NS"),
    EXISTS("EXISTS\r\n", "EX"),
    NOT_FOUND("NOT_FOUND\r\n", "NF");

    private final String line;
    private final String code;

    Outcome(String line, String code) {
      this.line = line;
      this.code = code;
    }
  }

  Mode mode = Mode.SET;
  int flags;
  int expiry;
  Bytes value = Bytes.EMPTY;

  /// The version that the item must have; 0 for any, though for [Mode#CAS] none has it.
  long wantedVersion;

  /// The flags of `ms`, null for the other commands.
  @Nullable MetaFlags meta;

  private Outcome outcome = Outcome.STORED;
  private long version;

  Store(Client client) {
    super(client);
  }

  @Override
  Permission permission() {
    return switch (mode) {
      case SET, ADD, REPLACE, CAS -> Permission.SET;
      case APPEND -> Permission.APPEND;
      case PREPEND -> Permission.PREPEND;
    };
  }

  @Override
  boolean needsMemory() {
    return true;
  }

  @Override
  void decide(State state, long nowMs, Decision.Done done) {
    version = 0;
    Entry entry = entry(state);
    outcome = entry == null ? withoutItem() : withItem(entry);
    if (outcome != Outcome.STORED) {
      return;
    }
    version = state.versionLast() + 1;
    if (mode == Mode.APPEND || mode == Mode.PREPEND) {
      if (entry != null) {
        lengthen(string(entry), done);
      }
    } else if (isLate(entry)) {
      // Too late, but better than nothing: it replaces what is out of date, and stays that.
      string(state, entry == null ? Entry.NEVER : entry.expiresAtMs(), nowMs, done);
      marks(entry == null ? 0 : (marks(string(entry)) & Item.CLAIMED) | Item.STALE);
    } else {
      string(state, Client.expiryMs(expiry, nowMs), nowMs, done);
      marks(0);
    }
  }

  private Outcome withoutItem() {
    return switch (mode) {
      case SET, ADD -> Outcome.STORED;
      case CAS -> Outcome.NOT_FOUND;
      case REPLACE, APPEND, PREPEND -> Outcome.NOT_STORED;
    };
  }

  private Outcome withItem(Entry entry) {
    return switch (mode) {
      case SET, REPLACE -> Outcome.STORED;
      case ADD -> Outcome.NOT_STORED;
      case CAS -> isWanted(entry) || isLate(entry) ? Outcome.STORED : Outcome.EXISTS;
      case APPEND, PREPEND -> {
        if (wantedVersion != 0 && !isWanted(entry)) {
          yield Outcome.EXISTS;
        }
        if (!client.fits(key, (long) string(entry).length() + value.length())) {
          throw new Refusal("object too large for cache");
        }
        yield Outcome.STORED;
      }
    };
  }

  private boolean isWanted(Entry entry) {
    return wantedVersion != 0 && version(string(entry)) == wantedVersion;
  }

  /// Whether the item has changed since, and the client wants to store what it has nevertheless.
  private boolean isLate(@Nullable Entry entry) {
    if (entry == null || mode != Mode.CAS || meta == null || !meta.has('I')) {
      return false;
    }
    return wantedVersion != 0 && Long.compareUnsigned(wantedVersion, version(string(entry))) < 0;
  }

  private void string(State state, long atMs, long nowMs, Decision.Done done) {
    if (atMs <= nowMs) {
      // A version that was shown is never given to anything else.
      add(new KeyOp.VersionsGiven(version));
      if (entry(state) != null) {
        remove(done);
      }
      return;
    }
    add(new StringOp.Stored(DATABASE, key, flags, version(), atMs, value));
    done.event(Kind.STRING, "set", DATABASE, key);
    if (atMs != Entry.NEVER) {
      done.event(Kind.GENERIC, "expire", DATABASE, key);
    }
  }

  /// The version to store with: none if the client chose one, which is noted by [#marks].
  private long version() {
    return isChosen() ? Item.UNVERSIONED : version;
  }

  private boolean isChosen() {
    return meta != null && meta.has('E');
  }

  private void marks(int marks) {
    if (isChosen() && meta != null) {
      version = meta.chosenVersion;
      add(new StringOp.Marked(DATABASE, key, flags, version, marks | Item.CHOSEN));
    } else if (marks != 0) {
      add(new StringOp.Marked(DATABASE, key, flags, version, marks));
    }
  }

  /// What was attached, and the expiry, stay.
  private void lengthen(StringValue string, Decision.Done done) {
    flags = flags(string);
    if (mode == Mode.APPEND) {
      add(new StringOp.Appended(DATABASE, key, value));
      done.event(Kind.STRING, "append", DATABASE, key);
    } else {
      add(new StringOp.Spliced(DATABASE, key, 0, 0, value));
      done.event(Kind.STRING, "setrange", DATABASE, key);
    }
    int marks = isChosen() ? Item.CHOSEN : 0;
    if (isChosen() && meta != null) {
      version = meta.chosenVersion;
    }
    add(new StringOp.Marked(DATABASE, key, flags, version, marks));
  }

  @Override
  void write(ByteWriter out) {
    count();
    MetaFlags asked = meta;
    if (asked == null) {
      if (!client.isQuiet()) {
        out.writeAscii(outcome.line);
      }
    } else if (outcome != Outcome.STORED || !asked.has('q')) {
      writeMeta(asked, out);
    }
  }

  private void writeMeta(MetaFlags asked, ByteWriter out) {
    out.writeAscii(outcome.code);
    for (int i = 0; i < asked.count(); i++) {
      if (asked.flag(i) == 'c') {
        out.writeAscii(" c");
        Decimal.write(out, version);
      } else {
        asked.writeShared(asked.flag(i), out);
      }
    }
    out.writeAscii("\r\n");
  }

  private void count() {
    Statistics statistics = client.statistics();
    statistics.sets++;
    if (mode == Mode.CAS) {
      switch (outcome) {
        case STORED -> statistics.casHits++;
        case NOT_FOUND -> statistics.casMisses++;
        case EXISTS, NOT_STORED -> statistics.casMismatches++;
      }
    }
  }
}
