package naru.protocol.resp.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Op;
import naru.engine.State;
import naru.engine.StateDigest;
import naru.engine.hash.HashField;
import naru.engine.hash.HashForm;
import naru.engine.hash.HashOp;
import naru.engine.key.KeyOp;
import naru.engine.library.LibraryOp;
import naru.engine.list.ListOp;
import naru.engine.replication.ReplicationOp;
import naru.engine.set.SetForm;
import naru.engine.set.SetOp;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.stream.GroupOp;
import naru.engine.stream.IdList;
import naru.engine.stream.Longs;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.string.StringOp;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is told of an op has the effect of the op.
class EffectCommandsTest {
  private static final long NOW_MS = 1_700_000_000_000L;
  private static final long LATER_MS = NOW_MS + 60_000;

  /// Ops of which Redis 7.0 has no notion, or that a follower is not to know of; those of snapshots
  /// that tell a piece of a value which no client can make.
  private static final Set<Class<? extends Op>> NOT_TOLD =
      Set.of(
          KeyOp.VersionsGiven.class,
          KeyOp.FlushSet.class,
          KeyOp.Used.class,
          HashOp.ExpiryChanged.class,
          StringOp.Marked.class,
          StreamOp.Configured.class,
          StreamOp.Remembered.class,
          StreamOp.Repeated.class,
          StreamOp.BlockRestored.class,
          StreamOp.RunRestored.class,
          StreamOp.Restored.class,
          GroupOp.PendingRestored.class,
          ReplicationOp.Placed.class,
          ReplicationOp.Advanced.class);

  /// Ops whose effect is the same to whom asks for it, but not how it is kept: a string that was
  /// cut up does not count as edited when it is told whole.
  private static final Set<Class<? extends Op>> KEPT_IN_ANOTHER_WAY =
      Set.of(StringOp.Spliced.class);

  private final Bench here = new Bench();
  private final Bench there = new Bench();
  private final EffectCommands commands = new EffectCommands(() -> state(here));

  private static Bytes b(String text) {
    return Bytes.of(text);
  }

  private static List<Bytes> words(String text) {
    return Stream.of(text.split(" ")).map(Bytes::of).toList();
  }

  private static StreamId id(long seq) {
    return new StreamId(NOW_MS, seq);
  }

  private static ScoredMember scored(String member, double score) {
    return new ScoredMember(b(member), score);
  }

  private static State state(Bench bench) {
    return bench.server().shard().state();
  }

  /// What both hold before.
  private static List<Op> before() {
    List<Op> ops = new ArrayList<>();
    ops.add(new StringOp.Set(0, b("string"), b("value")));
    ops.add(new StringOp.SetUntil(0, b("expiring"), LATER_MS, b("12")));
    ops.add(new ListOp.Pushed(0, b("list"), false, words("a b a c a d")));
    ops.add(new ListOp.Pushed(0, b("list2"), false, words("x")));
    ops.add(new HashOp.Set(0, b("hash"), words("a 1 b 2 c 3")));
    ops.add(new SetOp.Added(0, b("set"), words("a b c")));
    ops.add(new SetOp.Added(0, b("numbers"), words("1 2 3")));
    ops.add(new SortedSetOp.Scored(0, b("zset"), List.of(scored("a", 1), scored("b", 2.5))));
    for (int i = 1; i <= 6; i++) {
      ops.add(new StreamOp.Added(0, b("stream"), id(i), i == 1, words("f v" + i)));
    }
    ops.add(new GroupOp.Created(0, b("stream"), b("g"), new StreamId(0, 0), 0));
    ops.add(
        new GroupOp.Delivered(
            0, b("stream"), b("g"), b("anna"), NOW_MS, IdList.of(id(1), id(2), id(3)), 3));
    ops.add(new LibraryOp.Loaded(b("old"), library("old", "f")));
    ops.add(new StringOp.Set(3, b("elsewhere"), b("value")));
    return ops;
  }

