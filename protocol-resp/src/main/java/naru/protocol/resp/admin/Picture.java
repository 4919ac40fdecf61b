package naru.protocol.resp.admin;

import java.util.List;
import naru.engine.Decision;
import naru.engine.Draws;
import naru.protocol.resp.connection.Handshake;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// `LOLWUT`: a ferry on its way, whatever the version that is asked for.
public final class Picture {
  private static final int WIDTH = 60;
  private static final int WAVES = 3;
  private static final String[] FERRY = {
    "      |>", "   ___|____", "  |_o_o_o__|", " \\__________/",
  };

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("LOLWUT [VERSION version]", Picture::draw)
              .arity(-1)
              .since("5.0.0")
              .flags(Flag.READONLY, Flag.FAST)
              .summary("Displays computer art and the Redis version")
              .complexity("O(1)"));

  private Picture() {}

  private static Decision draw(Call call) {
    if (call.count() > 2 && call.is(1, "VERSION")) {
      for (int i = 2; i < call.count(); i++) {
        call.integer(i);
      }
    }
    String picture =
        picture(call.moment().draws()) + "Redis ver. " + Handshake.REDIS_VERSION + "\n";
    return Decision.done(Replies.of(out -> out.verbatim("txt", picture)));
  }

  private static String picture(Draws draws) {
    StringBuilder picture = new StringBuilder();
    int indent = (int) Math.floorMod(draws.next(), (long) (WIDTH - FERRY[3].length()));
    for (String line : FERRY) {
      picture.append(" ".repeat(indent)).append(line).append('\n');
    }
    for (int wave = 0; wave < WAVES; wave++) {
      long bits = draws.next();
      for (int i = 0; i < WIDTH; i++) {
        picture.append((bits >>> i & 1) == 0 ? '~' : '-');
      }
      picture.append('\n');
    }
    return picture.toString();
  }
}
