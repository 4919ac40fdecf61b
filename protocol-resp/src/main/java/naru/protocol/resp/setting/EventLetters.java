package naru.protocol.resp.setting;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import naru.engine.KeyEvent;
import org.jspecify.annotations.Nullable;

/// What the letters of the setting `notify-keyspace-events` ask for.
///
/// @param kinds of events that are told
/// @param ofModules whether `d` is among them, of which there are none
/// @param keyspace whether they are told under the key (`K`)
/// @param keyevent whether they are told under their name (`E`)
/// @param ofParts those of `STIV` that were given, in this order: ways to tell of fields
public record EventLetters(
    Set<KeyEvent.Kind> kinds,
    boolean ofModules,
    boolean keyspace,
    boolean keyevent,
    String ofParts) {
  private static final String PARTS = "STIV";

  /// Nothing is told.
  public static final EventLetters NONE = of("");

  /// Whether all letters are known.
  static boolean isValid(String letters) {
    return letters
        .chars()
        .allMatch(letter -> ("KEAd" + PARTS).indexOf(letter) >= 0 || kind(letter) != null);
  }

  /// Understands letters, which are valid.
  public static EventLetters of(String letters) {
    Set<KeyEvent.Kind> kinds = EnumSet.noneOf(KeyEvent.Kind.class);
    for (int i = 0; i < letters.length(); i++) {
      KeyEvent.Kind kind = kind(letters.charAt(i));
      if (letters.charAt(i) == 'A') {
        kinds.addAll(all());
      } else if (kind != null) {
        kinds.add(kind);
      }
    }
    return new EventLetters(
        kinds,
        letters.indexOf('d') >= 0 || letters.indexOf('A') >= 0,
        letters.indexOf('K') >= 0,
        letters.indexOf('E') >= 0,
        PARTS
            .chars()
            .filter(letter -> letters.indexOf(letter) >= 0)
            .mapToObj(Character::toString)
            .collect(Collectors.joining()));
  }

  /// Whether anything is told at all.
  public boolean tell() {
    return keyspace || keyevent || !ofParts.isEmpty();
  }

  private static KeyEvent.@Nullable Kind kind(int letter) {
    for (KeyEvent.Kind kind : KeyEvent.Kind.values()) {
      if (kind.letter() == letter) {
        return kind;
      }
    }
    return null;
  }

  /// What `A` stands for: all but the misses, new keys, and changes of value or type.
  private static Set<KeyEvent.Kind> all() {
    return EnumSet.complementOf(
        EnumSet.of(
            KeyEvent.Kind.MISSED,
            KeyEvent.Kind.NEW,
            KeyEvent.Kind.OVERWRITTEN,
            KeyEvent.Kind.TYPE_CHANGED));
  }

  /// The letters as Redis gives them back.
  String text() {
    StringBuilder letters = new StringBuilder();
    if (ofModules && kinds.containsAll(all())) {
      letters.append('A');
    } else {
      for (char letter : "g$lshzxet".toCharArray()) {
        append(letter, letters);
      }
      if (ofModules) {
        letters.append('d');
      }
    }
    for (char letter : "noc".toCharArray()) {
      append(letter, letters);
    }
    if (keyspace) {
      letters.append('K');
    }
    if (keyevent) {
      letters.append('E');
    }
    append('m', letters);
    return letters.append(ofParts).toString();
  }

  private void append(char letter, StringBuilder letters) {
    for (KeyEvent.Kind kind : kinds) {
      if (kind.letter() == letter) {
        letters.append(letter);
      }
    }
  }
}
