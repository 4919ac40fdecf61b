package naru.simulator.model;

import java.util.List;

/// What concerns a connection alone, and pub/sub.
final class Connections {
  private Connections() {}

  /// Who speaks version 2 and listens is answered as he is told everything.
  static Outcome ping(Turn turn) {
    boolean isListener = turn.clients().listening(turn.connection()) > 0;
    return Outcome.done(
        isListener && turn.clients().version(turn.connection()) == 2
            ? Reply.bulks(List.of("pong", ""))
            : new Reply.Status("PONG"));
  }

  /// `HELLO version`, and the number of the connection that only the broker knows.
  static Outcome hello(Turn turn) {
    turn.clients().version(turn.connection(), (int) turn.number(1));
    return Outcome.done(
        new Reply.Table(
            List.of(
                Reply.bulk("server"),
                Reply.bulk("redis"),
                Reply.bulk("version"),
                Reply.bulk("8.10.0"),
                Reply.bulk("proto"),
                Reply.number(turn.number(1)),
                Reply.bulk("id"),
                Reply.number(turn.number(2)),
                Reply.bulk("mode"),
                Reply.bulk("standalone"),
                Reply.bulk("role"),
                Reply.bulk("master"),
                Reply.bulk("modules"),
                Reply.many())));
  }

  static Outcome watch(Turn turn) {
    turn.clients().watch(turn.connection(), turn.from(1));
    return Outcome.done(Reply.OK);
  }

  static Outcome unwatch(Turn turn) {
    turn.clients().unwatch(turn.connection());
    return Outcome.done(Reply.OK);
  }

  static Outcome listen(Turn turn) {
    return Outcome.done(turn.clients().listen(turn.connection(), turn.word(0), turn.from(1)));
  }
}
