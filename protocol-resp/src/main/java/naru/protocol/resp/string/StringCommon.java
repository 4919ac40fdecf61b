package naru.protocol.resp.string;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.engine.Value;
import naru.engine.string.StringValue;
import naru.protocol.resp.string.CommonSubsequence.Match;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;

/// What two strings have in common.
public final class StringCommon {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of(
                  "LCS key1 key2(@0) [LEN] [IDX] [MINMATCHLEN min-match-len] [WITHMATCHLEN]",
                  StringCommon::longest)
              .since("7.0.0")
              .flags(Flag.READONLY)
              .keySpecs(new KeySpec("", 1, KeySpec.Extent.TWO, "RO access"))
              .summary("Finds the longest common substring.")
              .complexity("O(N*M) where N and M are the lengths of s1 and s2, respectively"));

  private StringCommon() {}

  private static Decision longest(Call call) {
    Bytes one = text(call, 1);
    Bytes other = text(call, 2);
    boolean wantsLength = false;
    boolean wantsMatches = false;
    boolean withLengths = false;
    long lengthMin = 0;
    for (int i = 3; i < call.count(); i++) {
      if (call.is(i, "LEN")) {
        wantsLength = true;
      } else if (call.is(i, "IDX")) {
        wantsMatches = true;
      } else if (call.is(i, "WITHMATCHLEN")) {
        withLengths = true;
      } else if (call.is(i, "MINMATCHLEN") && i + 1 < call.count()) {
        lengthMin = call.integer(++i);
      } else {
        throw Call.syntaxError();
      }
    }
    if (wantsLength && wantsMatches) {
      throw new Refusal("If you want both the length and indexes, please just use IDX.");
    }
    CommonSubsequence common = CommonSubsequence.of(one, other);
    if (wantsLength) {
      return Decision.done(Replies.integer(common.length()));
    }
    return Decision.done(
        wantsMatches ? matches(common, lengthMin, withLengths) : Replies.bulk(common.text()));
  }

  private static Bytes text(Call call, int index) {
    Value value = call.value(call.arg(index));
    if (value == null) {
      return Bytes.EMPTY;
    }
    if (!(value instanceof StringValue string)) {
      throw new Refusal("The specified keys must contain string values");
    }
    return string.bytes();
  }

  private static RespReply matches(CommonSubsequence common, long lengthMin, boolean withLengths) {
    List<Match> matches =
        common.matches().stream().filter(match -> match.length() >= lengthMin).toList();
    return out -> {
      out.map(2);
      out.bulk("matches");
      out.array(matches.size());
      for (Match match : matches) {
        out.array(withLengths ? 3 : 2);
        range(out, match.start(), match.length());
        range(out, match.otherStart(), match.length());
        if (withLengths) {
          out.integer(match.length());
        }
      }
      out.bulk("len");
      out.integer(common.length());
    };
  }

  private static void range(RespWriter out, int start, int length) {
    out.array(2);
    out.integer(start);
    out.integer(start + length - 1L);
  }
}