  private static Bytes library(String name, String function) {
    return b(
        "#!lua name=" + name + "\nredis.register_function('" + function + "', function() end)");
  }

  static Stream<Op> ops() {
    Bytes s = b("string");
    Bytes e = b("expiring");
    Bytes l = b("list");
    Bytes x = b("stream");
    Bytes g = b("g");
    return Stream.of(
        new KeyOp.Removed(0, s, KeyOp.Cause.EXPIRED),
        new KeyOp.Removed(3, b("elsewhere"), KeyOp.Cause.DELETED),
        new KeyOp.ExpiryChanged(0, s, LATER_MS),
        new KeyOp.ExpiryChanged(0, e, Entry.NEVER),
        new KeyOp.Moved(0, e, 0, l),
        new KeyOp.Moved(0, e, 3, b("elsewhere")),
        new KeyOp.Copied(0, e, 0, l),
        new KeyOp.Copied(0, b("set"), 5, e),
        new KeyOp.Flushed(3),
        new KeyOp.Flushed(KeyOp.ALL_DATABASES),
        new KeyOp.Swapped(0, 3),
        new StringOp.Set(0, e, b("new")),
        new StringOp.Set(0, l, Bytes.EMPTY),
        new StringOp.Replaced(0, e, b("new")),
        new StringOp.SetUntil(0, l, LATER_MS, b("new")),
        new StringOp.Appended(0, s, b("more")),
        new StringOp.Appended(0, b("new"), Bytes.EMPTY),
        new StringOp.Written(0, s, 9, b("far")),
        new StringOp.Counted(0, e, -13),
        new StringOp.Counted(0, b("new"), Long.MIN_VALUE),
        new StringOp.Restored(0, b("new"), false, 5, b("begin")),
        new StringOp.Filled(0, s, 1, b("xy")),
        new StringOp.Spliced(0, s, 1, 2, b("longer")),
        new ListOp.Pushed(0, l, true, words("x y")),
        new ListOp.Pushed(0, b("new"), false, words("1 2")),
        new ListOp.Popped(0, l, true, 2),
        new ListOp.Popped(0, l, false, 6),
        new ListOp.Trimmed(0, l, 1, 2),
        new ListOp.Trimmed(0, l, 0, 2),
        new ListOp.Trimmed(0, l, 6, 0),
        new ListOp.Put(0, l, 2, b("new")),
        new ListOp.Inserted(0, l, 2, b("new")),
        new ListOp.Inserted(0, l, 6, b("new")),
        new ListOp.Removed(0, l, true, 2, b("a")),
        new ListOp.Removed(0, l, false, 1, b("a")),
        new ListOp.Moved(0, l, b("list2"), new ListOp.Route(true, false, false), 2),
        new ListOp.Moved(0, l, b("list2"), new ListOp.Route(true, true, true), 6),
        new ListOp.Moved(0, l, l, new ListOp.Route(false, true, false), 2),
        new ListOp.Moved(0, l, l, new ListOp.Route(true, false, true), 2),
        new ListOp.Restored(0, b("new"), false, words("1 2")),
        new HashOp.Set(0, b("hash"), words("a new d 4")),
        new HashOp.Replaced(0, b("hash"), words("a new d 4")),
        new HashOp.Removed(0, b("hash"), words("a c")),
        new HashOp.Removed(0, b("hash"), words("a b c")),
        new HashOp.Restored(
            0, b("new"), HashForm.PACKED, List.of(new HashField(b("a"), b("1"), Entry.NEVER))),
        new SetOp.Added(0, b("set"), words("c d 1")),
        new SetOp.Added(0, b("numbers"), words("4 x")),
        new SetOp.Removed(0, b("set"), words("a c")),
        new SetOp.Removed(0, b("numbers"), words("1 2 3")),
        new SetOp.Moved(0, b("numbers"), b("set"), b("2")),
        new SetOp.Stored(0, e, words("1 2")),
        new SetOp.Restored(0, b("new"), SetForm.PACKED, words("a b")),
        new SortedSetOp.Scored(0, b("zset"), List.of(scored("a", -1e300), scored("n", 0.1))),
        new SortedSetOp.Scored(
            0,
            b("new"),
            List.of(
                scored("low", Double.NEGATIVE_INFINITY), scored("high", Double.POSITIVE_INFINITY))),
        new SortedSetOp.Removed(0, b("zset"), words("a b")),
        new SortedSetOp.RangeRemoved(0, b("zset"), 1, 1),
        new SortedSetOp.Stored(0, e, List.of(scored("a", 1))),
        new SortedSetOp.Restored(0, b("new"), true, List.of(scored("a", 1))),
        new StreamOp.Created(0, b("new")),
        new StreamOp.Added(0, x, id(9), false, words("f v")),
        new StreamOp.Added(0, b("new"), id(9), true, words("f v")),
        new StreamOp.Deleted(0, x, IdList.of(id(2), id(4)), Longs.of(1, 3), true),
        new StreamOp.Deleted(0, x, IdList.of(id(2), id(4)), Longs.of(1, 3), false),
        new StreamOp.Trimmed(0, x, id(4), 3),
        new StreamOp.Trimmed(0, x, StreamId.MAX, 7),
        new StreamOp.Repositioned(0, x, id(20), id(11), 77),
        new GroupOp.Created(0, x, b("new"), id(2), 2),
        new GroupOp.Created(0, x, b("new"), id(2), -1),
        new GroupOp.Moved(0, x, g, id(5), 5),
        new GroupOp.Removed(0, x, g),
        new GroupOp.Joined(0, x, g, b("bert"), NOW_MS, -1),
        new GroupOp.Left(0, x, g, b("anna")),
        new GroupOp.Delivered(0, x, g, b("bert"), NOW_MS, IdList.of(id(4), id(5)), 5),
        new GroupOp.Delivered(0, x, g, b("anna"), NOW_MS, IdList.of(id(6)), 6),
        new GroupOp.Assigned(
            0, x, g, b("bert"), NOW_MS, true, NOW_MS - 5, IdList.of(id(1), id(3)), Longs.of(2, 7)),
        new GroupOp.Acknowledged(0, x, g, IdList.of(id(1), id(3))),
        new GroupOp.Dropped(0, x, IdList.of(id(1), id(2))),
        new LibraryOp.Loaded(b("old"), library("old", "g")),
        new LibraryOp.Loaded(b("new"), library("new", "h")),
        new LibraryOp.Deleted(b("old")),
        new LibraryOp.Cleared());
  }

