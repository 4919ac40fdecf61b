package naru.protocol.resp.replication;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import naru.bytes.Bytes;
import naru.engine.State;
import naru.engine.replication.Lineage;
import naru.engine.replication.ReplicationOp;
import naru.rdb.MalformedRdb;
import naru.rdb.RdbInput;
import naru.rdb.RdbReader;
import naru.reactor.Beside;
import naru.world.Dialer;
import naru.world.WorldFailure;

/// The link to the server that is followed, on a thread of its own: connects, asks for what is
/// missing, loads a whole copy aside, hands on commands, and begins anew when something breaks.
///
/// ```
/// PING, AUTH, REPLCONF ...                  +PONG, +OK ...
/// PSYNC history offset       ->      +CONTINUE               commands ...
///                            ->      +FULLRESYNC id offset   $length or $EOF:mark, RDB, commands
/// ...
/// REPLCONF ACK offset        <-      each second, and when asked
/// ```
final class MasterLink implements Beside.Work {
  private static final int CONNECT_MAX_MS = 10_000;
  private static final int PAUSE_MIN_MS = 250;
  private static final int PAUSE_MAX_MS = 5000;
  private static final int LOOK_MS = 50;
  private static final int SECOND_MS = 1000;
  private static final int ACK_WANTED_LOOK_MS = 5;
  private static final int MARK_BYTES = 40;
  private static final byte[] ALIVE = {'\n'};

  private final Replication replication;
  private final Dialer dialer;
  private final LongSupplier clockNs;

  MasterLink(Replication replication, Dialer dialer, LongSupplier clockNs) {
    this.replication = replication;
    this.dialer = dialer;
    this.clockNs = clockNs;
  }

  @Override
  public void run(Beside.Asker asker) {
    int pauseMs = PAUSE_MIN_MS;
    while (true) {
      Wish wish = asker.ask(replication::wish);
      boolean[] wasUp = {false};
      String why = converse(asker, wish, wasUp);
      asker.ask(() -> replication.broken(why));
      pauseMs = wasUp[0] ? PAUSE_MIN_MS : Math.min(2 * pauseMs, PAUSE_MAX_MS);
      asker.pause(pauseMs);
    }
  }

  /// Returns why it ended.
  private String converse(Beside.Asker asker, Wish wish, boolean[] wasUp) {
    try (Dialer.Line line =
        dialer.dial(wish.host(), wish.port(), Math.min(CONNECT_MAX_MS, wish.silenceMs()))) {
      new Conversation(asker, wish, line, wasUp).run();
      return "it ended";
    } catch (WorldFailure | LinkFailure | MalformedRdb failure) {
      return String.valueOf(failure.getMessage());
    } catch (OutOfMemoryError tooMuch) {
      return "there is no memory for a copy of what the server holds";
    }
  }

  private final class Conversation {
    private final Beside.Asker asker;
    private final Wish wish;
    private final Dialer.Line line;
    private final LinkInput in;
    private final boolean[] wasUp;
    private long toldNs = clockNs.getAsLong();
    private long received;

    Conversation(Beside.Asker asker, Wish wish, Dialer.Line line, boolean[] wasUp) {
      this.asker = asker;
      this.wish = wish;
      this.line = line;
      this.in = new LinkInput(line);
      this.wasUp = wasUp;
    }

    void run() {
      greet();
      String history = wish.history().isEmpty() ? "?" : wish.history();
      long from = wish.history().isEmpty() ? -1 : wish.offset() + 1;
      send("PSYNC", history, Long.toString(from));
      String answer = answer();
      long offset;
      if (answer.startsWith("+CONTINUE")) {
        String newHistory = answer.length() > 10 ? answer.substring(10).strip() : wish.history();
        asker.ask(() -> replication.continues(newHistory));
        offset = wish.offset();
      } else if (answer.startsWith("+FULLRESYNC ")) {
        offset = copy(answer);
      } else {
        throw new LinkFailure("it does not take PSYNC: " + answer);
      }
      wasUp[0] = true;
      follow(offset);
    }

    private void greet() {
      send("PING");
      String answer = answer();
      boolean wantsPassword = answer.startsWith("-NOAUTH") || answer.startsWith("-NOPERM");
      if (answer.startsWith("-") && !wantsPassword) {
        throw new LinkFailure("it answers PING with " + answer);
      }
      if (!wish.password().isEmpty()) {
        if (wish.user().isEmpty()) {
          send("AUTH", wish.password());
        } else {
          send("AUTH", wish.user(), wish.password());
        }
        demand(answer(), "masterauth is refused: ");
      } else if (wantsPassword) {
        throw new LinkFailure("it wants a password (masterauth): " + answer);
      }
      send("REPLCONF", "listening-port", Integer.toString(wish.ownPort()));
      demand(answer(), "");
      send("REPLCONF", "capa", "eof", "capa", "psync2");
      demand(answer(), "");
    }

    private static void demand(String answer, String what) {
      if (answer.startsWith("-")) {
        throw new LinkFailure(what + answer);
      }
    }

