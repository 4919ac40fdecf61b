package naru.broker.directory;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import naru.log.FileCopy;
import naru.world.WorldFailure;
import naru.world.real.ReadOnlyDisk;

/// Copies what a running broker keeps. The broker is asked for a set of files that belong together,
/// and leaves them alone until the connection says that it is done or is gone; it goes on writing.
public final class Backup {
  private final BrokerConnection broker;
  private final PrintStream out;

  public Backup(BrokerConnection broker, PrintStream out) {
    this.broker = broker;
    this.out = out;
  }

  /// A file, or the beginning of one.
  private record Piece(String name, long bytes) {}

  /// What the broker answers: where its files are, and which to take.
  private record Held(Path directory, long position, List<Piece> pieces) {
    static Held of(Object answer) {
      if (answer instanceof List<?> parts
          && parts.size() >= 4
          && parts.get(0) instanceof String directory
          && parts.get(1) instanceof Long position) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 2; i + 1 < parts.size(); i += 2) {
          if (parts.get(i) instanceof String name && parts.get(i + 1) instanceof Long bytes) {
            pieces.add(new Piece(name, bytes));
          }
        }
        return new Held(Path.of(directory), position, pieces);
      }
      throw new WorldFailure("the broker's answer to NARU.BACKUP is not understood: " + answer);
    }

    long bytes() {
      return pieces.stream().mapToLong(Piece::bytes).sum();
    }
  }

  /// Returns whether there is a backup now. Throws [WorldFailure] if not, with the reason.
  public boolean run(Path to) {
    long startNs = System.nanoTime();
    Held[] taken = new Held[1];
    NewDirectory.create(
        to,
        into -> {
          Held held = Held.of(broker.call("NARU.BACKUP", "BEGIN"));
          taken[0] = held;
          ReadOnlyDisk from = ReadOnlyDisk.open(held.directory());
          for (Piece piece : held.pieces()) {
            FileCopy.copy(from, piece.name(), piece.bytes(), into);
          }
          broker.call("NARU.BACKUP", "END");
          into.sync();
          Restoration.verify(into, held.position());
        });
    out.printf(
        Locale.ROOT,
        "%s has everything up to position %d: %d files, %,d bytes, checked, in %.1f s%n",
        to,
        taken[0].position(),
        taken[0].pieces().size(),
        taken[0].bytes(),
        (System.nanoTime() - startNs) / 1e9);
    return true;
  }
}
