package naru.world.real;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import naru.world.WorldFailure;

/// Words a refusal of the file system, some of whose exceptions say no more than a path.
final class Refusal {
  private Refusal() {}

  static WorldFailure of(String what, IOException refused) {
    return new WorldFailure(what, new IOException(words(refused), refused));
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
