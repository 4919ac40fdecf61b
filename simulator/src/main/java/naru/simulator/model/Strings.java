package naru.simulator.model;

import naru.simulator.model.Value.Text;

/// Strings, and keys of any kind.
final class Strings {
  private Strings() {}

  /// `SET key value [PX ms | EXAT seconds | KEEPTTL]`
  static Outcome set(Turn turn) {
    String key = turn.word(1);
    turn.put(key, new Text(turn.word(2)));
    if (turn.count() == 3 || !turn.word(3).equals("KEEPTTL")) {
      turn.keys().keep(key);
    }
    if (turn.count() == 5) {
      turn.keys().expireAt(key, Expiry.atMs(turn, turn.word(3), turn.number(4)));
    }
    return Outcome.done(Reply.OK);
  }

  /// `GETEX key PX ms | PERSIST`
  static Outcome getExpiring(Turn turn) {
    String key = turn.word(1);
    Text text = turn.find(key, Text.class);
    if (text != null && turn.word(2).equals("PERSIST")) {
      turn.keys().keep(key);
    } else if (text != null) {
      turn.keys().expireAt(key, Expiry.atMs(turn, turn.word(2), turn.number(3)));
    }
    return Outcome.done(text == null ? Reply.NONE : Reply.bulk(text.text()));
  }

  static Outcome get(Turn turn) {
    Text text = turn.find(turn.word(1), Text.class);
    return Outcome.done(text == null ? Reply.NONE : Reply.bulk(text.text()));
  }

  static Outcome append(Turn turn) {
    Text text = turn.find(turn.word(1), Text.class);
    String all = (text == null ? "" : text.text()) + turn.word(2);
    turn.put(turn.word(1), new Text(all));
    return Outcome.number(all.length());
  }

  static Outcome increment(Turn turn) {
    Text text = turn.find(turn.word(1), Text.class);
    String before = text == null ? "0" : text.text();
    if (!before.matches("0|-?[1-9][0-9]{0,17}")) {
      throw new Refused("ERR value is not an integer or out of range");
    }
    long after = Long.parseLong(before) + 1;
    turn.put(turn.word(1), new Text(Long.toString(after)));
    return Outcome.number(after);
  }

  static Outcome delete(Turn turn) {
    return Outcome.number(turn.from(1).stream().filter(turn::remove).count());
  }
}
