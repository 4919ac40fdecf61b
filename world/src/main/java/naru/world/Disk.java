package naru.world;

import java.util.List;

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

  @Override
  void close();
}
