package naru.simulator.check;

import java.util.List;
import naru.simulator.model.Reply;
import org.jspecify.annotations.Nullable;

/// A command that was sent, and what has become of it.
public final class Sent {
  private final List<String> words;
  private final Kind kind;
  private @Nullable Reply reply;

  /// The reply as it has to come; empty before.
  private String encodedReply = "";

  /// The step that answered it.
  private long step;

  /// What a session does with a command.
  public enum Kind {
    /// It has it carried out at once.
    ALONE,
    /// It keeps it for the transaction.
    QUEUED,
    /// It has all that it kept carried out.
    EXEC,
    /// It keeps nothing any more.
    DISCARD,
    /// No command at all: something that the broker sends by itself.
    PUSH
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

  /// The bytes of the reply.
  String encodedReply() {
    return encodedReply;
  }

  void answer(Reply newReply, long newStep, int version) {
    reply = newReply;
    encodedReply = newReply.encoded(version);
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
