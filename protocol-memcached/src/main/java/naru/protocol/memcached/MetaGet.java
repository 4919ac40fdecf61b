package naru.protocol.memcached;

import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.State;
import naru.engine.key.KeyOp;
import naru.engine.string.Item;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.memcached.wire.Decimal;

/// `mg`: the value, or some of what is known of an item; and who is to make it anew.
final class MetaGet extends Command {
  private static final int HEAD_BYTES = 128;

  private final ByteWriter head = new ByteWriter(HEAD_BYTES);
  final MetaFlags asked = new MetaFlags();
  private Bytes value = Bytes.EMPTY;
  private boolean hit;

  MetaGet(Client client) {
    super(client);
  }

  @Override
  Permission permission() {
    return asked.has('T') ? Permission.GET_AND_TOUCH : Permission.GET;
  }

  /// Who may make the item has to be allowed to store it, too.
  @Override
  boolean mayRun() {
    return super.mayRun() && (!asked.has('N') || client.demand(Permission.SET, key));
  }

  @Override
  boolean needsMemory() {
    return asked.has('N');
  }

  @Override
  void decide(State state, long nowMs, Decision.Done done) {
    head.clear(HEAD_BYTES);
    value = Bytes.EMPTY;
    Entry entry = entry(state);
    if (entry != null && asked.has('N')) {
      string(entry);
    }
    hit = entry != null && entry.value() instanceof StringValue;
    if (entry != null && entry.value() instanceof StringValue string) {
      value = string.bytes();
      decideHit(state, entry, string, nowMs, done);
    } else if (asked.has('N')) {
      hit = true;
      vivify(state, nowMs, done);
    }
  }

  /// The item is made, empty: whoever asked first is to fill it.
  private void vivify(State state, long nowMs, Decision.Done done) {
    long version = state.versionLast() + 1;
    writeHead(new Description(0, version, Entry.NEVER, 0, false), true, nowMs);
    long atMs = asked.expiryMs(asked.count(), Entry.NEVER, true, nowMs);
    head.writeAscii(" W\r\n");
    if (atMs <= nowMs) {
      add(new KeyOp.VersionsGiven(version));
      return;
    }
    add(new StringOp.Stored(DATABASE, key, 0, version, atMs, Bytes.EMPTY));
    add(new StringOp.Marked(DATABASE, key, 0, version, Item.CLAIMED));
    done.event(Kind.STRING, "set", DATABASE, key);
  }

  /// What `mg` shows of an item.
  private record Description(
      int flags, long version, long expiresAtMs, int idleS, boolean isFetched) {}

  private void decideHit(
      State state, Entry entry, StringValue string, long nowMs, Decision.Done done) {
    int marks = marks(string);
    long version = version(string);
    boolean isNew = version == Item.UNVERSIONED && (asked.has('c') || asked.has('h'));
    if (isNew) {
      version = state.versionLast() + 1;
    }
    boolean fetched = string instanceof Item item && item.isFetched();
    writeHead(
        new Description(
            flags(string), version, entry.expiresAtMs(), idleS(state, entry, nowMs), fetched),
        false,
        nowMs);
    boolean wins = wins(entry, marks, nowMs);
    if ((marks & Item.CLAIMED) != 0) {
      head.writeAscii(" Z");
    }
    if ((marks & Item.STALE) != 0) {
      head.writeAscii(" X");
    }
    if (wins) {
      head.writeAscii(" W");
    }
    head.writeAscii("\r\n");
    if (wins || isNew) {
      int newMarks = wins ? marks | Item.CLAIMED : marks;
      add(new StringOp.Marked(DATABASE, key, flags(string), version, newMarks));
    }
    if (asked.has('T')) {
      expire(done, Client.expiryMs(asked.expiry, nowMs), nowMs);
    }
    if (!asked.has('u')) {
      used(state, entry);
      if (string instanceof Item item) {
        item.fetched();
      }
    }
  }

  /// Whether this reader is the one who is to make the item anew.
  private boolean wins(Entry entry, int marks, long nowMs) {
    if ((marks & Item.CLAIMED) != 0) {
      return false;
    }
    if ((marks & Item.STALE) != 0) {
      return true;
    }
    if (!asked.has('R')) {
      return false;
    }
    int index = 0;
    while (asked.flag(index) != 'R') {
      index++;
    }
    long atMs = asked.expiryMs(index, entry.expiresAtMs(), false, nowMs);
    return atMs != Entry.NEVER && atMs < Client.expiryMs(asked.recache, nowMs);
  }

  private void writeHead(Description item, boolean isNew, long nowMs) {
    head.writeAscii(asked.has('v') ? "VA " + value.length() : "HD");
    for (int i = 0; i < asked.count(); i++) {
      char flag = asked.flag(i);
      switch (flag) {
        case 's' -> number(" s", value.length());
        case 't' -> {
          long atMs = asked.expiryMs(i, item.expiresAtMs, isNew, nowMs);
          number(" t", Client.secondsLeft(atMs, nowMs));
        }
        case 'c' -> {
          head.writeAscii(" c");
          Decimal.write(head, item.version);
        }
        case 'f' -> number(" f", Integer.toUnsignedLong(item.flags));
        case 'l' -> number(" l", item.idleS);
        case 'h' -> number(" h", item.isFetched ? 1 : 0);
        default -> asked.writeShared(flag, head);
      }
    }
  }

  private void number(String name, long number) {
    head.writeAscii(name);
    head.writeDecimal(number);
  }

  @Override
  void write(ByteWriter out) {
    Statistics statistics = client.statistics();
    statistics.metas++;
    statistics.gets++;
    if (!hit) {
      if (!asked.has('q')) {
        asked.writeCode("EN", out);
      }
      return;
    }
    statistics.getHits++;
    out.write(head.array(), 0, head.length());
    if (asked.has('v')) {
      out.write(value);
      out.writeAscii("\r\n");
    }
  }
}
