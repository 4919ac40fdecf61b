package naru.protocol.resp.acl;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import naru.bytes.Bytes;
import naru.engine.State;
import naru.protocol.resp.Bench;
import naru.protocol.resp.Catalog;
import naru.protocol.resp.verb.Commands.Command;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import org.junit.jupiter.api.Test;

/// Calls of every command that has keys, made from its usage line, where each key holds something:
/// what is touched was checked, what is changed was checked for writing, whose content is shown or
/// taken elsewhere was checked for reading, and nothing is checked that is never touched.
class CheckedKeysTest {
  private static final int CALLS_A_COMMAND = 60;

  /// What a key holds says whose it is.
  private static final Pattern SECRET = Pattern.compile("secret-([a-z]+[12])-");

  /// Looks for keys by pattern, too, and asks for the right to read them all.
  private static final Set<String> BY_PATTERN = Set.of("sort", "sort_ro");

  /// Where less is asked for than is done, because Redis asks for no more.
  private static final Map<String, String> AS_IN_REDIS =
      Map.of(
          "pfcount", "writes only the number that it had to count",
          "xreadgroup", "reads for all but the group, which is who reads",
          "xclaim", "shows the entries that it hands over");

  /// None of the calls that are made of them is a right one, each with why.
  private static final Map<String, String> NEVER_RIGHT =
      Map.of(
          "restore", "wants a dump with its checksum",
          "fcall", "wants a function",
          "fcall_ro", "wants a function",
          "evalsha", "wants a script that was loaded",
          "evalsha_ro", "wants a script that was loaded",
          "restore-asking", "wants a dump with its checksum",
          "himport|set", "wants a set of fields that was prepared");

  /// Checked and not touched, each with why.
  private static final Map<String, String> NEVER_TOUCHED = Map.of("watch", "is only noted");

  private static void fill(Bench.Connection connection) {
    for (int i = 1; i <= 2; i++) {
      String[] lines = {
        "SET str# secret-str#-x",
        "SET num# 5",
        "PFADD pf# a b",
        "RPUSH list# secret-list#-a m1 m2 secret-list#-b",
        "HSET hash# f1 secret-hash#-a f2 5",
        "SADD set# m1 secret-set#-a secret-set#-b",
        "ZADD zset# 1 secret-zset#-a 2 m1 3 secret-zset#-b",
        "GEOADD geo# 1 1 m1 2 2 m2 1 2 secret-geo#-a",
        "XADD stream# 1-1 f secret-stream#-a",
        "XADD stream# 2-1 f secret-stream#-b",
        "XGROUP CREATE stream# g 0",
        "XREADGROUP GROUP g c COUNT 1 STREAMS stream# >"
      };
      for (String line : lines) {
        connection.run(line.replace("#", Integer.toString(i)));
      }
    }
  }

  /// A broker with keys that hold something, and what is looked for there.
  private static final class Watched {
    private final Bench bench = new Bench();
    private final Bench.Connection connection = bench.connect();
    private final Set<String> looked = new TreeSet<>();
    private final int records;

    Watched() {
      fill(connection);
      records = bench.records();
      for (int i = 0; i < State.DATABASES; i++) {
        bench
            .server()
            .shard()
            .state()
            .database(i)
            .onlooker(key -> looked.add(new String(key.copy(), StandardCharsets.UTF_8)));
      }
    }

    /// Whether all is as it was filled, and the connection neither closed nor waiting.
    boolean isAsNew() {
      return bench.records() == records && connection.run("PING").equals("PONG");
    }
  }

  /// One call, with what it touched and what was checked for it.
  private static final class Trial {
    private final List<String> call;
    private final Set<String> checked = new TreeSet<>();
    private final Set<String> forReading = new TreeSet<>();
    private final Set<String> forWriting = new TreeSet<>();
    private final Set<String> changed;
    private final Set<String> touched;
    private final Set<String> shown = new TreeSet<>();
    private final String reply;

    Trial(Watched watched, Verb verb, List<String> call) {
      this.call = call;
      check(verb, Arguments.of(call.stream().map(Bytes::of).toArray(Bytes[]::new)));
      watched.looked.clear();
      reply = watched.connection.run(call.toArray(String[]::new));
      watched.bench.sleepMs(20);
      touched = new TreeSet<>(watched.looked);
      changed = watched.bench.changedKeys(watched.records);
      touched.addAll(changed);
      findSecrets(reply, "");
      if (!changed.isEmpty()) {
        for (String line : watched.bench.contents()) {
          findSecrets(line, line.split(" ")[1]);
        }
      }
    }

