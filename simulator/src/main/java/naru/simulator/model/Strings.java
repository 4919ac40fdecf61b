package naru.simulator.model;

import naru.simulator.model.Value.Text;

/// Strings, and keys of any kind.
final class Strings {
  private Strings() {}

  static Outcome set(Turn turn) {
    turn.put(turn.word(1), new Text(turn.word(2)));
    return Outcome.done(Reply.OK);
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
