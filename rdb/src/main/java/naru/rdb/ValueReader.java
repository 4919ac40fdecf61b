package naru.rdb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.bytes.Doubles;
import naru.engine.Entry;
import naru.engine.Op;
import naru.engine.hash.HashOp;
import naru.engine.list.ListOp;
import naru.engine.set.SetOp;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.string.StringOp;

/// Reads values as the ops that make them from nothing, a piece at a time.
///
/// They are ordinary ops, so a value gets the form that it would have had it been made here,
/// whatever its form was where it comes from. Their bytes are never written again, so they may be
/// kept. A value is to be taken only when all of it was read: if reading fails, its first pieces
/// have been told already.
public final class ValueReader {
  private static final int PIECE_BYTES = 32 << 10;
  private static final int PIECE_ELEMENTS = 512;

  private static final int PLAIN_NODE = 1;
  private static final int PACKED_NODE = 2;

  private static final int SCORE_NAN = 253;
  private static final int SCORE_INFINITY = 254;
  private static final int SCORE_MINUS_INFINITY = 255;

  private final RdbInput in;
  private final int database;
  private final Bytes key;
  private final Consumer<? super Op> out;
  private final Set<Bytes> distinct = new HashSet<>();
  private long elements;

  /// @param out is told the ops that make `key` hold the value
  public ValueReader(RdbInput in, int database, Bytes key, Consumer<? super Op> out) {
    this.in = in;
    this.database = database;
    this.key = key;
    this.out = out;
  }

  /// Reads the value of a type, whose code was read already. Returns false if it is a collection
  /// without elements, which does not exist, and tells nothing then.
  public boolean read(int code) {
    RdbType type = RdbType.of(code);
    if (type == null) {
      throw in.malformed("a value of type " + code + ", which there is not here");
    }
    switch (type) {
      case STRING -> readString();
      case LIST -> readList();
      case LIST_ZIPLIST -> readPackedList(new Ziplist(packed(), in.offset()));
      case LIST_QUICKLIST -> readZiplists();
      case LIST_QUICKLIST_2 -> readNodes();
      case SET -> readSet();
      case SET_INTSET -> readPackedSet(new Intset(packed(), in.offset()));
      case SET_LISTPACK -> readPackedSet(new Listpack(packed(), in.offset()));
      case ZSET -> readSortedSet(false);
      case ZSET_2 -> readSortedSet(true);
      case ZSET_ZIPLIST -> readPackedSortedSet(new Ziplist(packed(), in.offset()));
      case ZSET_LISTPACK -> readPackedSortedSet(new Listpack(packed(), in.offset()));
      case HASH -> readHash();
      case HASH_ZIPMAP -> readPackedHash(new Zipmap(packed(), in.offset()));
      case HASH_ZIPLIST -> readPackedHash(new Ziplist(packed(), in.offset()));
      case HASH_LISTPACK -> readPackedHash(new Listpack(packed(), in.offset()));
      case HASH_METADATA_PRE_GA -> readTimedHash(false);
      case HASH_METADATA -> readTimedHash(true);
      case HASH_LISTPACK_EX_PRE_GA -> readPackedTimedHash(false);
      case HASH_LISTPACK_EX -> readPackedTimedHash(true);
      case STREAM_LISTPACKS -> readStream(1);
      case STREAM_LISTPACKS_2 -> readStream(2);
      case STREAM_LISTPACKS_3 -> readStream(3);
      case STREAM_LISTPACKS_4 -> readStream(4);
      case STREAM_LISTPACKS_5 -> readStream(5);
      case MODULE_2 -> throw Modules.value(in);
      case MODULE_PRE_GA -> throw in.malformed("a module's value in the form of Redis 4.0's betas");
    }
    return elements > 0;
  }

  private Bytes packed() {
    return in.readString("a packed value");
  }

  private void readString() {
    out.accept(new StringOp.Set(database, key, in.readString("a string")));
    elements = 1;
  }

  private void readStream(int version) {
    new StreamReader(in, database, key, out).read(version);
    elements = 1;
  }

  /// Elements that are put together to one op.
  private abstract class Piece<E> {
    private List<E> list = new ArrayList<>();
    private int bytes;

    /// Tells the piece as an op.
    abstract void tell(List<E> piece);

    final void add(E element, int itsBytes) {
      list.add(element);
      elements++;
      bytes += Math.min(itsBytes, PIECE_BYTES);
      if (bytes >= PIECE_BYTES || list.size() >= PIECE_ELEMENTS) {
        end();
      }
    }

    /// Tells what is left.
    final void end() {
      if (!list.isEmpty()) {
        tell(list);
        list = new ArrayList<>();
        bytes = 0;
      }
    }
  }

  private final class ListPiece extends Piece<Bytes> {
    void add(Bytes element) {
      add(element, element.length());
    }

    @Override
    void tell(List<Bytes> piece) {
      out.accept(new ListOp.Pushed(database, key, false, piece));
    }
  }

  private void readList() {
    ListPiece piece = new ListPiece();
    for (long left = in.readCount("the length of a list"); left > 0; left--) {
      piece.add(in.readString("an element of a list"));
    }
    piece.end();
  }

  private void readPackedList(Elements packed) {
    ListPiece piece = new ListPiece();
    addAll(packed, piece);
    piece.end();
  }

  private static void addAll(Elements packed, ListPiece piece) {
    while (packed.hasNext()) {
      piece.add(packed.next());
    }
  }

  private void readZiplists() {
    ListPiece piece = new ListPiece();
    for (long left = in.readCount("the number of nodes of a list"); left > 0; left--) {
      addAll(new Ziplist(in.readString("a node of a list"), in.offset()), piece);
    }
    piece.end();
  }

