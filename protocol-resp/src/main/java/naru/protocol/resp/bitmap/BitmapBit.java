package naru.protocol.resp.bitmap;

import java.util.List;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.Decision;
import naru.engine.KeyEvent.Kind;
import naru.engine.Refusal;
import naru.engine.string.StringOp;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;

/// Reading and writing a single bit.
public final class BitmapBit {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("SETBIT key offset value(integer)", BitmapBit::set)
              .since("2.2.0")
              .flags(Flag.WRITE, Flag.DENYOOM)
              .keys("RW access update")
              .summary(
                  "Sets or clears the bit at offset of the string value. Creates the key if it "
                      + "doesn't exist.")
              .complexity("O(1)"),
          Verb.of("GETBIT key offset", BitmapBit::get)
              .since("2.2.0")
              .flags(Flag.READONLY, Flag.FAST)
              .keys("RO access")
              .summary("Returns a bit value by offset.")
              .complexity("O(1)"));

  private static final String BIT_REFUSAL = "bit is not an integer or out of range";

  private BitmapBit() {}

  private static Decision set(Call call) {
    Bytes key = call.arg(1);
    long bit = offset(call, call.arg(2), 1);
    boolean on = call.integerBetween(3, 0, 1, BIT_REFUSAL) == 1;
    StringValue string = call.find(key, StringValue.class);
    Bytes bytes = string == null ? Bytes.EMPTY : string.bytes();
    boolean was = Bits.at(bytes, bit);
    RespReply reply = was ? Replies.ONE : Replies.ZERO;
    int index = (int) (bit >> 3);
    if (index < bytes.length() && was == on) {
      return Decision.done(reply);
    }
    int mask = 0x80 >> (bit & 7);
    int before = index < bytes.length() ? bytes.at(index) : 0;
    byte[] after = {(byte) (on ? before | mask : before & ~mask)};
    return Decision.done(reply, new StringOp.Written(call.database(), key, index, Bytes.of(after)))
        .event(Kind.STRING, "setbit", call.database(), key);
  }

  private static Decision get(Call call) {
    long bit = offset(call, call.arg(2), 1);
    StringValue string = call.find(call.arg(1), StringValue.class);
    boolean set = string != null && Bits.at(string.bytes(), bit);
    return Decision.done(set ? Replies.ONE : Replies.ZERO);
  }

  /// The number of a bit that a string can have: a multiple of `unit`.
  static long offset(Call call, Bytes text, int unit) {
    long bit = Numbers.isLong(text) ? Numbers.parseLong(text) * unit : -1;
    if (bit < 0 || bit >> 3 >= call.server().settings().protoMaxBulkLen.bytes()) {
      throw new Refusal("bit offset is not an integer or out of range");
    }
    return bit;
  }
}
