package naru.protocol.resp.replication;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Key;
import naru.engine.Op;
import naru.engine.State;
import naru.engine.hash.HashField;
import naru.engine.hash.HashOp;
import naru.engine.key.KeyOp;
import naru.engine.library.LibraryOp;
import naru.engine.list.ListOp;
import naru.engine.replication.ReplicationOp;
import naru.engine.set.SetOp;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.stream.ConsumerGroup;
import naru.engine.stream.GroupOp;
import naru.engine.stream.IdList;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.stream.StreamValue;
import naru.engine.string.StringOp;
import naru.rdb.DumpPayload;
import naru.rdb.RdbVersion;
import org.jspecify.annotations.Nullable;

/// Ops as commands of Redis 7.0 that have the same effect, one after the other into one buffer.
///
/// Each op is shown before it is applied. For what no command says, the key is told whole, as it is
/// in the end: `RESTORE`; until then nothing else is told of it. What Redis 7.0 has no place for is
/// left out: when fields of hashes expire (they are removed when they do), messages of producers,
/// what only memcached clients see.
final class EffectCommands {
  private static final int KEPT_BYTES = 64 << 10;

  private final Supplier<State> state;
  private final ByteWriter out = new ByteWriter(4096);
  private final Set<Key> whole = new LinkedHashSet<>();
  private int database = -1;
  private int commands;

  EffectCommands(Supplier<State> state) {
    this.state = state;
  }

  /// The next command names its database, whatever was said before.
  void forgetDatabase() {
    database = -1;
  }

  /// Drops what was not taken.
  void clear() {
    out.clear(KEPT_BYTES);
    whole.clear();
    commands = 0;
    database = -1;
  }

  /// All since this was called last, as one transaction if it is more than one command; empty if
  /// nothing was.
  byte[] take() {
    tellWhole();
    byte[] told = out.toArray();
    int count = commands;
    out.clear(KEPT_BYTES);
    commands = 0;
    if (count < 2) {
      return told;
    }
    ByteWriter all = new ByteWriter(told.length + 32);
    all.writeAscii("*1\r\n$5\r\nMULTI\r\n");
    all.write(told);
    all.writeAscii("*1\r\n$4\r\nEXEC\r\n");
    return all.toArray();
  }

  /// Whether there is anything to take.
  boolean hasUntold() {
    return commands > 0 || !whole.isEmpty();
  }

  private void tellWhole() {
    for (Key key : whole) {
      Entry entry = state.get().database(key.database()).entry(key.bytes());
      select(key.database());
      if (entry == null) {
        command("DEL", key.bytes());
      } else {
        ByteWriter payload = new ByteWriter(1024);
        DumpPayload.write(entry.value(), RdbVersion.OLDEST_WRITTEN, false, payload);
        boolean expires = entry.expiresAtMs() != Entry.NEVER;
        command(
            "RESTORE",
            key.bytes(),
            expires ? entry.expiresAtMs() : 0L,
            Bytes.of(payload.toArray()),
            "REPLACE",
            "ABSTTL");
      }
    }
    whole.clear();
  }

  void before(Op op) {
    if (op instanceof KeyOp.Used) {
      return; // Followers have their own use of keys.
    }
    if (!op.changesOneKey()) {
      // What is told of keys so far is told of them as they are called now.
      tellWhole();
    } else if (whole.contains(new Key(op.database(), op.key()))) {
      return;
    }
    switch (op) {
      case KeyOp key -> tell(key);
      case StringOp string -> tell(string);
      case ListOp list -> tell(list);
      case HashOp hash -> tell(hash);
      case SetOp set -> tell(set);
      case SortedSetOp set -> tell(set);
      case StreamOp stream -> tell(stream);
      case GroupOp group -> tell(group);
      case LibraryOp library -> tell(library);
      case ReplicationOp _ -> {}
    }
  }

  private void whole(Op op) {
    whole.add(new Key(op.database(), op.key().owned()));
  }

