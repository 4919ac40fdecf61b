package naru.protocol.resp.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import naru.engine.Decision;
import naru.engine.stream.IdList;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamValue;
import naru.engine.stream.Trim.References;
import naru.protocol.resp.stream.StreamAcknowledge.Deletion;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Deleting single entries.
public final class StreamDelete {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("XDEL key id [id ...]", StreamDelete::delete)
              .since("5.0.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW delete")
              .summary("Returns the number of messages after removing them from a stream.")
              .complexity(
                  "O(1) for each single item to delete in the stream, regardless of the stream"
                      + " size."),
          Verb.of(
                  "XDELEX key [KEEPREF | DELREF | ACKED] IDS numids id [id ...]",
                  StreamDelete::deleteWith)
              .since("8.2.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW delete")
              .summary("Deletes one or multiple entries from the stream.")
              .complexity(
                  "O(1) for each single item to delete in the stream, regardless of the stream"
                      + " size."));

  private StreamDelete() {}

  private static Decision delete(Call call) {
    StreamValue stream = Streams.find(call, 1);
    if (stream == null) {
      return Decision.done(Replies.ZERO);
    }
    IdList ids = Ids.parseAll(call, 2, call.count());
    Deletion deletion = new Deletion(stream, References.KEPT);
    for (int i = 0; i < ids.size(); i++) {
      deletion.delete(ids.get(i));
    }
    return deletion.done(call, Replies.integer(deletion.count()), new ArrayList<>(1));
  }

  private static Decision deleteWith(Call call) {
    StreamValue stream = Streams.find(call, 1);
    IdsOption option = IdsOption.of(call, 2);
    if (stream == null) {
      return Decision.done(
          StreamAcknowledge.statuses(
              Collections.nCopies(option.count(), StreamAcknowledge.ABSENT)));
    }
    IdList ids = option.ids(call);
    Deletion deletion = new Deletion(stream, option.references());
    List<Long> statuses = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      StreamId id = ids.get(i);
      if (option.references() == References.AWAITED && stream.isReferenced(id.ms(), id.seq())) {
        statuses.add(StreamAcknowledge.REFERENCED);
      } else {
        statuses.add(deletion.delete(id) ? StreamAcknowledge.DELETED : StreamAcknowledge.ABSENT);
      }
    }
    return deletion.done(call, StreamAcknowledge.statuses(statuses), new ArrayList<>(2));
  }
}
