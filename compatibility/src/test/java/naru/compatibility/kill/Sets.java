package naru.compatibility.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Questions about tens of thousands of elements, which AssertJ answers in quadratic time.
final class Sets {
  private Sets() {}

  static void areDisjoint(String what, Set<String> some, Set<String> others) {
    Set<String> both = new HashSet<>(some);
    both.retainAll(others);
    assertThat(both).as(what).isEmpty();
  }

  static void isWithin(String whatIsMissing, Collection<String> part, Set<String> whole) {
    Set<String> missing = new HashSet<>(part);
    missing.removeAll(whole);
    assertThat(missing).as(whatIsMissing).isEmpty();
  }
}