  private void tell(KeyOp op) {
    switch (op) {
      case KeyOp.Removed removed -> on(removed, "DEL", removed.key());
      case KeyOp.ExpiryChanged changed -> {
        if (changed.atMs() == Entry.NEVER) {
          on(changed, "PERSIST", changed.key());
        } else {
          on(changed, "PEXPIREAT", changed.key(), changed.atMs());
        }
      }
      case KeyOp.Moved moved -> {
        if (moved.database() == moved.toDatabase()) {
          on(moved, "RENAME", moved.key(), moved.toKey());
        } else {
          copy(moved, moved.toDatabase(), moved.toKey());
          command("DEL", moved.key());
        }
      }
      case KeyOp.Copied copied -> copy(copied, copied.toDatabase(), copied.toKey());
      case KeyOp.Flushed(int index) -> {
        if (index == KeyOp.ALL_DATABASES) {
          command("FLUSHALL");
        } else {
          select(index);
          command("FLUSHDB");
        }
      }
      case KeyOp.Swapped(int one, int other) -> command("SWAPDB", (long) one, (long) other);
      case KeyOp.VersionsGiven _, KeyOp.FlushSet _, KeyOp.Used _ -> {}
    }
  }

  private void copy(Op op, int toDatabase, Bytes toKey) {
    on(op, "COPY", op.key(), toKey, "DB", (long) toDatabase, "REPLACE");
  }

  private void tell(StringOp op) {
    switch (op) {
      case StringOp.Set set -> on(op, "SET", op.key(), set.value());
      case StringOp.Replaced set -> on(op, "SET", op.key(), set.value(), "KEEPTTL");
      case StringOp.SetUntil set -> on(op, "SET", op.key(), set.value(), "PXAT", set.atMs());
      case StringOp.Appended appended -> on(op, "APPEND", op.key(), appended.bytes());
      case StringOp.Written written ->
          on(op, "SETRANGE", op.key(), (long) written.offset(), written.bytes());
      case StringOp.Counted counted -> on(op, "SET", op.key(), counted.number(), "KEEPTTL");
      case StringOp.Stored stored -> {
        if (stored.atMs() == Entry.NEVER) {
          on(op, "SET", op.key(), stored.value());
        } else {
          on(op, "SET", op.key(), stored.value(), "PXAT", stored.atMs());
        }
      }
      case StringOp.Restored _, StringOp.Filled _, StringOp.Spliced _ -> whole(op);
      case StringOp.Marked _ -> {}
    }
  }

  private void tell(ListOp op) {
    switch (op) {
      case ListOp.Pushed pushed ->
          many(op, pushed.head() ? "LPUSH" : "RPUSH", op.key(), pushed.elements());
      case ListOp.Popped popped ->
          on(op, popped.head() ? "LPOP" : "RPOP", op.key(), (long) popped.count());
      case ListOp.Trimmed trimmed ->
          on(op, "LTRIM", op.key(), (long) trimmed.fromHead(), -1L - trimmed.fromTail());
      case ListOp.Put put -> on(op, "LSET", op.key(), (long) put.index(), put.element());
      case ListOp.Removed removed -> {
        long count = removed.head() ? removed.count() : -removed.count();
        on(op, "LREM", op.key(), count, removed.element());
      }
      case ListOp.Moved moved -> tell(moved);
      case ListOp.Restored restored -> many(op, "RPUSH", op.key(), restored.elements());
      case ListOp.Inserted _ -> whole(op);
    }
  }

  private void tell(ListOp.Moved op) {
    if (op.count() > 1 && op.route().asRun()) {
      whole(op);
      whole.add(new Key(op.database(), op.toKey().owned()));
      return;
    }
    for (int i = 0; i < op.count(); i++) {
      String from = op.route().head() ? "LEFT" : "RIGHT";
      on(op, "LMOVE", op.key(), op.toKey(), from, op.route().toHead() ? "LEFT" : "RIGHT");
    }
  }

