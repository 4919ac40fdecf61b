package naru.measure.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import naru.measure.drive.Part;
import naru.measure.load.CommandLoad.Command;
import naru.measure.report.Figure;
import naru.measure.server.Server;
import naru.measure.server.Setup;

/// Single commands: the usual ones, and the writes among them with each synced.
final class Commands {
  static final List<Figure> COLUMNS =
      List.of(
          Figure.PER_SECOND,
          Figure.PROCESSOR,
          Figure.P50,
          Figure.P99,
          Figure.P999,
          Figure.RESIDENT,
          Figure.WRITTEN,
          Figure.DISK,
          Figure.DRIVER);

  static final Command XADD =
      new Command("xadd", "XADD", "XADD stream * field value", (server, _) -> delete(server));

  private static final int READ_AT_ONCE = 100;
  private static final int PUSHED_AT_ONCE = 100;
  private static final String VALUE = "VXK";

  private static final Command SET = new Command("set", "SET", "SET key:__rand_int__ " + VALUE);
  private static final Command INCR = new Command("incr", "INCR", "INCR counter:__rand_int__");
  private static final Command LPUSH = new Command("lpush", "LPUSH", "LPUSH list " + VALUE);
  private static final Command RPOP =
      new Command("rpop", "RPOP", "RPOP popped", Commands::fillPopped);
  private static final Command HSET =
      new Command("hset", "HSET", "HSET hash element:__rand_int__ " + VALUE);
  private static final Command ZADD =
      new Command("zadd", "ZADD", "ZADD sorted __rand_int__ element:__rand_int__");

  private Commands() {}

  static Group usual(Scale scale) {
    List<Command> commands =
        List.of(
            new Command("ping", "PING", "PING"),
            SET,
            new Command("get", "GET", "GET key:__rand_int__", (server, _) -> fillKeys(server)),
            INCR,
            LPUSH,
            RPOP,
            new Command(
                "lrange",
                "LRANGE of " + READ_AT_ONCE,
                "LRANGE hundred 0 99",
                (server, _) -> fillHundred(server)),
            HSET,
            ZADD,
            new Command("publish", "PUBLISH to nobody", "PUBLISH channel message"));
    List<Load> loads = new ArrayList<>();
    for (int[] shape : new int[][] {{50, 1}, {50, 16}, {500, 1}, {5000, 1}}) {
      for (Command command : commands) {
        loads.add(new CommandLoad("commands", command, shape[0], shape[1], scale));
      }
    }
    Setup setup = new Setup(scale.fsync(), true, Setup.Wire.REDIS);
    return new Group("commands", "single commands, 50 to 5,000 clients", setup, COLUMNS, loads);
  }

  /// A sync for each write.
  static Group durable(Scale scale) {
    List<Load> loads = new ArrayList<>();
    for (int connections : new int[] {1, 50, 500}) {
      for (Command command : List.of(SET, INCR, LPUSH, RPOP, HSET, ZADD, XADD)) {
        loads.add(new CommandLoad("durability", command, connections, 1, scale));
      }
    }
    Setup setup = new Setup("always", true, Setup.Wire.REDIS);
    return new Group(
        "durability", "writes that are each synced, 1 to 500 clients", setup, COLUMNS, loads);
  }

  private static void delete(Server server) throws IOException {
    server.fill(1, _ -> Part.resp("DEL", "stream"));
  }

  private static void fillKeys(Server server) throws IOException {
    server.fill(
        CommandLoad.NUMBERS,
        i -> Part.resp("SET", String.format(Locale.ROOT, "key:%012d", i), VALUE));
  }

  private static void fillPopped(Server server, long requests) throws IOException {
    String[] words = new String[2 + PUSHED_AT_ONCE];
    Arrays.fill(words, VALUE);
    words[0] = "RPUSH";
    words[1] = "popped";
    byte[] push = Part.resp(words);
    server.fill(1, _ -> Part.resp("DEL", "popped"));
    server.fill(requests / PUSHED_AT_ONCE + 1, _ -> push);
  }

  private static void fillHundred(Server server) throws IOException {
    server.fill(1, _ -> Part.resp("DEL", "hundred"));
    server.fill(READ_AT_ONCE, i -> Part.resp("RPUSH", "hundred", "element-" + i));
  }
}
