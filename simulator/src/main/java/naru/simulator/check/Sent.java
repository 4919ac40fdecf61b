package naru.simulator.check;

import java.util.List;
import naru.simulator.model.Reply;
import org.jspecify.annotations.Nullable;

/// A command that was sent, and what has become of it.
public final class Sent {
  private final List<String> words;
  private final Kind kind;
  private @Nullable Reply reply;

  /// The step that answered it.
  private long step;

  /// What a session does with a command.
  public enum Kind {
    /// It has it carried out at once.
    ALONE,
    /// It keeps it for the transaction.
    QUEUED,
    /// It has all that it kept carried out.
    EXEC
  }

  public Sent(List<String> words, Kind kind) {
    this.words = List.copyOf(words);
    this.kind = kind;
  }

  public List<String> words() {
    return words;
  }

  public Kind kind() {
    return kind;
  }

  /// What it has to be answered; null before it was carried out.
  public @Nullable Reply reply() {
    return reply;
  }

  long step() {
    return step;
  }

  void answer(Reply newReply, long newStep) {
    reply = newReply;
    step = newStep;
  }

  /// As a client sends it.
  public String encoded() {
    StringBuilder out = new StringBuilder("*").append(words.size()).append("\r\n");
    for (String word : words) {
      out.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return out.toString();
  }

  /// For people.
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (String word : words) {
      out.append(out.isEmpty() ? "" : " ");
      out.append(word.length() > 40 ? word.substring(0, 40) + ".." : word);
    }
    return out.toString();
  }
}