  private void tell(HashOp op) {
    switch (op) {
      case HashOp.Set set -> many(op, "HSET", op.key(), set.pairs());
      case HashOp.Replaced set -> many(op, "HSET", op.key(), set.pairs());
      case HashOp.Removed removed -> many(op, "HDEL", op.key(), removed.names());
      case HashOp.ExpiryChanged _ -> {}
      case HashOp.Expired _ -> whole(op);
      case HashOp.Restored restored -> {
        for (HashField field : restored.fields()) {
          on(op, "HSET", op.key(), field.name(), field.value());
        }
      }
    }
  }

  private void tell(SetOp op) {
    switch (op) {
      case SetOp.Added added -> many(op, "SADD", op.key(), added.members());
      case SetOp.Removed removed -> many(op, "SREM", op.key(), removed.members());
      case SetOp.Moved moved -> on(op, "SMOVE", op.key(), moved.toKey(), moved.member());
      case SetOp.Stored stored -> {
        on(op, "DEL", op.key());
        many(op, "SADD", op.key(), stored.members());
      }
      case SetOp.Restored restored -> many(op, "SADD", op.key(), restored.members());
    }
  }

  private void tell(SortedSetOp op) {
    switch (op) {
      case SortedSetOp.Scored scored -> scored(op, scored.members());
      case SortedSetOp.Removed removed -> many(op, "ZREM", op.key(), removed.members());
      case SortedSetOp.RangeRemoved removed -> {
        long from = removed.from();
        on(op, "ZREMRANGEBYRANK", op.key(), from, from + removed.count() - 1);
      }
      case SortedSetOp.Stored stored -> {
        on(op, "DEL", op.key());
        scored(op, stored.members());
      }
      case SortedSetOp.Restored restored -> scored(op, restored.members());
    }
  }

  private void scored(Op op, List<ScoredMember> members) {
    for (ScoredMember scored : members) {
      on(op, "ZADD", op.key(), Double.toString(scored.score()), scored.member());
    }
  }

  private void tell(StreamOp op) {
    switch (op) {
      case StreamOp.Added added -> {
        select(op.database());
        begin(3 + added.pairs().size());
        words("XADD", op.key(), added.id().toString());
        added.pairs().forEach(this::word);
      }
      case StreamOp.Deleted deleted -> {
        if (deleted.leavesHoles()) {
          ids(op, "XDEL", deleted.ids(), op.key());
        } else {
          whole(op);
        }
      }
      case StreamOp.Trimmed trimmed -> {
        StreamId next = trimmed.through().next();
        if (next == null) {
          on(op, "XTRIM", op.key(), "MAXLEN", "=", 0L);
        } else {
          on(op, "XTRIM", op.key(), "MINID", "=", next.toString());
        }
      }
      case StreamOp.Repositioned to ->
          on(
              op,
              "XSETID",
              op.key(),
              to.lastId().toString(),
              "ENTRIESADDED",
              to.entriesAdded(),
              "MAXDELETEDID",
              to.maxDeletedId().toString());
      case StreamOp.Created _,
          StreamOp.BlockRestored _,
          StreamOp.Restored _,
          StreamOp.RunRestored _ ->
          whole(op);
      case StreamOp.Configured _, StreamOp.Remembered _, StreamOp.Repeated _ -> {}
    }
  }

