package naru.protocol.memcached;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.Failure;
import naru.engine.KeyEvent.Kind;
import naru.engine.State;
import naru.engine.key.KeyOp;
import naru.engine.string.Item;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.memcached.wire.Decimal;
import org.jspecify.annotations.Nullable;

/// `incr`, `decr`, `ma`: counting with 64 bits without sign. Up it wraps, down it ends at 0.
///
/// As in memcached, a number that became shorter leaves spaces behind it.
final class Arithmetic extends Command {
  private static final String NOT_A_NUMBER =
      "CLIENT_ERROR cannot increment or decrement non-numeric value";

  private final Decimal decimal = new Decimal();
  private final ByteWriter reply = new ByteWriter(64);
  private String line = "";
  boolean increments;
  long delta;

  /// The flags of `ma`, null for the other commands.
  @Nullable MetaFlags meta;

  Arithmetic(Client client) {
    super(client);
  }

  @Override
  Permission permission() {
    return increments ? Permission.INCREMENT : Permission.DECREMENT;
  }

  @Override
  boolean needsMemory() {
    return true;
  }

  @Override
  void decide(State state, long nowMs, Decision.Done done) {
    reply.clear(64);
    line = "";
    Entry entry = entry(state);
    MetaFlags asked = meta;
    if (entry == null) {
      if (asked != null && asked.has('N')) {
        vivify(state, asked, nowMs, done);
      } else {
        line = "NOT_FOUND";
        countMiss();
        if (asked != null) {
          asked.writeCode("NF", reply);
        }
      }
    } else if (!(entry.value() instanceof StringValue string) || string.length() == 0) {
      line = NOT_A_NUMBER;
    } else if (asked != null && asked.wantedVersion != 0 && !isWanted(string, asked)) {
      asked.writeCode("EX", reply);
    } else if (!isNumber(string)) {
      line = NOT_A_NUMBER;
    } else {
      change(state, entry, string, nowMs, done);
    }
  }

  private boolean isNumber(StringValue string) {
    Bytes bytes = string.bytes();
    return decimal.unsigned(bytes.array(), bytes.offset(), bytes.offset() + bytes.length());
  }

  private static boolean isWanted(StringValue string, MetaFlags asked) {
    return version(string) == asked.wantedVersion;
  }

  private void change(
      State state, Entry entry, StringValue string, long nowMs, Decision.Done done) {
    used(state, entry);
    if (increments) {
      client.statistics().incrHits++;
    } else {
      client.statistics().decrHits++;
    }
    long before = decimal.value();
    long after;
    if (increments) {
      after = before + delta;
    } else {
      after = Long.compareUnsigned(delta, before) > 0 ? 0 : before - delta;
    }
    String digits = Long.toUnsignedString(after);
    boolean inPlace = digits.length() <= string.length();
    int marks = inPlace ? marks(string) & ~Item.CHOSEN : 0;
    line = digits;
    store(
        state,
        padded(digits, inPlace ? string.length() : 0),
        flags(string),
        entry.expiresAtMs(),
        marks,
        nowMs,
        meta != null && meta.has('q'),
        false,
        done);
  }

  private static Bytes padded(String digits, int length) {
    byte[] bytes = new byte[Math.max(length, digits.length())];
    Arrays.fill(bytes, (byte) ' ');
    byte[] ascii = digits.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(ascii, 0, bytes, 0, ascii.length);
    return Bytes.of(bytes);
  }

  private void vivify(State state, MetaFlags asked, long nowMs, Decision.Done done) {
    line = Long.toUnsignedString(asked.initial);
    store(state, padded(line, 0), 0, Entry.NEVER, 0, nowMs, false, true, done);
  }

  /// @param quiet whether no reply is wanted
  /// @param isNew whether there was no item
  private void store(
      State state,
      Bytes value,
      int flags,
      long atMs,
      int marks,
      long nowMs,
      boolean quiet,
      boolean isNew,
      Decision.Done done) {
    MetaFlags asked = meta;
    boolean chosen = asked != null && asked.has('E');
    long version = chosen && asked != null ? asked.chosenVersion : state.versionLast() + 1;
    long newAtMs = asked == null ? atMs : asked.expiryMs(asked.count(), atMs, isNew, nowMs);
    if (newAtMs <= nowMs) {
      add(new KeyOp.VersionsGiven(state.versionLast() + 1));
      remove(done);
    } else {
      add(new StringOp.Stored(DATABASE, key, flags, chosen ? 0 : version, newAtMs, value));
      done.event(Kind.STRING, "incrby", DATABASE, key);
      if (chosen || marks != 0) {
        int noted = marks | (chosen ? Item.CHOSEN : 0);
        add(new StringOp.Marked(DATABASE, key, flags, version, noted));
      }
    }
    if (asked != null && !quiet) {
      writeMeta(asked, version, atMs, isNew, nowMs);
    }
  }

  private void writeMeta(MetaFlags asked, long version, long atMs, boolean isNew, long nowMs) {
    reply.writeAscii(asked.has('v') ? "VA " + line.length() : "HD");
    for (int i = 0; i < asked.count(); i++) {
      char flag = asked.flag(i);
      switch (flag) {
        case 'c' -> {
          reply.writeAscii(" c");
          Decimal.write(reply, version);
        }
        case 't' -> {
          reply.writeAscii(" t");
          long shownMs = asked.expiryMs(i, atMs, isNew, nowMs);
          reply.writeDecimal(Client.secondsLeft(shownMs, nowMs));
        }
        default -> asked.writeShared(flag, reply);
      }
    }
    reply.writeAscii("\r\n");
    if (asked.has('v')) {
      reply.writeAscii(line);
      reply.writeAscii("\r\n");
    }
  }

  private void countMiss() {
    if (increments) {
      client.statistics().incrMisses++;
    } else {
      client.statistics().decrMisses++;
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // that very constant
  void write(ByteWriter out) {
    if (meta == null) {
      client.say(line);
    } else if (line == NOT_A_NUMBER) {
      client.complain(line);
    } else {
      out.write(reply.array(), 0, reply.length());
    }
  }

  @Override
  public void decline(Failure failure) {
    client.say(failure);
  }
}
