package naru.protocol.resp.admin;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.KeySpec.Extent;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import naru.protocol.resp.wire.RespWriter;

/// The keys among the words of a call, for who asks about it: `COMMAND GETKEYS`.
///
/// They are found where the verb says that they stand. If the words do not fit that, Redis has a
/// second look at how many keys there are, and is content with a number that something follows.
final class CallKeys {
  /// @param access what is done to the key, as in [KeySpec]; empty if that cannot be told
  record Found(Bytes key, String access) {}

  private final Verb verb;
  private final List<KeySpec> specs;
  private final Arguments words;
  private final List<Found> found = new ArrayList<>();

  private CallKeys(Verb verb, List<KeySpec> specs, Arguments words) {
    this.verb = verb;
    this.specs = specs;
    this.words = words;
  }

  /// The keys of a call of `verb`; refused if it has none.
  static List<Found> of(Verb verb, Arguments words) {
    List<KeySpec> specs =
        verb.keys().stream().filter(spec -> !spec.access().startsWith("not_key")).toList();
    if (specs.isEmpty()) {
      throw new Refusal("The command has no key arguments");
    }
    CallKeys keys = new CallKeys(verb, specs, words);
    if (!keys.addAll()) {
      keys.found.clear();
      keys.addCounted();
    }
    if (keys.found.isEmpty() && !verb.is(Flag.NO_MANDATORY_KEYS)) {
      throw new Refusal("Invalid arguments specified for command");
    }
    return keys.found;
  }

  /// Whether there were keys wherever the verb says so; those behind a keyword may be missing.
  private boolean addAll() {
    for (KeySpec spec : specs) {
      if (spec.extent() == Extent.ELSEWHERE) {
        continue;
      }
      int before = found.size();
      spec.forEachIndex(words, i -> found.add(new Found(words.get(i), verb.access(spec, words))));
      if (spec.keyword().isEmpty() && found.size() == before) {
        return false;
      }
    }
    return true;
  }

  /// The keys that are counted first, then the others.
  private void addCounted() {
    for (KeySpec spec : specs) {
      if (spec.extent() == Extent.COUNTED) {
        long count = leadingNumber(words.get(spec.first()));
        int first = spec.first() + 1;
        if (count < 1 || count > words.count() - first) {
          return;
        }
        for (Bytes key : words.from(first).subList(0, (int) count)) {
          found.add(new Found(key, ""));
        }
      }
    }
    for (KeySpec spec : specs) {
      if (spec.extent() == Extent.ONE && !found.isEmpty()) {
        found.add(new Found(words.get(spec.first()), ""));
      }
    }
  }

  /// 2 for `2.5`; 0 for what does not begin with a digit.
  private static long leadingNumber(Bytes word) {
    long number = 0;
    for (int i = 0; i < word.length() && word.at(i) >= '0' && word.at(i) <= '9'; i++) {
      number = Math.min(10 * number + word.at(i) - '0', Integer.MAX_VALUE);
    }
    return number;
  }

  static void write(RespWriter out, List<Found> keys) {
    out.array(keys.size());
    for (Found key : keys) {
      out.array(2);
      out.bulk(key.key());
      String[] flags = key.access().isEmpty() ? new String[0] : key.access().split(" ", -1);
      out.set(flags.length);
      for (String flag : flags) {
        out.simple(flag);
      }
    }
  }
}
