package naru.engine;

import java.util.function.Consumer;
import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.key.KeyOp;
import naru.engine.library.LibraryOp;
import naru.engine.replication.ReplicationOp;

/// An effect: the smallest thing that happens to the state and stands in the log.
///
/// Ops are resolved (absolute times, chosen members, given ids), so applying them needs no clock
/// and no chance. [#applyTo] is the only code that changes the state; it is the same live, in
/// replay and on a follower, and **cannot fail**: whoever decides has made sure of that.
///
/// The bytes in an op are borrowed; applying copies what it keeps.
///
/// In the log an op is its tag (one byte), then its fields as [#encode] writes them. Tags are for
/// ever: see `ops.golden`. Each noun has its range:
///
/// | tags | noun |
/// |---|---|
/// | `0x01–0x0F` | keys and databases |
/// | `0x10–0x1F` | strings |
/// | `0x20–0x2F` | lists |
/// | `0x30–0x3F` | hashes |
/// | `0x40–0x4F` | sets |
/// | `0x50–0x5F` | sorted sets |
/// | `0x60–0x7F` | streams and groups |
/// | `0x80–0x8F` | libraries of functions |
/// | `0x90–0x9F` | replication |
public sealed interface Op permits KeyOp, KeyedOp, Op.Keyless {
  int tag();

  /// The database and key that it changes, for those who wait for or watch the key.
  int database();

  Bytes key();

  /// Writes the fields, the tag left out.
  void encode(ByteWriter out);

  void applyTo(State state);

  /// Who is to be told that keys have changed.
  enum Audience {
    /// Those who wait for a key, and those who watch it.
    EVERYONE,
    /// Those who wait for a key.
    WAITING,
    /// Those who watch a key: nobody can get by this what he waits for.
    WATCHING,
    NOBODY
  }

  /// Who is told of this change. Not everyone if it is one that no reader waits for, and that does
  /// not count as a change for those who watch.
  default Audience audience() {
    return Audience.EVERYONE;
  }

  /// Whether [#key] is the one key that it changes; if not, [#forEachKey] tells which, if any.
  default boolean changesOneKey() {
    return true;
  }

  /// Tells every key that it changes. Ops on whole databases say so in another way: [KeyOp].
  default void forEachKey(Consumer<Key> visitor) {
    visitor.accept(new Key(database(), key()));
  }

  /// One on no key in particular. Its [#key] is empty.
  sealed interface Keyless extends Op permits KeyOp.OnDatabases, LibraryOp, ReplicationOp {
    @Override
    default Bytes key() {
      return Bytes.EMPTY;
    }

    @Override
    default boolean changesOneKey() {
      return false;
    }

    /// None: what it changes is said by its own fields.
    @Override
    default void forEachKey(Consumer<Key> visitor) {}
  }
}
