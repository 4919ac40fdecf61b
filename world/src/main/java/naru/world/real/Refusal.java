package naru.world.real;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import naru.world.WorldFailure;

/// Words a refusal of the file system, some of whose exceptions say no more than a path.
final class Refusal {
  /// Less than this is no room: systems give it out in blocks.
  private static final long NO_ROOM_BYTES = 64 << 10;

  private Refusal() {}

  static WorldFailure of(String what, IOException refused) {
    return new WorldFailure(what, new IOException(words(refused), refused));
  }

  /// As [#of], when something was to be written to `store`.
  static WorldFailure ofWrite(String what, IOException refused, FileStore store) {
    return isNoRoom(refused, store)
        ? WorldFailure.noRoom(what, new IOException(words(refused), refused))
        : of(what, refused);
  }

  /// The system says it in words only, which are those of the user's language; a quota may leave
  /// room to others.
  private static boolean isNoRoom(IOException refused, FileStore store) {
    String words = words(refused);
    return words.contains("No space left")
        || words.contains("quota exceeded")
        || roomBytes(store) < NO_ROOM_BYTES;
  }

  /// The greatest number if the system does not say.
  static long roomBytes(FileStore store) {
    try {
      return store.getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }

  private static String words(IOException refused) {
    return switch (refused) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "the name is taken";
      case NoSuchFileException _ -> "there is no such file";
      case NotDirectoryException _ -> "not a directory";
      case FileSystemException named when named.getReason() != null -> "" + named.getReason();
      default -> "" + refused.getMessage();
    };
  }
}
