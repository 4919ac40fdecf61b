package naru.protocol.resp.bitmap;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.KeyEvent.Kind;
import naru.engine.Refusal;
import naru.engine.string.StringValue;
import naru.protocol.resp.bitmap.FieldType.Overflow;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import org.jspecify.annotations.Nullable;

/// Integers of any number of bits, anywhere in a string.
public final class BitmapField {
  private static final String EACH = "O(1) for each subcommand specified";

  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "BITFIELD key [operation= GET encoding offset | {write= [OVERFLOW <WRAP | SAT |"
                      + " FAIL>] <write_operation= SET encoding offset value(integer) | INCRBY"
                      + " encoding offset increment>} ...]",
                  call -> new BitmapField(call).decide(true))
              .since("3.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW access update variable_flags")
              .accessOfCall(BitmapField::access)
              .summary("Performs arbitrary bitfield integer operations on strings.")
              .complexity(EACH),
          Verb.of(
                  "BITFIELD_RO key [GET encoding offset [GET encoding offset ...]]",
                  call -> new BitmapField(call).decide(false))
              .since("6.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Performs arbitrary read-only bitfield integer operations on strings.")
              .complexity(EACH));

  /// `GET` alone only reads.
  private static String access(Arguments words) {
    int i = 2;
    while (i < words.count()) {
      if (words.get(i).equalsIgnoreCase("GET") && i + 2 < words.count()) {
        i += 3;
      } else if (words.get(i).equalsIgnoreCase("OVERFLOW") && i + 1 < words.count()) {
        i += 2;
      } else {
        return "RW access update";
      }
    }
    return "RO access";
  }

  private enum Action {
    GET,
    SET,
    INCRBY
  }

  private record Step(Action action, FieldType type, long offset, long number, Overflow overflow) {
    long last() {
      return offset + type.bits() - 1;
    }
  }

  private final Call call;
  private final List<Step> steps = new ArrayList<>();
  private final List<RespReply> replies = new ArrayList<>();
  private boolean changes;

  private BitmapField(Call call) {
    this.call = call;
  }

  private Decision decide(boolean mayWrite) {
    read();
    boolean writes = steps.stream().anyMatch(step -> step.action != Action.GET);
    if (writes && !mayWrite) {
      throw new Refusal("BITFIELD_RO only supports the GET subcommand");
    }
    Bytes key = call.arg(1);
    WrittenBits bits = new WrittenBits(string(call.entry(key, !writes)));
    if (writes) {
      run(bits);
    } else {
      steps.forEach(step -> get(step, bits));
    }
    Decision.Done done = Decision.done(Replies.array(replies), bits.ops(call.database(), key));
    return changes ? done.event(Kind.STRING, "setbit", call.database(), key) : done;
  }

  private static Bytes string(@Nullable Entry entry) {
    if (entry == null) {
      return Bytes.EMPTY;
    }
    if (!(entry.value() instanceof StringValue string)) {
      throw Call.wrongType();
    }
    return string.bytes();
  }

  private void read() {
    Overflow overflow = Overflow.WRAP;
    int at = 2;
    while (at < call.count()) {
      int more = call.count() - at - 1;
      if (call.is(at, "GET") && more >= 2) {
        step(Action.GET, at, overflow);
        at += 3;
      } else if (call.is(at, "SET") && more >= 3) {
        step(Action.SET, at, overflow);
        at += 4;
      } else if (call.is(at, "INCRBY") && more >= 3) {
        step(Action.INCRBY, at, overflow);
        at += 4;
      } else if (call.is(at, "OVERFLOW") && more >= 1) {
        overflow = overflow(at + 1);
        at += 2;
      } else {
        throw Call.syntaxError();
      }
    }
  }

  private void step(Action action, int at, Overflow overflow) {
    FieldType type = FieldType.of(call.arg(at + 1));
    Bytes text = call.arg(at + 2);
    boolean counted = !text.isEmpty() && text.at(0) == '#';
    long offset =
        counted
            ? BitmapBit.offset(call, text.slice(1, text.length()), type.bits())
            : BitmapBit.offset(call, text, 1);
    long number = action == Action.GET ? 0 : call.integer(at + 3);
    steps.add(new Step(action, type, offset, number, overflow));
  }

  private Overflow overflow(int index) {
    for (Overflow overflow : Overflow.values()) {
      if (call.is(index, overflow.name())) {
        return overflow;
      }
    }
    throw new Refusal("Invalid OVERFLOW type specified");
  }

  /// The string becomes as long as the steps that write may need, even if none of them does.
  private void run(WrittenBits bits) {
    long last = 0;
    for (Step step : steps) {
      last = step.action == Action.GET ? last : Math.max(last, step.last());
    }
    boolean grows = bits.reach(last);
    for (Step step : steps) {
      if (step.action == Action.GET) {
        get(step, bits);
      } else {
        put(step, bits, grows);
      }
    }
  }

  private void get(Step step, WrittenBits bits) {
    replies.add(Replies.integer(step.type.cut(bits.read(step.offset, step.type.bits()))));
  }

  private void put(Step step, WrittenBits bits, boolean grows) {
    FieldType type = step.type;
    long before = type.cut(bits.read(step.offset, type.bits()));
    Long after =
        step.action == Action.SET
            ? type.fitted(step.number, step.overflow)
            : type.sum(before, step.number, step.overflow);
    if (after == null) {
      replies.add(Replies.NULL);
      return;
    }
    replies.add(Replies.integer(step.action == Action.SET ? before : after));
    if (grows || before != after) {
      bits.write(step.offset, type.bits(), after);
      changes = true;
    }
  }
}
