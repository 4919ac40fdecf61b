package naru.protocol.resp.key;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Decision.Done;
import naru.engine.KeyEvent.Kind;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.Value;
import naru.engine.key.KeyOp;
import naru.engine.list.ListOp;
import naru.engine.list.ListValue;
import naru.engine.set.SetValue;
import naru.engine.sortedset.SortedSetValue;
import naru.protocol.resp.cluster.Slots;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.KeySpec.Extent;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import org.jspecify.annotations.Nullable;

/// Sorting what a list, set or sorted set holds, by itself or by what other keys say.
public final class KeySort {
  private static final String OPTIONS =
      " key [BY by-pattern(pattern:pattern@1)] [LIMIT offset count] [GET"
          + " get-pattern(pattern:pattern@1) [GET get-pattern(pattern:pattern@1) ...]] [ASC | DESC]"
          + " [ALPHA(sorting)]";
  private static final String COMPLEXITY =
      "O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the "
          + "number of returned elements. When the elements are not sorted, complexity is O(N).";

  /// `GET` of the element itself.
  private static final Bytes SELF = Bytes.of("#");

  /// The keys that `BY` and `GET` lead to.
  private static final KeySpec PATTERNS =
      new KeySpec("", 0, Extent.ELSEWHERE, "RO access").untold();

  private static final KeySpec.Options OPTIONS_WITH_WORDS =
      new KeySpec.Options(2, List.of("LIMIT 2", "GET 1", "BY 1"), true);

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("SORT" + OPTIONS + " [STORE destination(@2)]", call -> sort(call, true))
              .since("1.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.MOVABLEKEYS)
              .reading()
              .categories("set", "sortedset", "list", "dangerous")
              .keySpecs(
                  new KeySpec("", 1, Extent.ONE, "RO access"),
                  PATTERNS,
                  new KeySpec("STORE", 2, Extent.ONE, "OW update")
                      .untold()
                      .among(OPTIONS_WITH_WORDS))
              .categories("set", "sortedset", "list", "dangerous")
              .summary(
                  "Sorts the elements in a list, a set, or a sorted set, optionally storing "
                      + "the result.")
              .complexity(COMPLEXITY),
          Verb.of("SORT_RO" + OPTIONS, call -> sort(call, false))
              .since("7.0.0")
              .flags(Flag.READONLY, Flag.MOVABLEKEYS)
              .categories("set", "sortedset", "list", "dangerous")
              .keySpecs(new KeySpec("", 1, Extent.ONE, "RO access"), PATTERNS)
              .categories("set", "sortedset", "list", "dangerous")
              .summary("Returns the sorted elements of a list, a set, or a sorted set.")
              .complexity(COMPLEXITY));

  private KeySort() {}

  private static Decision sort(Call call, boolean mayStore) {
    SortOptions options = SortOptions.of(call, mayStore);
    demandAllKeys(call, options);
    demandOneSlot(call, options);
    Value value = call.value(call.arg(1));
    if (options.keepsOrder() && value instanceof SetValue && options.store() != null) {
      options = options.byThemselves();
    }
    List<Bytes> elements = elements(value, options);
    List<Bytes> sorted = new Sorting(call, options).sorted(elements);
    List<@Nullable Bytes> shown = new SortPatterns(call).shown(sorted, options.get());
    Bytes store = options.store();
    return store == null ? Decision.done(Replies.bulks(shown)) : stored(call, store, shown);
  }

  /// Patterns lead to keys that nobody can tell beforehand.
  private static void demandAllKeys(Call call, SortOptions options) {
    boolean by = options.by() != null && !options.keepsOrder();
    boolean get = !options.get().isEmpty();
    if ((by || get) && !call.client().user().mayReadEveryKey(call.verb(), call.words())) {
      throw new Refusal(
          (by ? "BY" : "GET") + " option of SORT denied due to insufficient ACL permissions.");
    }
  }

  /// In a cluster, patterns may lead to keys in the slot of the key alone.
  private static void demandOneSlot(Call call, SortOptions options) {
    if (!call.server().settings().clusterEnabled.value()) {
      return;
    }
    int slot = Slots.of(call.arg(1));
    Bytes by = options.by();
    boolean byElsewhere = by != null && !options.keepsOrder() && Slots.ofPattern(by) != slot;
    boolean getsElsewhere =
        options.get().stream().anyMatch(get -> !get.equals(SELF) && Slots.ofPattern(get) != slot);
    if (byElsewhere || getsElsewhere) {
      throw new Refusal(
          (byElsewhere ? "BY" : "GET")
              + " option of SORT denied in Cluster mode when keys formed by the pattern may be in"
              + " different slots.");
    }
  }

  /// The elements, in the order in which they stand where that matters.
  private static List<Bytes> elements(@Nullable Value value, SortOptions options) {
    boolean down = options.keepsOrder() && options.descending();
    List<Bytes> elements = new ArrayList<>();
    switch (value) {
      case null -> {}
      case ListValue list -> list.elements().forEach(elements::add);
      case SetValue set -> set.forEach(member -> elements.add(member.owned()));
      case SortedSetValue sortedSet -> {
        SortedSetValue.Cursor cursor = sortedSet.cursor(down ? sortedSet.size() - 1 : 0, !down);
        while (cursor.next()) {
          elements.add(cursor.member().owned());
        }
      }
      default -> throw Call.wrongType();
    }
    return down && value instanceof ListValue ? elements.reversed() : elements;
  }

  private static Decision stored(Call call, Bytes key, List<@Nullable Bytes> shown) {
    int database = call.database();
    List<Op> ops = new ArrayList<>(2);
    Done done = Decision.done(Replies.integer(shown.size()), ops);
    boolean present = call.keys().entry(key) != null;
    if (present) {
      ops.add(new KeyOp.Removed(database, key, KeyOp.Cause.DELETED));
    }
    if (!shown.isEmpty()) {
      List<Bytes> elements = new ArrayList<>(shown.size());
      for (Bytes item : shown) {
        // What is stored may stand in the key that is removed first.
        elements.add(item == null ? Bytes.EMPTY : Bytes.of(item.copy()));
      }
      ops.add(new ListOp.Pushed(database, key, false, elements));
      done.event(Kind.LIST, "sortstore", database, key);
    } else if (present) {
      done.event(Kind.GENERIC, "del", database, key);
    }
    return done;
  }
}