    private void send(String... words) {
      StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
      for (String word : words) {
        int length = word.getBytes(StandardCharsets.UTF_8).length;
        text.append('$').append(length).append("\r\n").append(word).append("\r\n");
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      line.write(bytes, 0, bytes.length);
      toldNs = clockNs.getAsLong();
    }

    /// The next line that is not empty.
    private String answer() {
      long heardNs = clockNs.getAsLong();
      while (true) {
        String text = in.line(SECOND_MS);
        if (text != null && !text.isEmpty()) {
          return text;
        }
        if (text != null) {
          heardNs = clockNs.getAsLong();
        }
        checkSilence(heardNs);
      }
    }

    private void checkSilence(long heardNs) {
      if (clockNs.getAsLong() - heardNs > wish.silenceMs() * 1_000_000L) {
        throw new LinkFailure("nothing was heard of it for " + wish.silenceMs() / 1000 + " s");
      }
    }

    /// Loads a copy aside, and has it take the place of what there was; returns its offset.
    private long copy(String answer) {
      String[] words = answer.split(" ", -1);
      if (words.length < 3 || !words[2].strip().matches("[0-9]{1,18}")) {
        throw new LinkFailure("it answers PSYNC with " + answer);
      }
      String history = words[1];
      long offset = Long.parseLong(words[2].strip());
      asker.ask(() -> replication.copyBegins(history, offset));
      State copy = new State(wish.hashSeed());
      copy.packedLimits(wish.packedLimits());
      int selected = load(copy);
      Lineage lineage =
          new Lineage(
              true, Bytes.of(wish.host()), wish.port(), Bytes.of(history), offset, selected);
      copy.apply(new ReplicationOp.Placed(lineage));
      until(() -> replication.adopt(copy));
      until(replication::isCopySafe);
      return offset;
    }

    private void until(Supplier<Boolean> question) {
      while (!asker.ask(question)) {
        signalLife();
        asker.pause(LOOK_MS);
      }
    }

    /// Returns the database that the first command behind it is for.
    private int load(State copy) {
      String head = answer();
      if (!head.startsWith("$")) {
        throw new LinkFailure("it sends " + head + " where its data should begin");
      }
      String mark = head.startsWith("$EOF:") ? head.substring(5) : null;
      long[] left = {mark == null ? length(head) : Long.MAX_VALUE};
      RdbInput rdb =
          new RdbInput(
              (into, offset, count) -> {
                int read = readCopy(into, offset, (int) Math.min(count, left[0]));
                left[0] -= read;
                return read;
              });
      CopyLoader loader = new CopyLoader(copy);
      new RdbReader(rdb, loader).read();
      if (mark == null) {
        if (!rdb.isAtEnd()) {
          throw new LinkFailure("its data goes on behind their end");
        }
        return loader.selected();
      }
      Bytes end = rdb.read(MARK_BYTES, "the mark behind the data");
      if (!end.equals(Bytes.of(mark))) {
        throw new LinkFailure("its data do not end with the mark that it named");
      }
      in.unread(rdb.rest());
      return loader.selected();
    }

    private static long length(String head) {
      if (!head.matches("\\$[0-9]{1,18}")) {
        throw new LinkFailure("it sends " + head + " where its data should begin");
      }
      return Long.parseLong(head.substring(1));
    }

    private int readCopy(byte[] into, int offset, int count) {
      long heardNs = clockNs.getAsLong();
      while (count > 0) {
        int read = in.read(into, offset, count, SECOND_MS);
        received += read;
        signalLife();
        if (read > 0) {
          return read;
        }
        checkSilence(heardNs);
      }
      return 0;
    }

    /// Once a second, as long as nothing else is said.
    private void signalLife() {
      long nowNs = clockNs.getAsLong();
      if (nowNs - toldNs > SECOND_MS * 1_000_000L) {
        toldNs = nowNs;
        line.write(ALIVE, 0, ALIVE.length);
        long bytes = received;
        asker.ask(() -> replication.copied(bytes));
      }
    }

    /// Hands on commands for as long as the link holds.
    private void follow(long offset) {
      asker.ask(replication::linked);
      CommandStream stream = new CommandStream();
      long heardNs = clockNs.getAsLong();
      long ackedNs = Long.MIN_VALUE / 2;
      long handedOn = offset;
      boolean ackWanted = false;
      while (true) {
        if (stream.read(in, ackWanted ? ACK_WANTED_LOOK_MS : SECOND_MS / 4)) {
          heardNs = clockNs.getAsLong();
          Bytes piece = stream.piece();
          if (piece.length() > 0) {
            handedOn += piece.length();
            ackWanted |= handOn(piece, handedOn);
            stream.taken();
          }
        }
        checkSilence(heardNs);
        long nowNs = clockNs.getAsLong();
        if (ackWanted || nowNs - ackedNs > SECOND_MS * 1_000_000L) {
          long safe = asker.ask(replication::safeOffset);
          if (!ackWanted || safe >= handedOn) {
            acknowledge(safe, asker.ask(replication::syncedOffset));
            ackedNs = nowNs;
            ackWanted = false;
          }
        }
      }
    }

    /// What is on the disk is said as servers from 7.2 on understand it; others pass it over.
    private void acknowledge(long safe, long synced) {
      if (synced < 0) {
        send("REPLCONF", "ACK", Long.toString(safe));
      } else {
        send("REPLCONF", "ACK", Long.toString(safe), "FACK", Long.toString(synced));
      }
    }

    /// Returns whether the server wants to know how far this is.
    private boolean handOn(Bytes piece, long offset) {
      while (true) {
        Replication.Applied applied = asker.ask(() -> replication.apply(piece, offset));
        if (applied != Replication.Applied.NO_ROOM) {
          return applied == Replication.Applied.ACK_WANTED;
        }
        signalLife();
        asker.pause(LOOK_MS);
      }
    }
  }

  static String name(String host, int port) {
    return String.format(Locale.ROOT, "link to %s:%d", host, port);
  }
}
