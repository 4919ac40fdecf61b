package naru.protocol.resp.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import naru.bytes.Bytes;
import naru.protocol.resp.Bench;
import naru.protocol.resp.Catalog;
import naru.protocol.resp.verb.Commands.Command;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import org.junit.jupiter.api.Test;

/// For calls made from every usage line: a key that an op is about was checked for writing.
class CheckedKeysTest {
  private static final int CALLS_A_COMMAND = 40;
  private static final List<String> KEYS = List.of("k1", "k2", "k3", "STREAMS", "STORE", "GROUP");
  private static final List<String> OTHERS = List.of("0", "1", "2", "*", ">", "x", "-", "+", "m");

  private static List<Verb> writers() {
    return Catalog.commands()
        .callable()
        .map(Command::verb)
        .filter(verb -> verb.keys().stream().anyMatch(KeySpec::isKey))
        .toList();
  }

  private static List<String> call(Verb verb, Random random) {
    List<String> words = new ArrayList<>(List.of(verb.name().split("\\|")));
    String[] tokens = verb.usage().line().replaceAll("[\\[\\]<>|]|\\.\\.\\.", " ").split(" +");
    for (int i = words.size(); i < tokens.length; i++) {
      if (random.nextInt(5) == 0) {
        continue;
      }
      boolean isKeyword = Character.isUpperCase(tokens[i].charAt(0));
      boolean isKey = tokens[i].matches("(new|dest)?key\\d?|source|destination|group");
      List<String> choice = isKey ? KEYS : OTHERS;
      words.add(isKeyword ? tokens[i] : choice.get(random.nextInt(choice.size())));
    }
    return words;
  }

  private static Set<String> checkedForWriting(Verb verb, List<String> call) {
    Arguments words = Arguments.of(call.stream().map(Bytes::of).toArray(Bytes[]::new));
    Set<String> checked = new TreeSet<>();
    for (KeySpec spec : verb.keys()) {
      if (spec.isKey() && KeySpec.writes(verb.access(spec, words))) {
        spec.forEachIndex(words, i -> checked.add(words.get(i).toString()));
      }
    }
    return checked;
  }

  @Test
  void everyKeyThatIsChangedWasCheckedForWriting() {
    List<String> wrong = new ArrayList<>();
    int changes = 0;
    Random random = new Random(1);
    for (Verb verb : writers()) {
      for (int i = 0; i < CALLS_A_COMMAND; i++) {
        List<String> call = call(verb, random);
        if (verb.accepts(call.size())) {
          Bench fresh = new Bench();
          fresh.run(call.toArray(String[]::new));
          Set<String> changed = fresh.changedKeys();
          changes += changed.size();
          changed.removeAll(checkedForWriting(verb, call));
          if (!changed.isEmpty()) {
            wrong.add(call + " changed " + changed);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(changes).as("so that there is something to check").isGreaterThan(100);
  }
}
