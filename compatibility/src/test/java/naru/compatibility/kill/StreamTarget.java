package naru.compatibility.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;

/// One of several writers of one stream; it remembers the id of each of its entries.
final class StreamTarget implements Target {
  private final String stream;
  private final String writer;
  private final List<String> ids = new ArrayList<>();

  StreamTarget(String stream, String writer) {
    this.stream = stream;
    this.writer = writer;
  }

  @Override
  public List<String[]> commands(int step) {
    String payload = Payload.of(writer, step);
    String[] words = {"XADD", stream, "*", "writer", writer, "payload", payload};
    return List.<String[]>of(words);
  }

  @Override
  public void acknowledged(int step, List<Reply> replies) {
    ids.add(replies.getFirst().text());
  }

  @Override
  public int stepsKept(RawClient client) {
    List<String> idsKept = new ArrayList<>();
    for (Reply entry : client.call("XRANGE", stream, "-", "+").items()) {
      List<String> fields = entry.items().getLast().texts();
      if (fields.get(1).equals(writer)) {
        assertThat(fields.get(3)).isEqualTo(Payload.of(writer, idsKept.size()));
        idsKept.add(entry.items().getFirst().text());
      }
    }
    assertThat(idsKept).hasSizeGreaterThanOrEqualTo(ids.size());
    assertThat(idsKept.subList(0, ids.size())).isEqualTo(ids);
    ids.clear();
    ids.addAll(idsKept);
    return idsKept.size();
  }
}
