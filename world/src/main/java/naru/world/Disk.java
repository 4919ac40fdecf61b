package naru.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One flat directory of files that belongs to this broker alone while it is open.
///
/// Every method throws [WorldFailure] when the system refuses; nothing is retried here.
public interface Disk extends AutoCloseable {
  /// Where this is, for messages to people.
  String location();

  /// How many bytes may still be written; the greatest number where nobody knows.
  long roomBytes();

  /// The names of all files, sorted.
  List<String> list();

  /// A new empty file; refused if the name is taken. Its existence is safe after [#sync].
  DiskFile create(String name);

  /// An existing file.
  DiskFile open(String name);

  void rename(String from, String to);

  void delete(String name);

  /// Makes creations, renames and deletions safe. Blocks.
  void sync();

  /// As [#sync], possibly beside the caller: `done` is run once, possibly on another thread.
  default void syncThen(DiskFile.SyncListener done) {
    done.synced(refusalOf(this::sync));
  }

  /// As [#delete], possibly beside the caller, for whom a large file may take long: `done` is run
  /// once, possibly on another thread. Until then it may be listed.
  default void deleteThen(String name, DiskFile.SyncListener done) {
    done.synced(refusalOf(() -> delete(name)));
  }

  /// Runs `task`; returns what the system refused, null if nothing.
  static @Nullable WorldFailure refusalOf(Runnable task) {
    try {
      task.run();
      return null;
    } catch (WorldFailure refused) {
      return refused;
    }
  }

  @Override
  void close();
}
