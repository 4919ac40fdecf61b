package naru.protocol.resp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import naru.bytes.Bytes;
import naru.protocol.resp.connection.ConnectionBasics;
import naru.protocol.resp.connection.Handshake;
import naru.protocol.resp.list.ListPush;
import naru.protocol.resp.pubsub.PubSubInfo;
import naru.protocol.resp.pubsub.Publish;
import naru.protocol.resp.pubsub.Subscribe;
import naru.protocol.resp.string.StringGet;
import naru.protocol.resp.string.StringSet;
import naru.protocol.resp.transaction.Transactions;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Every command there is: the groups of verbs, one line each.
public final class Catalog {
  /// A group of verbs and the name of the group of commands that it belongs to, as in `COMMAND
  /// DOCS`.
  public record Group(String name, List<Verb> verbs) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group("connection", ConnectionBasics.VERBS),
          new Group("connection", Handshake.VERBS),
          new Group("list", ListPush.VERBS),
          new Group("pubsub", Publish.VERBS),
          new Group("pubsub", PubSubInfo.VERBS),
          new Group("pubsub", Subscribe.VERBS),
          new Group("string", StringGet.VERBS),
          new Group("string", StringSet.VERBS),
          new Group("transactions", Transactions.VERBS));

  private static final Catalog REDIS = new Catalog(GROUPS);

  private final Map<String, Entry> byName = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final @Nullable Entry[] table = new Entry[2048];

  /// A command: a verb, or a container of subcommands, or both (`COMMAND`).
  public static final class Entry {
    private final String name;
    private final String group;
    private final Map<String, Entry> subcommands = new HashMap<>();
    private @Nullable Verb verb;

    Entry(String name, String group) {
      this.name = name;
      this.group = group;
    }

    /// `client`, or `client|list`.
    public String name() {
      return name;
    }

    public String group() {
      return group;
    }

    /// What runs when it is called; null for a container that only has subcommands.
    public @Nullable Verb verb() {
      return verb;
    }

    public Map<String, Entry> subcommands() {
      return Collections.unmodifiableMap(subcommands);
    }
  }

  private Catalog(List<Group> groups) {
    for (Group group : groups) {
      for (Verb verb : group.verbs()) {
        add(verb, group.name());
      }
    }
  }

  /// All of Redis' commands that Naru knows.
  public static Catalog redis() {
    return REDIS;
  }

  private void add(Verb verb, String group) {
    String[] names = verb.name().split("\\|", -1);
    Entry entry = byName.computeIfAbsent(names[0], name -> newEntry(name, group));
    if (names.length == 2) {
      Entry subcommand = new Entry(verb.name(), group);
      if (entry.subcommands.put(names[1], subcommand) != null) {
        throw new IllegalStateException("declared twice: " + verb.name());
      }
      entry = subcommand;
    }
    if (entry.verb != null) {
      throw new IllegalStateException("declared twice: " + verb.name());
    }
    entry.verb = verb;
  }

  private Entry newEntry(String name, String group) {
    Entry entry = new Entry(name, group);
    entries.add(entry);
    int slot = slot(Bytes.of(name));
    while (table[slot] != null) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = entry;
    return entry;
  }

  /// All commands, in the order of declaration; subcommands are under their containers.
  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /// All verbs, subcommands included.
  public Stream<Verb> verbs() {
    return entries.stream()
        .flatMap(entry -> Stream.concat(Stream.of(entry), entry.subcommands.values().stream()))
        .flatMap(entry -> Stream.ofNullable(entry.verb));
  }

  /// The command called `name`, in any case; null if there is none.
  public @Nullable Entry find(Bytes name) {
    int slot = slot(name);
    for (Entry entry = table[slot]; entry != null; entry = table[slot]) {
      if (equalsLower(name, entry.name)) {
        return entry;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return null;
  }

  /// The subcommand of `container` called `name`, in any case; null if there is none.
  public @Nullable Entry subcommand(Entry container, Bytes name) {
    return container.subcommands.get(name.toString().toLowerCase(Locale.ROOT));
  }

  private static boolean equalsLower(Bytes name, String lower) {
    if (name.length() != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      if (lower(name.at(i)) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int slot(Bytes name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = 31 * hash + lower(name.at(i));
    }
    return (hash ^ (hash >>> 11)) & (table.length - 1);
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b;
  }
}
