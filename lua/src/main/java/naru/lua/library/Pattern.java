package naru.lua.library;

import naru.lua.Arguments;
import naru.lua.LuaString;
import naru.lua.Meter;
import naru.lua.Values;
import org.jspecify.annotations.Nullable;

/// Lua's patterns: https://www.lua.org/manual/5.1/manual.html#5.4.1
///
/// Each character looked at is a step of the meter, so that no pattern runs for ever.
final class Pattern {
  private static final int CAPTURES_MAX = 32;
  private static final int NESTING_MAX = 200;
  private static final int OPEN = -1;
  private static final int POSITION = -2;

  private final Arguments in;
  private final Meter meter;
  private final byte[] source;
  private final byte[] pattern;
  private int nesting;
  private int level;
  private final int[] starts = new int[CAPTURES_MAX];
  private final int[] lengths = new int[CAPTURES_MAX];

  Pattern(Arguments in, LuaString source, LuaString pattern) {
    this.in = in;
    this.meter = in.machine().meter();
    this.source = source.bytes();
    this.pattern = pattern.bytes();
  }

  /// Matches at a place of the source; returns the end of the match, -1 if there is none.
  int match(int at, int from) {
    level = 0;
    nesting = 0;
    return go(at, from);
  }

  private int go(int start, int from) {
    if (++nesting > NESTING_MAX) {
      throw in.error("pattern too complex");
    }
    int s = start;
    int p = from;
    try {
      while (true) {
        meter.step();
        if (p == pattern.length) {
          return s;
        }
        switch (pattern[p]) {
          case '(' -> {
            boolean position = p + 1 < pattern.length && pattern[p + 1] == ')';
            return position ? open(s, p + 2, POSITION) : open(s, p + 1, OPEN);
          }
          case ')' -> {
            return close(s, p + 1);
          }
          case '%' -> {
            int next = p + 1 < pattern.length ? pattern[p + 1] : 0;
            if (next == 'b') {
              s = balance(s, p + 2);
              if (s < 0) {
                return -1;
              }
              p += 4;
              continue;
            }
            if (next == 'f') {
              p += 2;
              if (p >= pattern.length || pattern[p] != '[') {
                throw in.error("missing '[' after '%f' in pattern");
              }
              int end = classEnd(p);
              int before = s == 0 ? 0 : source[s - 1] & 0xff;
              int here = s < source.length ? source[s] & 0xff : 0;
              if (inSet(before, p, end - 1) || !inSet(here, p, end - 1)) {
                return -1;
              }
              p = end;
              continue;
            }
            if (next >= '0' && next <= '9') {
              s = again(s, next);
              if (s < 0) {
                return -1;
              }
              p += 2;
              continue;
            }
          }
          case '$' -> {
            if (p + 1 == pattern.length) {
              return s == source.length ? s : -1;
            }
          }
          default -> {}
        }
        int end = classEnd(p);
        boolean one = s < source.length && single(source[s] & 0xff, p, end);
        int suffix = end < pattern.length ? pattern[end] : 0;
        switch (suffix) {
          case '?' -> {
            if (one) {
              int result = go(s + 1, end + 1);
              if (result >= 0) {
                return result;
              }
            }
            p = end + 1;
          }
          case '*' -> {
            return longest(s, p, end);
          }
          case '+' -> {
            return one ? longest(s + 1, p, end) : -1;
          }
          case '-' -> {
            return shortest(s, p, end);
          }
          default -> {
            if (!one) {
              return -1;
            }
            s++;
            p = end;
          }
        }
      }
    } finally {
      nesting--;
    }
  }

  private int classEnd(int at) {
    int p = at + 1;
    if (pattern[at] == '%') {
      if (p >= pattern.length) {
        throw in.error("malformed pattern (ends with '%')");
      }
      return p + 1;
    }
    if (pattern[at] == '[') {
      if (p < pattern.length && pattern[p] == '^') {
        p++;
      }
      do {
        if (p >= pattern.length) {
          throw in.error("malformed pattern (missing ']')");
        }
        if (pattern[p++] == '%' && p < pattern.length) {
          p++;
        }
      } while (p >= pattern.length || pattern[p] != ']');
      return p + 1;
    }
    return p;
  }

  private boolean single(int c, int p, int end) {
    return switch (pattern[p]) {
      case '.' -> true;
      case '%' -> inClass(c, pattern[p + 1] & 0xff);
      case '[' -> inSet(c, p, end - 1);
      default -> (pattern[p] & 0xff) == c;
    };
  }

