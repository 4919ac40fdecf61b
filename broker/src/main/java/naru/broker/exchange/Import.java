package naru.broker.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import naru.bytes.ByteReader;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.OpCodec;
import naru.engine.State;
import naru.engine.StateRetelling;
import naru.engine.stream.StreamOp;
import naru.log.BlockFiles;
import naru.log.LocalLog;
import naru.log.LogListener;
import naru.log.LogSettings;
import naru.log.Recovery;
import naru.log.RecoveryReport;
import naru.log.SnapshotWriter;
import naru.rdb.MalformedRdb;
import naru.rdb.RdbContents;
import naru.rdb.RdbInput;
import naru.rdb.RdbReader;
import naru.rdb.aof.AofReader;
import naru.reactor.StateReplay;
import naru.world.Disk;
import naru.world.WorldFailure;
import naru.world.real.RealDisk;
import naru.world.real.SystemClock;
import naru.world.real.SystemRandomness;

/// Reads what Redis keeps into a directory of the broker's.
///
/// Everything is read into memory first, and becomes a snapshot only when all of it was understood:
/// a directory has all of it or, if something is wrong, nothing.
public final class Import {
  private static final long PROGRESS_NS = 2_000_000_000;

  private final PrintStream messages;
  private final SystemClock clock = new SystemClock();
  private final SystemRandomness randomness = new SystemRandomness();
  private final long startedNs = clock.monotonicNs();
  private long shownNs = startedNs;
  private boolean isTruncated;

  /// @param messages where progress and remarks go
  public Import(PrintStream messages) {
    this.messages = messages;
  }

  /// Reads `source` into `directory`, which is made if it is not there.
  ///
  /// @param merges whether the directory may have something already
  /// @return whether all that there was could be read; if not, the rest was a torn end
  public boolean run(Path source, Path directory, boolean merges) {
    List<Path> files = RedisFiles.of(source);
    try (Disk disk = RealDisk.open(directory)) {
      State state = new State(randomness.nextLong());
      state.observe(clock.wallUs() / 1000);
      Recovery recovery = new Recovery(disk, clock, randomness, LogSettings.DEFAULTS);
      RecoveryReport found = recovery.replay(new StateReplay(state));
      if (!merges && (state.keys() > 0 || found.lastPosition() > 0)) {
        throw new RefusedFile(
            directory + " has data already: name a new directory, or say --merge to add to it");
      }
      ImportedState imported = new ImportedState(state);
      read(files, imported);
      keep(state, imported, recovery);
      imported.remarks().forEach(messages::println);
      messages.printf(
          "%d keys are in %s now; it took %.1f s%n",
          state.keys(), directory, (clock.monotonicNs() - startedNs) / 1e9);
    }
    return !isTruncated;
  }

  private void read(List<Path> files, ImportedState imported) {
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      messages.println("reading " + file);
      try (InputStream stream = Files.newInputStream(file)) {
        RdbInput in =
            new RdbInput((into, offset, count) -> read(stream, file, into, offset, count));
        readFile(file, in, imported, i == files.size() - 1);
      } catch (MalformedRdb malformed) {
        throw new RefusedFile(file + " " + malformed.getMessage() + ". Nothing was imported.");
      } catch (IOException refused) {
        throw RedisFiles.unreadable(file, refused);
      }
    }
  }

  private int read(InputStream stream, Path file, byte[] into, int offset, int count) {
    try {
      return Math.max(0, stream.readNBytes(into, offset, count));
    } catch (IOException refused) {
      throw new WorldFailure("cannot read " + file, refused);
    }
  }

  private void readFile(Path file, RdbInput in, ImportedState imported, boolean isLast) {
    int first = in.peek();
    if (first == 'R' || first == 'V') {
      new RdbReader(in, new Watched(imported, in)).read();
    } else if (first >= 0 && first != '*' && first != '#') {
      throw in.malformed("this is neither an RDB file nor an append-only file");
    }
    AofReader aof = new AofReader(in);
    List<List<Bytes>> commands = aof.next();
    while (commands != null) {
      for (List<Bytes> command : commands) {
        String trouble = imported.command(command);
        if (trouble != null) {
          throw in.malformed(trouble);
        }
      }
      show(imported, in);
      commands = aof.next();
    }
    if (aof.isTruncated()) {
      if (!isLast) {
        throw in.malformed("the file ends within a command, and others follow it");
      }
      isTruncated = true;
      messages.println(
          file
              + " ends within a command or a transaction: it was read up to offset "
              + aof.wholeTo());
    }
  }

  /// Shows how far it is, now and then.
  private void show(ImportedState imported, RdbInput in) {
    long nowNs = clock.monotonicNs();
    if (nowNs - shownNs > PROGRESS_NS) {
      shownNs = nowNs;
      messages.printf(
          "%d keys, %d commands, %d MB%n",
          imported.keys(), imported.carriedOut(), in.offset() >> 20);
    }
  }

  /// Shows progress from key to key.
  private final class Watched implements RdbContents {
    private final ImportedState imported;
    private final RdbInput in;

    Watched(ImportedState imported, RdbInput in) {
      this.imported = imported;
      this.in = in;
    }

    @Override
    public void function(Bytes library) {
      imported.function(library);
    }

    @Override
    public void key(int database, Bytes key, long expiresAtMs) {
      imported.key(database, key, expiresAtMs);
    }

    @Override
    public void op(Op op) {
      imported.op(op);
    }

    @Override
    public void use(long idleS, int frequency) {
      imported.use(idleS, frequency);
    }

    @Override
    public void keyEnded() {
      imported.keyEnded();
      if ((imported.keys() & 0xFFF) == 0) {
        show(imported, in);
      }
    }

    @Override
    public void emptyKey(int database, Bytes key) {
      imported.emptyKey(database, key);
    }
  }

  /// Writes the state as a snapshot.
  private static void keep(State state, ImportedState imported, Recovery recovery) {
    Queue<Runnable> mail = new ConcurrentLinkedQueue<>();
    try (LocalLog log = recovery.log(mail::add, new Listener())) {
      SnapshotWriter writer = log.snapshot();
      StateRetelling retelling = new StateRetelling(state);
      Told told = new Told(writer, log.blocks(), mail);
      retelling.tell(told);
      imported.tellUse(told);
      writer.end(retelling.entries());
      writer.finish(Import::understand);
    }
  }

  private static void understand(long position, ByteReader payload) {
    while (payload.remaining() > 0) {
      OpCodec.decode(payload);
    }
  }

  private record Told(SnapshotWriter writer, BlockFiles blocks, Queue<Runnable> mail)
      implements StateRetelling.Listener {
    @Override
    public void accept(Op op) {
      // What is not named goes.
      if (op instanceof StreamOp.RunRestored run) {
        blocks.names(run.file(), run.end(), run.bytes());
      }
      OpCodec.encode(op, writer.record());
      writer.flush();
      for (Runnable each = mail.poll(); each != null; each = mail.poll()) {
        each.run();
      }
    }

    @Override
    public boolean hasEnough() {
      return false;
    }
  }

  private static final class Listener implements LogListener {
    @Override
    public void safe(long position) {}

    @Override
    public void roomChanged(boolean hasRoom) {}

    @Override
    public void failed(WorldFailure failure) {
      throw failure;
    }
  }
}