  private void happensHere(Op op) {
    commands.before(op);
    state(here).apply(op);
  }

  private void begin() {
    for (Op op : before()) {
      state(here).apply(op);
      state(there).apply(op);
    }
    assertSame();
  }

  private void play() {
    Bench.Connection connection = there.connect();
    connection.sendRaw(commands.take());
    assertThat(connection.receive()).doesNotContain("-ERR", "-WRONGTYPE", "-EXECABORT", "-BUSY");
  }

  private void assertSame() {
    assertThat(there.contents()).isEqualTo(here.contents());
    assertThat(StateDigest.of(state(there))).isEqualTo(StateDigest.of(state(here)));
  }

  @ParameterizedTest
  @MethodSource("ops")
  void whatIsToldOfAnOpDoesTheSame(Op op) {
    begin();
    happensHere(op);
    assertThat(StateDigest.of(state(here))).isNotEqualTo(StateDigest.of(state(there)));
    play();
    assertThat(there.contents()).isEqualTo(here.contents());
    if (!KEPT_IN_ANOTHER_WAY.contains(op.getClass())) {
      assertSame();
    }
  }

  @Test
  void whatWasGivenBackIsPendingWithAConsumerOnAnOlderServer() {
    begin();
    happensHere(
        new GroupOp.Released(
            0, b("stream"), b("g"), IdList.of(id(1), id(2), id(3)), Longs.of(1, 2, 1)));
    play();
    assertThat(there.connect().run("XPENDING stream g"))
        .isEqualTo("[:3, \"1700000000000-1\", \"1700000000000-3\", [[\"anna\", \"3\"]]]");
  }

