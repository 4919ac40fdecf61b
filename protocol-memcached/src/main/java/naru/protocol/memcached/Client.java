package naru.protocol.memcached;

import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Entry;
import naru.engine.Failure;
import naru.reactor.Peer;
import org.jspecify.annotations.Nullable;

/// One connection, as its commands see it.
final class Client {
  /// What memcached needs for an item beside key and value; it counts toward the limit.
  private static final int ITEM_EXTRA_BYTES = 56;

  /// Relative up to this, thirty days; a time of the wall clock above.
  private static final int RELATIVE_MAX_S = 60 * 60 * 24 * 30;

  private final MemcachedServer server;
  private final Peer peer;
  private @Nullable Guest guest;
  private boolean quiet;

  Client(MemcachedServer server, Peer peer) {
    this.server = server;
    this.peer = peer;
    this.guest = server.admission().newcomer();
  }

  MemcachedServer server() {
    return server;
  }

  Statistics statistics() {
    return server.statistics();
  }

  Peer peer() {
    return peer;
  }

  /// Whether it acts for somebody.
  boolean isAuthenticated() {
    if (guest == null) {
      guest = server.admission().newcomer();
    }
    return guest != null;
  }

  /// Whether there is nobody any more whom it acted for.
  boolean isForsaken() {
    return guest != null && guest.isGone();
  }

  void actsFor(Guest newGuest) {
    guest = newGuest;
  }

  /// Says so and returns false if something may not be done.
  boolean demand(Permission permission, Bytes key) {
    String refusal = refusal(permission, key);
    if (refusal != null) {
      say(refusal);
    }
    return refusal == null;
  }

  /// The line that says why something may not be done; null if it may.
  @Nullable String refusal(Permission permission, Bytes key) {
    Guest present = guest;
    if (present == null || present.isUnlimited()) {
      return null;
    }
    String why = present.refusal(permission, key, peer.remoteAddress());
    return why == null ? null : "CLIENT_ERROR " + why;
  }

  /// Whether the command said `noreply`.
  boolean isQuiet() {
    return quiet;
  }

  void quiet(boolean on) {
    quiet = on;
  }

  ByteWriter output() {
    return peer.output();
  }

  /// Answers with a line, unless the command wants no reply.
  void say(String line) {
    if (!quiet) {
      complain(line);
    }
  }

  /// Answers with a line, whatever the command wants.
  void complain(String line) {
    ByteWriter out = output();
    out.writeAscii(line);
    out.writeAscii("\r\n");
  }

  /// Says why a command was refused.
  void say(Failure failure) {
    say(
        switch (failure) {
          case Failure.WrongType _ -> "CLIENT_ERROR the key holds a value that is not a string";
          case Failure.OverLimit(String sentence) -> "SERVER_ERROR " + sentence;
          case Failure.Invalid(String code, String sentence) ->
              "SERVER_ERROR " + (code.equals("ERR") ? "" : code + " ") + sentence;
        });
  }

  /// Whether an item may be so long.
  boolean fits(Bytes key, long valueBytes) {
    return key.length() + valueBytes + ITEM_EXTRA_BYTES <= server.settings().itemMaxBytes();
  }

  /// When an item expires, wall clock: [Entry#NEVER] for 0, now for what is negative.
  static long expiryMs(int seconds, long nowMs) {
    if (seconds == 0) {
      return Entry.NEVER;
    }
    if (seconds < 0) {
      return nowMs;
    }
    return seconds > RELATIVE_MAX_S ? seconds * 1000L : nowMs + seconds * 1000L;
  }

  /// The seconds that an item has left, -1 for ever.
  static long secondsLeft(long expiresAtMs, long nowMs) {
    return expiresAtMs == Entry.NEVER ? -1 : Math.ceilDiv(expiresAtMs - nowMs, 1000L);
  }
}
