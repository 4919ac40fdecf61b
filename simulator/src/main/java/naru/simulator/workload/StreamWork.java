package naru.simulator.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import naru.simulator.Chance;
import naru.simulator.check.Sent;
import naru.simulator.model.Id;
import naru.simulator.model.Reply;

/// Streams and consumer groups.
final class StreamWork {
  private static final List<String> STREAMS = List.of("s0", "s1");
  private static final List<String> GROUPS = List.of("g0", "g1");
  private static final List<String> CONSUMERS = List.of("ann", "bob", "cy");
  private static final List<String> TIMEOUTS_MS = List.of("10", "100", "700", "0");
  private static final int IDS_KNOWN_MAX = 60;

  private final Chance chance;
  private final Values values;
  private final Menu menu = new Menu();

  /// Ids that were seen, of any stream: to acknowledge, claim and delete.
  private final TreeSet<Id> ids = new TreeSet<>();

  /// @param taste equal for all clients of a seed
  StreamWork(Chance taste, Chance chance, Values values) {
    this.chance = chance;
    this.values = values;
    addWriting(taste);
    addReading(taste);
    addClaiming(taste);
  }

  private void addWriting(Chance taste) {
    menu.add(3 + taste.below(4), () -> add(List.of()))
        .add(taste.below(2), () -> add(List.of("MAXLEN", "=", number(5, 50))))
        .add(taste.below(2), () -> add(List.of("MINID", "=", anId())))
        .add(taste.below(2), () -> add(List.of("NOMKSTREAM")))
        .add(taste.below(2), () -> List.of("XADD", stream(), anId(), "f", values.next()))
        .add(1, () -> List.of("XTRIM", stream(), "MAXLEN", number(5, 100)))
        .add(taste.below(2), () -> List.of("XTRIM", stream(), "MINID", anId()))
        .add(taste, () -> withIds("XDEL", stream()))
        .add(taste.below(2), () -> List.of("DEL", "x0"))
        .add(taste.below(2), () -> List.of("PEXPIRE", "x0", number(1, 2000)))
        .add(taste.below(2), () -> List.of("XREAD", "BLOCK", timeout(), "STREAMS", "x0", "$"))
        .add(taste.below(2), () -> List.of("XGROUP", "CREATE", "x0", group(), "0"))
        .add(taste.below(2), () -> readGroup("x0"))
        .add(taste.below(2), () -> List.of("XADD", "x0", "*", "f", values.next()));
  }

  private void addReading(Chance taste) {
    menu.add(2, () -> List.of("XGROUP", "CREATE", stream(), group(), start(), "MKSTREAM"))
        .add(taste.below(2), () -> List.of("XGROUP", "DESTROY", stream(), group()))
        .add(taste.below(2), () -> List.of("XGROUP", "SETID", stream(), group(), anId()))
        .add(taste.below(2), () -> member("CREATECONSUMER"))
        .add(taste.below(2), () -> member("DELCONSUMER"))
        .add(3, () -> readGroup(List.of(), ">"))
        .add(taste, () -> readGroup(List.of("BLOCK", timeout()), ">"))
        .add(taste.below(2), () -> readGroup(List.of("NOACK"), ">"))
        .add(taste, () -> readGroup(List.of(), anId()))
        .add(taste, () -> readBoth())
        .add(taste, () -> List.of("XREAD", "COUNT", number(1, 9), "STREAMS", stream(), anId()))
        .add(taste, () -> List.of("XREAD", "BLOCK", timeout(), "STREAMS", stream(), "$"))
        .add(1, () -> List.of("XRANGE", stream(), "-", "+"))
        .add(taste, () -> List.of("XREVRANGE", stream(), "+", anId(), "COUNT", number(1, 9)))
        .add(1, () -> List.of("XLEN", stream()))
        .add(1, () -> List.of("XPENDING", stream(), group()))
        .add(1, () -> List.of("XPENDING", stream(), group(), "-", "+", number(1, 20)))
        .add(taste.below(2), () -> pendingOfOne());
  }

  private void addClaiming(Chance taste) {
    menu.add(1 + taste.below(4), () -> withIds("XACK", stream(), group()))
        .add(taste.below(2), () -> acknowledgeAndDelete())
        .add(taste, () -> withIds("XCLAIM", stream(), group(), consumer(), number(0, 500)))
        .add(taste.below(2), () -> claim("FORCE"))
        .add(taste.below(2), () -> claim("JUSTID"))
        .add(taste, () -> claimIdle());
  }

