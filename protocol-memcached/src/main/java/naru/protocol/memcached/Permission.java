package naru.protocol.memcached;

/// What may be allowed: commands of Redis that do the same.
public enum Permission {
  GET("get"),
  /// `gat`, `mg … T`.
  GET_AND_TOUCH("getex"),
  SET("set"),
  APPEND("append"),
  PREPEND("setrange"),
  DELETE("del"),
  INCREMENT("incrby"),
  DECREMENT("decrby"),
  TOUCH("expire"),
  FLUSH("flushdb"),
  STATISTICS("info"),
  RESET_STATISTICS("config|resetstat");

  private final String command;

  Permission(String command) {
    this.command = command;
  }

  /// The command of Redis, its subcommand behind a `|`.
  public String command() {
    return command;
  }
}
