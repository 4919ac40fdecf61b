package naru.engine.string;

import java.util.Arrays;
import naru.bytes.Bytes;
import naru.engine.Retelling;

/// A string with what whoever stored it attached to it, and a number for this content.
///
/// The version is given when the item is stored or first asked for. A number is given once in the
/// life of a [naru.engine.State], so whoever knows the version of an item knows that nothing
/// happened to it since, unless it was [#CHOSEN]. Ops that change the string and do not say a new
/// version leave it without
/// one: the next who asks gives it one.
///
/// Strings set as such are plain [StringValue]s and need no room for this.
public final class Item extends StringValue {
  /// No version was given since the last change.
  public static final long UNVERSIONED = 0;

  /// A mark: the content is out of date, and is shown as such until it is stored anew.
  public static final int STALE = 1;

  /// A mark: one reader was told that it is up to him to store the item anew.
  public static final int CLAIMED = 2;

  /// A mark: the version was chosen by whoever stored it, and may have been given before.
  public static final int CHOSEN = 4;

  private int flags;
  private byte marks;
  private boolean fetched;
  private long version;

  Item(Bytes bytes, int flags, long version) {
    super(bytes);
    this.flags = flags;
    this.version = version;
  }

  /// Takes the place of `string`, whose array it takes over.
  Item(StringValue string) {
    super(string);
  }

  private Item(byte[] array, boolean edited, int flags) {
    super(array, edited);
    this.flags = flags;
  }

  /// What whoever stored it attached to it: 32 bits that mean nothing to us.
  public int flags() {
    return flags;
  }

  /// Unsigned and rising with time; [#UNVERSIONED] if none was given since the last change.
  public long version() {
    return version;
  }

  /// [#STALE], [#CLAIMED] and [#CHOSEN], or'ed.
  public int marks() {
    return marks;
  }

  /// Whether it was read since it was stored. An observation: not in the log.
  public boolean isFetched() {
    return fetched;
  }

  /// It is being read.
  public void fetched() {
    fetched = true;
  }

  void store(Bytes bytes, int newFlags, long newVersion) {
    replace(bytes);
    flags = newFlags;
    version = newVersion;
    marks = 0;
    fetched = false;
  }

  void mark(int newFlags, long newVersion, int newMarks) {
    flags = newFlags;
    version = newVersion;
    marks = (byte) newMarks;
  }

  @Override
  boolean isItem() {
    return true;
  }

  @Override
  void changed() {
    version = UNVERSIONED;
    marks = 0;
  }

  @Override
  public long sizeBytes() {
    return super.sizeBytes() + 16;
  }

  @Override
  public Retelling retelling(int database, Bytes key, long expiresAtMs, Retelling.Pieces pieces) {
    return new ItemRetelling(this, database, key, expiresAtMs, pieces);
  }

  /// A copy is another content, of another key.
  @Override
  public Item copy() {
    Bytes bytes = bytes();
    return new Item(Arrays.copyOf(bytes.array(), bytes.length()), isEdited(), flags);
  }
}
