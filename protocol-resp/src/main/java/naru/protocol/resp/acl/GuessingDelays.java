package naru.protocol.resp.acl;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes guessing passwords slow: the more wrong ones come from an address, the later it is told.
///
/// The first few are answered at once, for those who mistype; then each wait is twice as long as
/// the one before, up to 32 times the first. Who hangs up instead of waiting gains nothing: a wait
/// that is not over counts, and while too many of an address are, no further password from there is
/// looked at. An address from which nothing wrong comes for a while is forgotten. The right
/// password is never made to wait.
final class GuessingDelays {
  static final int PENDING_MAX = 64;
  private static final int GROUPS = 8;
  private static final int NETWORK_GROUPS = 4;
  private static final int FREE = 3;
  private static final int DOUBLINGS = 5;
  private static final int ADDRESSES_MAX = 4096;
  private static final long FORGOTTEN_AFTER_MS = 60_000;

  private static final class Guesses {
    private final ArrayDeque<Long> pendingUntilMs = new ArrayDeque<>();
    private long wrong;
    private long lastMs;
  }

  /// The address heard from last is the last.
  private final Map<String, Guesses> byAddress =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Guesses> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };

  /// Whether a password from this address may be looked at.
  boolean mayTry(String address, long nowMs) {
    Guesses guesses = present(address, nowMs);
    return guesses == null || guesses.pendingUntilMs.size() < PENDING_MAX;
  }

  /// A wrong password came: for how long its answer is to wait.
  long wrong(String address, long nowMs, long delayMs) {
    if (delayMs == 0) {
      return 0;
    }
    Guesses guesses = present(address, nowMs);
    if (guesses == null) {
      guesses = new Guesses();
      byAddress.put(address, guesses);
    }
    guesses.wrong++;
    guesses.lastMs = nowMs;
    if (guesses.wrong <= FREE) {
      return 0;
    }
    long waitMs = delayMs << Math.min(guesses.wrong - FREE - 1, DOUBLINGS);
    if (guesses.pendingUntilMs.size() < PENDING_MAX) {
      guesses.pendingUntilMs.add(nowMs + waitMs);
    }
    return waitMs;
  }

  /// How many are remembered.
  int addresses() {
    return byAddress.size();
  }

  private @Nullable Guesses present(String address, long nowMs) {
    Guesses guesses = byAddress.get(address);
    if (guesses == null) {
      return null;
    }
    while (!guesses.pendingUntilMs.isEmpty() && guesses.pendingUntilMs.element() <= nowMs) {
      guesses.pendingUntilMs.remove();
    }
    if (nowMs - guesses.lastMs > FORGOTTEN_AFTER_MS) {
      byAddress.remove(address);
      return null;
    }
    return guesses;
  }

  /// Whose guesses count together: `10.0.0.7` of `10.0.0.7:50123`, and of IPv6 the first 64 bits,
  /// for all that follows is one subscriber's: `2001:db8:0:1::/64` of `[2001:db8:0:1::7]:50123`.
  static String origin(String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    return host.startsWith("[") ? network(host.substring(1, host.length() - 1)) : host;
  }

  private static String network(String host) {
    int scope = host.indexOf('%');
    String number = scope < 0 ? host : host.substring(0, scope);
    int gap = number.indexOf("::");
    String[] before = (gap < 0 ? number : number.substring(0, gap)).split(":");
    StringBuilder groups = new StringBuilder();
    int shown = gap == 0 ? 0 : before.length;
    for (int i = 0; i < NETWORK_GROUPS; i++) {
      groups.append(i < shown ? before[i] : behindGap(number, gap, i)).append(':');
    }
    return groups.append(":/64").toString();
  }

  /// A group of an address whose zeroes are left out before it.
  private static String behindGap(String number, int gap, int index) {
    String[] after = number.substring(gap + 2).split(":");
    int at = index - (GROUPS - after.length);
    return at < 0 || after[at].isEmpty() ? "0" : after[at];
  }
}