  private static boolean inClass(int c, int letter) {
    int lower = letter | 32;
    boolean member =
        switch (lower) {
          case 'a' -> isLetter(c);
          case 'c' -> c < 32 || c == 127;
          case 'd' -> isDigit(c);
          case 'l' -> c >= 'a' && c <= 'z';
          case 'p' -> c > 32 && c < 127 && !isLetter(c) && !isDigit(c);
          case 's' -> c == ' ' || (c >= 9 && c <= 13);
          case 'u' -> c >= 'A' && c <= 'Z';
          case 'w' -> isLetter(c) || isDigit(c);
          case 'x' -> isDigit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f' && c > 64 && c < 127);
          case 'z' -> c == 0;
          default -> letter == c;
        };
    boolean isLetterOfClass = "acdlpsuwxz".indexOf(lower) >= 0 && isLetter(letter);
    if (!isLetterOfClass) {
      return letter == c;
    }
    boolean negated = letter <= 'Z';
    return member != negated;
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /// @param p where `[` is
  /// @param last where `]` is
  private boolean inSet(int c, int p, int last) {
    boolean found = true;
    int at = p + 1;
    if (at < last && pattern[at] == '^') {
      found = false;
      at++;
    }
    for (; at < last; at++) {
      if (pattern[at] == '%') {
        at++;
        if (inClass(c, pattern[at] & 0xff)) {
          return found;
        }
      } else if (at + 2 < last && pattern[at + 1] == '-') {
        if ((pattern[at] & 0xff) <= c && c <= (pattern[at + 2] & 0xff)) {
          return found;
        }
        at += 2;
      } else if ((pattern[at] & 0xff) == c) {
        return found;
      }
    }
    return !found;
  }

  private int balance(int s, int p) {
    if (p + 1 >= pattern.length) {
      throw in.error("unbalanced pattern");
    }
    if (s >= source.length || source[s] != pattern[p]) {
      return -1;
    }
    int depth = 1;
    for (int i = s + 1; i < source.length; i++) {
      meter.step();
      if (source[i] == pattern[p + 1]) {
        depth--;
        if (depth == 0) {
          return i + 1;
        }
      } else if (source[i] == pattern[p]) {
        depth++;
      }
    }
    return -1;
  }

  private int longest(int s, int p, int end) {
    int count = 0;
    while (s + count < source.length && single(source[s + count] & 0xff, p, end)) {
      meter.step();
      count++;
    }
    for (; count >= 0; count--) {
      int result = go(s + count, end + 1);
      if (result >= 0) {
        return result;
      }
    }
    return -1;
  }

  private int shortest(int from, int p, int end) {
    int s = from;
    while (true) {
      int result = go(s, end + 1);
      if (result >= 0) {
        return result;
      }
      if (s < source.length && single(source[s] & 0xff, p, end)) {
        s++;
      } else {
        return -1;
      }
    }
  }

  private int open(int s, int p, int what) {
    if (level >= CAPTURES_MAX) {
      throw in.error("too many captures");
    }
    starts[level] = s;
    lengths[level] = what;
    level++;
    int result = go(s, p);
    if (result < 0) {
      level--;
    }
    return result;
  }

  private int close(int s, int p) {
    int capture = level - 1;
    while (capture >= 0 && lengths[capture] != OPEN) {
      capture--;
    }
    if (capture < 0) {
      throw in.error("invalid pattern capture");
    }
    lengths[capture] = s - starts[capture];
    int result = go(s, p);
    if (result < 0) {
      lengths[capture] = OPEN;
    }
    return result;
  }

  private int again(int s, int digit) {
    int capture = digit - '1';
    if (capture < 0 || capture >= level || lengths[capture] == OPEN) {
      throw in.error("invalid capture index");
    }
    int length = lengths[capture];
    if (source.length - s < length) {
      return -1;
    }
    for (int i = 0; i < length; i++) {
      if (source[starts[capture] + i] != source[s + i]) {
        return -1;
      }
    }
    return s + length;
  }

  int captures() {
    return level;
  }

  /// A capture; the whole match if it has none and the first is asked for.
  @Nullable Object capture(int index, int start, int end) {
    if (index >= level) {
      if (index == 0) {
        return text(start, end);
      }
      throw in.error("invalid capture index");
    }
    int length = lengths[index];
    if (length == OPEN) {
      throw in.error("unfinished capture");
    }
    return length == POSITION
        ? Double.valueOf(starts[index] + 1)
        : text(starts[index], starts[index] + length);
  }

  private LuaString text(int from, int to) {
    in.machine().meter().allocate(40 + to - from);
    byte[] copy = new byte[to - from];
    System.arraycopy(source, from, copy, 0, copy.length);
    return LuaString.of(copy);
  }

  /// All captures, or the whole match if there are none.
  @Nullable Object allCaptures(int start, int end) {
    return level == 0 ? capture(0, start, end) : Values.of(captureArray(start, end));
  }

  @Nullable Object[] captureArray(int start, int end) {
    int count = Math.max(1, level);
    @Nullable Object[] captures = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      captures[i] = capture(i, start, end);
    }
    return captures;
  }
}
