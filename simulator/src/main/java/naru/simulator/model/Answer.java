package naru.simulator.model;

/// What a connection is sent.
///
/// @param isPush whether nobody asked for it; else it is the reply to the connection's oldest
///     command that has none yet
public record Answer(int connection, Reply reply, boolean isPush) {
  static Answer reply(int connection, Reply reply) {
    return new Answer(connection, reply, false);
  }

  static Answer push(int connection, Reply reply) {
    return new Answer(connection, reply, true);
  }
}
