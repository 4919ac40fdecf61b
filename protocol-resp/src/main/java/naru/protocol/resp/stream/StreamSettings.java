package naru.protocol.resp.stream;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.KeyEvent;
import naru.engine.Refusal;
import naru.engine.stream.Idempotence;
import naru.engine.stream.StreamId;
import naru.engine.stream.StreamOp;
import naru.engine.stream.StreamValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// Setting what a stream remembers: of entries past, and of producers' messages.
public final class StreamSettings {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "XSETID key last-id [ENTRIESADDED entries-added(entries_added:)] [MAXDELETEDID"
                      + " max-deleted-id(max_deleted_entry_id:)]",
                  StreamSettings::setId)
              .since("5.0.0")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW update")
              .summary("An internal command for replicating stream values.")
              .complexity("O(1)"),
          Verb.of(
                  "XCFGSET key [IDMP-DURATION idmp-duration] [IDMP-MAXSIZE idmp-maxsize]",
                  StreamSettings::configure)
              .since("8.6.0")
              .flags(Flag.WRITE, Flag.FAST)
              .keys("RW update")
              .summary("Sets the IDMP configuration parameters for a stream.")
              .complexity("O(1)"),
          Verb.of("XIDMPRECORD key pid iid stream-id", StreamSettings::record)
              .since("8.6.2")
              .flags(Flag.WRITE, Flag.DENYOOM, Flag.FAST)
              .keys("RW update")
              .summary(
                  "An internal command for setting IDMP metadata on an existing stream message.")
              .complexity("O(1)"));

  private static final long DURATION_MAX_S = 86_400;
  private static final long ENTRIES_MAX = 10_000;
  private static final long NOT_GIVEN = -1;

  private StreamSettings() {}

  private static Decision setId(Call call) {
    StreamId lastId = Ids.parse(call.arg(2), 0);
    StreamId maxDeletedId = StreamId.ZERO;
    long entriesAdded = NOT_GIVEN;
    for (int i = 3; i < call.count(); i += 2) {
      boolean more = i + 1 < call.count();
      if (more && call.is(i, "ENTRIESADDED")) {
        entriesAdded = call.integer(i + 1);
        if (entriesAdded < 0) {
          throw new Refusal("entries_added must be positive");
        }
      } else if (more && call.is(i, "MAXDELETEDID")) {
        maxDeletedId = Ids.parse(call.arg(i + 1), 0);
        if (lastId.compareTo(maxDeletedId) < 0) {
          throw new Refusal(
              "The ID specified in XSETID is smaller than the provided max_deleted_entry_id");
        }
      } else {
        throw Call.syntaxError();
      }
    }
    StreamValue stream = Streams.need(call, 1);
    check(stream, lastId, entriesAdded);
    return Decision.done(
            Replies.OK,
            new StreamOp.Repositioned(
                call.database(),
                call.arg(1),
                lastId,
                maxDeletedId.isZero() ? stream.maxDeletedId() : maxDeletedId,
                entriesAdded == NOT_GIVEN ? stream.entriesAdded() : entriesAdded))
        .event(KeyEvent.Kind.STREAM, "xsetid", call.database(), call.arg(1));
  }

  private static void check(StreamValue stream, StreamId lastId, long entriesAdded) {
    if (lastId.compareTo(stream.maxDeletedId()) < 0) {
      throw new Refusal("The ID specified in XSETID is smaller than current max_deleted_entry_id");
    }
    if (stream.length() == 0) {
      return;
    }
    if (lastId.compareTo(stream.lastEntryId()) < 0) {
      throw new Refusal("The ID specified in XSETID is smaller than the target stream top item");
    }
    if (entriesAdded != NOT_GIVEN && stream.length() > entriesAdded) {
      throw new Refusal(
          "The entries_added specified in XSETID is smaller than the target stream length");
    }
  }

  private static Decision configure(Call call) {
    StreamValue stream = Streams.need(call, 1);
    long durationS = NOT_GIVEN;
    long entriesMax = NOT_GIVEN;
    for (int i = 2; i < call.count(); i += 2) {
      boolean more = i + 1 < call.count();
      if (more && call.is(i, "IDMP-DURATION")) {
        durationS = setting(call, i, durationS, DURATION_MAX_S, "IDMP-DURATION", "seconds");
      } else if (more && call.is(i, "IDMP-MAXSIZE")) {
        entriesMax = setting(call, i, entriesMax, ENTRIES_MAX, "IDMP-MAXSIZE", "entries");
      } else {
        throw Call.syntaxError();
      }
    }
    if (durationS == NOT_GIVEN && entriesMax == NOT_GIVEN) {
      throw new Refusal("At least one parameter must be specified");
    }
    Idempotence present = stream.idempotence();
    long oldDurationS = present == null ? Idempotence.DURATION_DEFAULT_S : present.durationS();
    long oldEntriesMax = present == null ? Idempotence.ENTRIES_DEFAULT_MAX : present.entriesMax();
    durationS = durationS == NOT_GIVEN ? oldDurationS : durationS;
    entriesMax = entriesMax == NOT_GIVEN ? oldEntriesMax : entriesMax;
    if (durationS == oldDurationS && entriesMax == oldEntriesMax) {
      return Decision.done(Replies.OK);
    }
    return Decision.done(
        Replies.OK, new StreamOp.Configured(call.database(), call.arg(1), durationS, entriesMax));
  }

  private static long setting(
      Call call, int index, long before, long most, String name, String unit) {
    if (before != NOT_GIVEN) {
      throw new Refusal(name + " specified multiple times");
    }
    long value = call.integer(index + 1);
    if (value < 1 || value > most) {
      throw new Refusal(name + " must be between 1 and " + most + " " + unit);
    }
    return value;
  }

  private static Decision record(Call call) {
    StreamId id = Ids.parse(call.arg(4), 0);
    Bytes producer = call.arg(2);
    Bytes message = call.arg(3);
    if (producer.isEmpty()) {
      throw new Refusal("producer ID must be non-empty");
    }
    if (message.isEmpty()) {
      throw new Refusal("idempotent ID must be non-empty");
    }
    StreamValue stream = Streams.need(call, 1);
    if (!stream.lookup().contains(id.ms(), id.seq())) {
      throw new Refusal("No such message in stream");
    }
    Idempotence present = stream.idempotence();
    StreamId known = present == null ? null : present.find(producer, message, call.nowMs());
    if (known != null && !known.equals(id)) {
      throw new Refusal("IID already exists for this producer with a different stream ID");
    }
    if (known != null) {
      return Decision.done(Replies.OK);
    }
    return Decision.done(
        Replies.OK,
        new StreamOp.Remembered(
            call.database(),
            call.arg(1),
            producer,
            message,
            id,
            StreamAdd.forgotten(call, stream)));
  }
}