    private void check(Verb verb, Arguments words) {
      for (KeySpec spec : verb.keys()) {
        if (spec.isKey()) {
          String access = verb.access(spec, words);
          spec.forEachIndex(
              words,
              i -> {
                String key = words.get(i).toString();
                checked.add(key);
                if (KeySpec.reads(access)) {
                  forReading.add(key);
                }
                if (KeySpec.writes(access)) {
                  forWriting.add(key);
                }
              });
        }
      }
    }

    /// Whose content is in a text, the owner's left out.
    private void findSecrets(String text, String owner) {
      Matcher matcher = SECRET.matcher(text);
      while (matcher.find()) {
        if (!matcher.group(1).equals(owner)) {
          shown.add(matcher.group(1));
        }
      }
    }

    boolean isRight() {
      return !reply.startsWith("-") && !reply.isEmpty();
    }

    List<String> offences(Verb verb) {
      List<String> offences = new ArrayList<>();
      if (!BY_PATTERN.contains(verb.name())) {
        note("touched and not checked", touched, checked, offences);
      }
      note("changed and not checked for writing", changed, forWriting, offences);
      note("shown and not checked for reading", shown, forReading, offences);
      return offences;
    }

    private void note(String what, Set<String> done, Set<String> allowed, List<String> offences) {
      Set<String> more = new TreeSet<>(done);
      more.removeAll(allowed);
      if (!more.isEmpty()) {
        offences.add(call + " " + what + ": " + more);
      }
    }
  }

  private static List<Command> commandsWithKeys() {
    return Catalog.commands()
        .callable()
        .filter(command -> command.verb() != null)
        .filter(command -> command.verb().keys().stream().anyMatch(KeySpec::isKey))
        .toList();
  }

  @Test
  void whatIsTouchedWasCheckedAndWhatIsCheckedIsTouched() {
    List<String> wrong = new ArrayList<>();
    Set<String> lessThanDone = new TreeSet<>();
    Set<String> neverRight = new TreeSet<>();
    Set<String> neverTouched = new TreeSet<>();
    Map<String, Integer> seen = new TreeMap<>();
    Random random = new Random(1);
    Watched watched = new Watched();
    for (Command command : commandsWithKeys()) {
      Verb verb = command.verb();
      CallMaker maker = new CallMaker(random);
      Set<Integer> specsTouched = new TreeSet<>();
      int right = 0;
      for (int i = 0; i < CALLS_A_COMMAND; i++) {
        List<String> call = maker.call(command, verb.usage().line());
        if (!verb.accepts(call.size())) {
          continue;
        }
        if (!watched.isAsNew()) {
          watched = new Watched();
        }
        Trial trial = new Trial(watched, verb, call);
        List<String> offences = trial.offences(verb);
        if (AS_IN_REDIS.containsKey(verb.name())) {
          lessThanDone.addAll(offences.isEmpty() ? List.of() : List.of(verb.name()));
        } else {
          wrong.addAll(offences);
        }
        seen.merge("changed", trial.changed.size(), Integer::sum);
        seen.merge("shown", trial.shown.size(), Integer::sum);
        if (trial.isRight()) {
          right++;
          specsTouched.addAll(touched(verb, trial));
        }
      }
      if (right == 0) {
        neverRight.add(verb.name());
      } else if (specsTouched.size() < keySpecs(verb).size()) {
        neverTouched.add(verb.name());
      }
    }
    assertSoftly(
        softly -> {
          softly.assertThat(wrong).isEmpty();
          softly.assertThat(seen.get("changed")).isGreaterThan(1000);
          softly.assertThat(seen.get("shown")).isGreaterThan(500);
          softly.assertThat(lessThanDone).isEqualTo(AS_IN_REDIS.keySet());
          softly.assertThat(neverRight).isEqualTo(NEVER_RIGHT.keySet());
          softly.assertThat(neverTouched).isEqualTo(NEVER_TOUCHED.keySet());
        });
  }

  private static List<KeySpec> keySpecs(Verb verb) {
    return verb.keys().stream()
        .filter(spec -> spec.isKey() && spec.extent() != KeySpec.Extent.ELSEWHERE)
        .toList();
  }

  /// Which of the places where keys may stand held one that was touched.
  private static Set<Integer> touched(Verb verb, Trial trial) {
    Arguments words = Arguments.of(trial.call.stream().map(Bytes::of).toArray(Bytes[]::new));
    Set<Integer> touched = new TreeSet<>();
    List<KeySpec> specs = keySpecs(verb);
    for (int i = 0; i < specs.size(); i++) {
      int index = i;
      specs
          .get(i)
          .forEachIndex(
              words,
              at -> {
                if (trial.touched.contains(words.get(at).toString())) {
                  touched.add(index);
                }
              });
    }
    return touched;
  }
}
