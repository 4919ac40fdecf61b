package naru.protocol.resp.verb;

import java.util.Locale;

/// What is said of a command in `COMMAND INFO`. https://redis.io/docs/latest/commands/command/
public enum Flag {
  WRITE,
  READONLY,
  DENYOOM,
  MODULE,
  ADMIN,
  PUBSUB,
  NOSCRIPT,
  BLOCKING,
  LOADING,
  STALE,
  SKIP_MONITOR,
  SKIP_SLOWLOG,
  ASKING,
  FAST,
  NO_AUTH,
  /// Waits while writes are paused. Not told to clients.
  MAY_REPLICATE,
  NO_MULTI,
  NO_ASYNC_LOADING,
  ALLOW_BUSY,
  NO_MANDATORY_KEYS,
  MOVABLEKEYS,
  TOUCHES_ARBITRARY_KEYS;

  /// As Redis writes it: lower case; all but two names have underscores.
  public String wireName() {
    String lower = name().toLowerCase(Locale.ROOT);
    return this == TOUCHES_ARBITRARY_KEYS ? "touches-arbitrary-keys" : lower;
  }
}
