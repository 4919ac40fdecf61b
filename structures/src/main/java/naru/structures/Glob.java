package naru.structures;

import naru.bytes.Bytes;

/// A pattern of bytes: `*` is any run, `?` any one byte, `[a-z]` one of a class, `[^a-z]` one that
/// is not, `\x` the byte `x` itself.
///
/// The corners are Redis': a class that is not closed ends with the pattern, `[]` matches nothing
/// and `[^]` everything, a range may be given backwards, a lone `\` at the end is itself, and no
/// pattern but the empty one matches the empty text: what `KEYS *` and `SCAN` make of `*` is
/// theirs.
///
/// Only the last `*` is ever gone back to, so a match takes at most pattern × text steps however
/// many stars there are.
public final class Glob {
  private static final int NO_MATCH = -1;

  private final byte[] pattern;
  private final boolean ignoresCase;
  private final int plainPrefix;

  /// `pattern` is copied unless it owns its array.
  public Glob(Bytes pattern) {
    this(pattern, false);
  }

  private Glob(Bytes pattern, boolean ignoresCase) {
    this.pattern = pattern.toArray();
    this.ignoresCase = ignoresCase;
    this.plainPrefix = ignoresCase ? 0 : plainPrefix(this.pattern);
  }

  /// A pattern for which `A` and `a` are the same.
  public static Glob ignoringCase(Bytes pattern) {
    return new Glob(pattern, true);
  }

  public Bytes pattern() {
    return Bytes.of(pattern);
  }

  /// Whether it is just `*`.
  public boolean matchesAll() {
    return pattern.length == 1 && pattern[0] == '*';
  }

  /// Whether nothing in it is special: it matches itself alone.
  public boolean isPlain() {
    return !ignoresCase && plainPrefix == pattern.length;
  }

  public boolean matches(Bytes text) {
    if (text.isEmpty()) {
      return pattern.length == 0;
    }
    int at = startAfterPrefix(text);
    if (at == NO_MATCH) {
      return false;
    }
    int part = at;
    int afterStar = NO_MATCH;
    int starAt = 0;
    while (at < text.length()) {
      if (part < pattern.length && pattern[part] == '*') {
        part++;
        if (part == pattern.length) {
          return true;
        }
        afterStar = part;
        starAt = at;
        continue;
      }
      int next = part < pattern.length ? step(part, text.at(at)) : NO_MATCH;
      if (next != NO_MATCH) {
        part = next;
        at++;
      } else if (afterStar != NO_MATCH) {
        starAt++;
        at = starAt;
        part = afterStar;
      } else {
        return false;
      }
    }
    while (part < pattern.length && pattern[part] == '*') {
      part++;
    }
    return part == pattern.length;
  }

  /// How much of the text the plain start of the pattern takes, [#NO_MATCH] if it does not.
  private int startAfterPrefix(Bytes text) {
    if (text.length() < plainPrefix) {
      return NO_MATCH;
    }
    for (int i = 0; i < plainPrefix; i++) {
      if (text.at(i) != pattern[i]) {
        return NO_MATCH;
      }
    }
    return plainPrefix;
  }

  private static int plainPrefix(byte[] pattern) {
    int length = 0;
    while (length < pattern.length && "*?[\\".indexOf(pattern[length]) < 0) {
      length++;
    }
    return length;
  }

  /// Where the pattern goes on after its part at `part` has taken `b`, or [#NO_MATCH].
  private int step(int part, byte b) {
    return switch (pattern[part]) {
      case '?' -> part + 1;
      case '[' -> stepClass(part + 1, b);
      case '\\' -> stepLiteral(part + 1 < pattern.length ? part + 1 : part, b);
      default -> stepLiteral(part, b);
    };
  }

  private int stepLiteral(int part, byte b) {
    return folded(pattern[part]) == folded(b) ? part + 1 : NO_MATCH;
  }

  private int stepClass(int start, byte b) {
    int wanted = folded(b);
    int at = start;
    boolean negated = at < pattern.length && pattern[at] == '^';
    if (negated) {
      at++;
    }
    boolean found = false;
    while (at < pattern.length && pattern[at] != ']') {
      if (pattern[at] == '\\' && at + 1 < pattern.length) {
        found |= folded(pattern[at + 1]) == wanted;
        at += 2;
      } else if (at + 2 < pattern.length && pattern[at + 1] == '-') {
        found |= isBetween(wanted, folded(pattern[at]), folded(pattern[at + 2]));
        at += 3;
      } else {
        found |= folded(pattern[at]) == wanted;
        at++;
      }
    }
    int after = Math.min(at + 1, pattern.length);
    return found != negated ? after : NO_MATCH;
  }

  private static boolean isBetween(int b, int one, int other) {
    return b >= Math.min(one, other) && b <= Math.max(one, other);
  }

  private int folded(byte b) {
    int unsigned = b & 0xFF;
    return ignoresCase && unsigned >= 'A' && unsigned <= 'Z' ? unsigned + 32 : unsigned;
  }
}
