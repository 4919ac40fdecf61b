package naru.protocol.resp.verb;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The categories that `COMMAND INFO` and `ACL` put a command in: they follow from its group and
/// its flags. https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
public final class AclCategories {
  private static final Map<String, String> BY_GROUP =
      Map.ofEntries(
          Map.entry("generic", "@keyspace"),
          Map.entry("string", "@string"),
          Map.entry("list", "@list"),
          Map.entry("set", "@set"),
          Map.entry("sorted-set", "@sortedset"),
          Map.entry("hash", "@hash"),
          Map.entry("stream", "@stream"),
          Map.entry("bitmap", "@bitmap"),
          Map.entry("hyperloglog", "@hyperloglog"),
          Map.entry("geo", "@geo"),
          Map.entry("transactions", "@transaction"),
          Map.entry("connection", "@connection"),
          Map.entry("scripting", "@scripting"));

  /// The order in which Redis names them.
  private static final List<String> ORDER =
      List.of(
          "@keyspace",
          "@read",
          "@write",
          "@set",
          "@sortedset",
          "@list",
          "@hash",
          "@string",
          "@bitmap",
          "@hyperloglog",
          "@geo",
          "@stream",
          "@pubsub",
          "@admin",
          "@fast",
          "@slow",
          "@blocking",
          "@dangerous",
          "@connection",
          "@transaction",
          "@scripting");

  private static final List<String> NAMES = ORDER.stream().map(name -> name.substring(1)).toList();

  private AclCategories() {}

  /// All of them, without `@`.
  public static List<String> names() {
    return NAMES;
  }

  public static List<String> of(Verb verb, String group) {
    Set<String> categories = new LinkedHashSet<>();
    if (verb.is(Flag.WRITE)) {
      categories.add("@write");
    }
    if (verb.is(Flag.READONLY) && !group.equals("scripting")) {
      categories.add("@read");
    }
    verb.categories().forEach(name -> categories.add("@" + name));
    if (verb.categories().isEmpty() && BY_GROUP.containsKey(group)) {
      categories.add(BY_GROUP.get(group));
    }
    if (verb.is(Flag.PUBSUB)) {
      categories.add("@pubsub");
    }
    if (verb.is(Flag.ADMIN)) {
      categories.add("@admin");
      categories.add("@dangerous");
    }
    categories.add(verb.is(Flag.FAST) ? "@fast" : "@slow");
    if (verb.is(Flag.BLOCKING)) {
      categories.add("@blocking");
    }
    return categories.stream().sorted(Comparator.comparingInt(ORDER::indexOf)).toList();
  }

  /// Whether a verb of that group is in `category`, which is given without `@`.
  public static boolean contains(Verb verb, String group, String category) {
    return of(verb, group).contains("@" + category.toLowerCase(Locale.ROOT));
  }
}