  private void readNodes() {
    ListPiece piece = new ListPiece();
    for (long left = in.readCount("the number of nodes of a list"); left > 0; left--) {
      long container = in.readLength("the container of a node of a list");
      Bytes node = in.readString("a node of a list");
      if (container == PLAIN_NODE) {
        piece.add(node);
      } else if (container == PACKED_NODE) {
        addAll(new Listpack(node, in.offset()), piece);
      } else {
        throw in.malformed(
            "a node of a list with the container " + Long.toUnsignedString(container));
      }
    }
    piece.end();
  }

  private final class SetPiece extends Piece<Bytes> {
    void add(Bytes member) {
      requireNew(member, "a set");
      add(member, member.length());
    }

    @Override
    void tell(List<Bytes> piece) {
      out.accept(new SetOp.Added(database, key, piece));
    }
  }

  private void requireNew(Bytes element, String where) {
    if (!distinct.add(element)) {
      throw in.malformed("the same element twice in " + where + " that ends here or later");
    }
  }

  private void readSet() {
    SetPiece piece = new SetPiece();
    for (long left = in.readCount("the size of a set"); left > 0; left--) {
      piece.add(in.readString("a member of a set"));
    }
    piece.end();
  }

  private void readPackedSet(Elements packed) {
    SetPiece piece = new SetPiece();
    while (packed.hasNext()) {
      piece.add(packed.next());
    }
    piece.end();
  }

  private final class ScorePiece extends Piece<ScoredMember> {
    void add(Bytes member, double score) {
      if (Double.isNaN(score)) {
        throw in.malformed("a score that is no number in a sorted set that ends here or later");
      }
      requireNew(member, "a sorted set");
      add(new ScoredMember(member, score), member.length());
    }

    @Override
    void tell(List<ScoredMember> piece) {
      out.accept(new SortedSetOp.Scored(database, key, piece));
    }
  }

  private void readSortedSet(boolean isBinary) {
    ScorePiece piece = new ScorePiece();
    for (long left = in.readCount("the size of a sorted set"); left > 0; left--) {
      Bytes member = in.readString("a member of a sorted set");
      piece.add(member, isBinary ? in.readDouble("a score") : readScore());
    }
    piece.end();
  }

  private double readScore() {
    int length = in.readByte("a score");
    return switch (length) {
      case SCORE_NAN -> Double.NaN;
      case SCORE_INFINITY -> Double.POSITIVE_INFINITY;
      case SCORE_MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
      default -> Doubles.parseAnyRange(in.read(length, "a score"));
    };
  }

  private void readPackedSortedSet(Elements packed) {
    ScorePiece piece = new ScorePiece();
    while (packed.hasNext()) {
      Bytes member = packed.next();
      piece.add(member, Doubles.parseAnyRange(packed.required()));
    }
    piece.end();
  }

  /// A field, its value, and when it expires.
  private record Field(Bytes name, Bytes value, long expiresAtMs) {}

  private final class FieldPiece extends Piece<Field> {
    void add(Bytes name, Bytes value, long expiresAtMs) {
      requireNew(name, "a hash");
      long bytes = (long) name.length() + value.length();
      add(new Field(name, value, expiresAtMs), (int) Math.min(bytes, PIECE_BYTES));
    }

    @Override
    void tell(List<Field> piece) {
      List<Bytes> pairs = new ArrayList<>(2 * piece.size());
      Map<Long, List<Bytes>> timed = new LinkedHashMap<>();
      for (Field field : piece) {
        pairs.add(field.name);
        pairs.add(field.value);
        if (field.expiresAtMs != Entry.NEVER) {
          timed.computeIfAbsent(field.expiresAtMs, _ -> new ArrayList<>()).add(field.name);
        }
      }
      out.accept(new HashOp.Set(database, key, pairs));
      timed.forEach(
          (atMs, names) -> out.accept(new HashOp.ExpiryChanged(database, key, atMs, names)));
    }
  }

  private void readHash() {
    FieldPiece piece = new FieldPiece();
    for (long left = in.readCount("the size of a hash"); left > 0; left--) {
      Bytes name = in.readString("a field of a hash");
      piece.add(name, in.readString("the value of a field"), Entry.NEVER);
    }
    piece.end();
  }

  private void readPackedHash(Elements packed) {
    FieldPiece piece = new FieldPiece();
    while (packed.hasNext()) {
      Bytes name = packed.next();
      piece.add(name, packed.required(), Entry.NEVER);
    }
    piece.end();
  }

  /// @param isRelative whether times stand as what they are above the earliest, plus one
  private void readTimedHash(boolean isRelative) {
    long earliestMs = isRelative ? in.readLong("the earliest time of a field") : 1;
    FieldPiece piece = new FieldPiece();
    for (long left = in.readCount("the size of a hash"); left > 0; left--) {
      long time = in.readLength("the time of a field");
      Bytes name = in.readString("a field of a hash");
      Bytes value = in.readString("the value of a field");
      piece.add(name, value, time == 0 ? Entry.NEVER : time(earliestMs + time - 1));
    }
    piece.end();
  }

  private void readPackedTimedHash(boolean hasEarliest) {
    if (hasEarliest) {
      in.readLong("the earliest time of a field");
    }
    Elements packed = new Listpack(packed(), in.offset());
    FieldPiece piece = new FieldPiece();
    while (packed.hasNext()) {
      Bytes name = packed.next();
      Bytes value = packed.required();
      long atMs = packed.number();
      piece.add(name, value, atMs == 0 ? Entry.NEVER : time(atMs));
    }
    piece.end();
  }

  private long time(long atMs) {
    if (atMs < 0 || atMs >= 1L << 48) {
      throw in.malformed("a field that expires at " + atMs + " in a hash that ends here or later");
    }
    return atMs;
  }
}