  private void tell(GroupOp op) {
    switch (op) {
      case GroupOp.Created made ->
          on(
              op,
              "XGROUP",
              "CREATE",
              op.key(),
              made.group(),
              made.lastId().toString(),
              "ENTRIESREAD",
              made.entriesRead());
      case GroupOp.Moved moved -> moved(op, moved.group(), moved.lastId(), moved.entriesRead());
      case GroupOp.Removed removed -> on(op, "XGROUP", "DESTROY", op.key(), removed.group());
      case GroupOp.Joined joined ->
          on(op, "XGROUP", "CREATECONSUMER", op.key(), joined.group(), joined.consumer());
      case GroupOp.Left left ->
          on(op, "XGROUP", "DELCONSUMER", op.key(), left.group(), left.consumer());
      case GroupOp.Delivered delivered -> tell(delivered);
      case GroupOp.Assigned to -> {
        on(op, "XGROUP", "CREATECONSUMER", op.key(), to.group(), to.consumer());
        for (int i = 0; i < to.ids().size(); i++) {
          claim(
              op,
              to.group(),
              to.consumer(),
              to.ids().get(i),
              to.deliveredAtMs(),
              to.counts().get(i));
        }
      }
      case GroupOp.Acknowledged done -> ids(op, "XACK", done.ids(), op.key(), done.group());
      case GroupOp.Dropped dropped -> {
        StreamValue stream = stream(op);
        if (stream != null) {
          for (ConsumerGroup group : stream.groups()) {
            ids(op, "XACK", dropped.ids(), op.key(), group.name());
          }
        }
      }
      case GroupOp.Released _, GroupOp.PendingRestored _ -> whole(op);
    }
  }

  private @Nullable StreamValue stream(Op op) {
    return state.get().database(op.database()).value(op.key()) instanceof StreamValue stream
        ? stream
        : null;
  }

  private void moved(Op op, Bytes group, StreamId id, long entriesRead) {
    on(op, "XGROUP", "SETID", op.key(), group, id.toString(), "ENTRIESREAD", entriesRead);
  }

  private void tell(GroupOp.Delivered op) {
    on(op, "XGROUP", "CREATECONSUMER", op.key(), op.group(), op.consumer());
    for (int i = 0; i < op.ids().size(); i++) {
      claim(op, op.group(), op.consumer(), op.ids().get(i), op.atMs(), 1);
    }
    moved(op, op.group(), op.ids().last(), op.entriesRead());
  }

  private void claim(Op op, Bytes group, Bytes consumer, StreamId id, long atMs, long count) {
    on(
        op,
        "XCLAIM",
        op.key(),
        group,
        consumer,
        0L,
        id.toString(),
        "TIME",
        atMs,
        "RETRYCOUNT",
        count,
        "FORCE",
        "JUSTID");
  }

  private void tell(LibraryOp op) {
    switch (op) {
      case LibraryOp.Loaded loaded -> command("FUNCTION", "LOAD", "REPLACE", loaded.text());
      case LibraryOp.Deleted deleted -> command("FUNCTION", "DELETE", deleted.name());
      case LibraryOp.Cleared _ -> command("FUNCTION", "FLUSH");
    }
  }

  private void ids(Op op, String name, IdList ids, Bytes... first) {
    select(op.database());
    begin(1 + first.length + ids.size());
    word(name);
    words((Object[]) first);
    for (int i = 0; i < ids.size(); i++) {
      word(ids.get(i).toString());
    }
  }

  private void many(Op op, String name, Bytes key, List<Bytes> more) {
    select(op.database());
    begin(2 + more.size());
    words(name, key);
    more.forEach(this::word);
  }

  private void on(Op op, Object... words) {
    select(op.database());
    command(words);
  }

  private void select(int index) {
    if (index != database) {
      database = index;
      command("SELECT", (long) index);
    }
  }

  /// One of the stream's own.
  void command(Object... words) {
    begin(words.length);
    words(words);
  }

  private void begin(int count) {
    commands++;
    out.writeAscii("*" + count + "\r\n");
  }

  private void words(Object... words) {
    for (Object word : words) {
      word(word);
    }
  }

  private void word(Object word) {
    Bytes bytes = word instanceof Bytes given ? given : Bytes.of(word.toString());
    out.writeAscii("$" + bytes.length() + "\r\n");
    out.write(bytes);
    out.writeAscii("\r\n");
  }
}
