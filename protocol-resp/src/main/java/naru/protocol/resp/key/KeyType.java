package naru.protocol.resp.key;

import naru.engine.Value;
import naru.engine.hash.HashValue;
import naru.engine.list.ListValue;
import naru.engine.set.SetValue;
import naru.engine.sortedset.SortedSetValue;
import naru.engine.stream.StreamValue;
import naru.engine.string.StringValue;
import org.jspecify.annotations.Nullable;

/// How Redis calls what keys hold.
public final class KeyType {
  private KeyType() {}

  /// As `TYPE` says it; `none` for nothing.
  static String name(@Nullable Value value) {
    return switch (value) {
      case null -> "none";
      case StringValue _ -> "string";
      case ListValue _ -> "list";
      case HashValue _ -> "hash";
      case SetValue _ -> "set";
      case SortedSetValue _ -> "zset";
      case StreamValue _ -> "stream";
    };
  }

  /// As `OBJECT ENCODING` says it.
  public static String encoding(Value value) {
    return switch (value) {
      case StringValue string -> string.encoding();
      case ListValue list -> list.encoding();
      case HashValue hash -> hash.encoding();
      case SetValue set -> set.encoding();
      case SortedSetValue sortedSet -> sortedSet.encoding();
      case StreamValue _ -> "stream";
    };
  }
}