  @Test
  void aMemcachedItemIsAString() {
    begin();
    happensHere(new StringOp.Stored(0, b("list"), 7, 1, LATER_MS, b("item")));
    happensHere(new StringOp.Stored(0, b("expiring"), 7, 2, Entry.NEVER, b("item")));
    play();
    assertThat(there.contents()).isEqualTo(here.contents());
  }

  @Test
  void fieldsThatExpireAreRemovedWhenTheyDo() {
    begin();
    happensHere(new HashOp.ExpiryChanged(0, b("hash"), NOW_MS + 10, words("a")));
    happensHere(new HashOp.ExpiryChanged(0, b("hash"), NOW_MS + 99, words("b")));
    happensHere(new HashOp.Expired(0, b("hash"), NOW_MS + 10));
    play();
    assertThat(there.contents()).isEqualTo(here.contents());
    assertThat(there.connect().run("HTTL hash FIELDS 1 b")).isEqualTo("[:-1]");
    happensHere(new HashOp.ExpiryChanged(0, b("hash"), NOW_MS + 99, words("c")));
    happensHere(new HashOp.Expired(0, b("hash"), NOW_MS + 99));
    play();
    assertThat(there.connect().run("EXISTS hash")).isEqualTo(":0");
  }

  @Test
  void whatAnOlderServerHasNoPlaceForIsLeftOutOfWholeKeys() {
    begin();
    happensHere(new StreamOp.Configured(0, b("stream"), 60, 100));
    happensHere(new GroupOp.Released(0, b("stream"), b("g"), IdList.of(id(2)), Longs.of(1)));
    happensHere(new HashOp.ExpiryChanged(0, b("hash"), NOW_MS + 10, words("a")));
    happensHere(new HashOp.ExpiryChanged(0, b("hash"), NOW_MS + 99, words("b")));
    happensHere(new HashOp.Expired(0, b("hash"), NOW_MS + 10));
    String told = new String(commands.take(), StandardCharsets.ISO_8859_1);
    for (int at = told.indexOf("RESTORE"); at >= 0; at = told.indexOf("RESTORE", at + 1)) {
      int end = told.indexOf("\r\n$7\r\nREPLACE", at);
      assertThat(told.substring(end - 10, end - 8)).isEqualTo("\n\0");
    }
  }

  @Test
  void aKeyThatIsToldWholeIsToldAsItIsWhenItsNameChanges() {
    begin();
    happensHere(new ListOp.Inserted(0, b("list"), 1, b("new")));
    happensHere(new ListOp.Pushed(0, b("list"), true, words("first")));
    happensHere(new KeyOp.Moved(0, b("list"), 0, b("moved")));
    happensHere(new ListOp.Inserted(0, b("moved"), 1, b("newer")));
    happensHere(new KeyOp.Swapped(0, 3));
    happensHere(new ListOp.Inserted(3, b("moved"), 1, b("newest")));
    happensHere(new KeyOp.Removed(3, b("moved"), KeyOp.Cause.DELETED));
    happensHere(new ListOp.Pushed(3, b("moved"), true, words("again")));
    play();
    assertSame();
  }

  @Test
  void everyKindOfOpIsTried() {
    Set<String> tried = new TreeSet<>();
    ops().forEach(op -> tried.add(op.getClass().getName()));
    tried.add(StringOp.Stored.class.getName());
    tried.add(GroupOp.Released.class.getName());
    tried.add(HashOp.Expired.class.getName());
    NOT_TOLD.forEach(type -> tried.add(type.getName()));
    Set<String> all = new TreeSet<>();
    collect(Op.class, all);
    assertThat(tried).isEqualTo(all);
  }

  private static void collect(Class<?> type, Set<String> into) {
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, into);
      }
    } else {
      into.add(type.getName());
    }
  }
}