  /// Any key.
  String key() {
    return chance.oneIn(4) ? "x0" : stream();
  }

  List<String> next() {
    return menu.choose(chance);
  }

  /// Learns the ids in a reply.
  void received(Sent sent) {
    Reply reply = sent.reply();
    if (reply != null && sent.words().getFirst().startsWith("X")) {
      learn(reply);
    }
  }

  private void learn(Reply reply) {
    if (reply instanceof Reply.Bulk(String text) && text.matches("[0-9]{1,18}-[0-9]{1,18}")) {
      ids.add(Id.parse(text));
      if (ids.size() > IDS_KNOWN_MAX) {
        ids.remove(chance.oneIn(2) ? ids.first() : anyKnown());
      }
    } else if (reply instanceof Reply.Many(List<Reply> items)) {
      items.forEach(this::learn);
    }
  }

  private Id anyKnown() {
    return chance.oneOf(List.copyOf(ids));
  }

  private String anId() {
    return ids.isEmpty() || chance.oneIn(20) ? number(0, 9) + "-1" : anyKnown().toString();
  }

  private String start() {
    return chance.oneIn(2) ? "0" : "$";
  }

  private String stream() {
    return chance.oneOf(STREAMS);
  }

  private String group() {
    return chance.oneOf(GROUPS);
  }

  private String consumer() {
    return chance.oneOf(CONSUMERS);
  }

  private String timeout() {
    return chance.oneOf(TIMEOUTS_MS);
  }

  private String number(int least, int most) {
    return Integer.toString(chance.between(least, most));
  }

  private List<String> add(List<String> options) {
    List<String> words = new ArrayList<>(List.of("XADD", stream()));
    words.addAll(options);
    words.addAll(List.of("*", "f", values.next()));
    if (chance.oneIn(4)) {
      words.addAll(List.of(chance.oneIn(2) ? "f" : "other", values.next()));
    }
    return words;
  }

  private List<String> withIds(String... head) {
    List<String> words = new ArrayList<>(List.of(head));
    for (int i = chance.between(1, 5); i > 0; i--) {
      words.add(anId());
    }
    return words;
  }

  private List<String> member(String action) {
    return List.of("XGROUP", action, stream(), group(), consumer());
  }

  private List<String> readGroup(List<String> options, String id) {
    List<String> words = new ArrayList<>(List.of("XREADGROUP", "GROUP", group(), consumer()));
    if (chance.oneIn(2)) {
      words.addAll(List.of("COUNT", number(1, 9)));
    }
    words.addAll(options);
    words.addAll(List.of("STREAMS", stream(), id));
    return words;
  }

  private List<String> readGroup(String key) {
    List<String> words = new ArrayList<>(List.of("XREADGROUP", "GROUP", group(), consumer()));
    words.addAll(List.of("BLOCK", timeout(), "STREAMS", key, ">"));
    return words;
  }

  private List<String> readBoth() {
    List<String> words = new ArrayList<>(List.of("XREADGROUP", "GROUP", group(), consumer()));
    words.addAll(List.of("COUNT", number(1, 9), "BLOCK", timeout(), "STREAMS"));
    words.addAll(STREAMS);
    words.addAll(List.of(">", ">"));
    return words;
  }

  private List<String> pendingOfOne() {
    return List.of(
        "XPENDING", stream(), group(), "IDLE", number(0, 300), "-", "+", number(1, 20), consumer());
  }

  private List<String> acknowledgeAndDelete() {
    String count = number(1, 3);
    List<String> words = new ArrayList<>(List.of("XACKDEL", stream(), group(), "IDS", count));
    for (int i = Integer.parseInt(count); i > 0; i--) {
      words.add(anId());
    }
    return words;
  }

  private List<String> claim(String option) {
    List<String> words =
        new ArrayList<>(withIds("XCLAIM", stream(), group(), consumer(), number(0, 300)));
    words.add(option);
    return words;
  }

  private List<String> claimIdle() {
    String from = chance.oneIn(2) ? "0-0" : anId();
    List<String> words = new ArrayList<>(List.of("XAUTOCLAIM", stream(), group(), consumer()));
    words.addAll(List.of(number(0, 500), from, "COUNT", number(1, 9)));
    if (chance.oneIn(3)) {
      words.add("JUSTID");
    }
    return words;
  }
}
