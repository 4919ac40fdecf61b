package naru.protocol.resp.replication;

import naru.bytes.Bytes;
import naru.bytes.Numbers;
import naru.engine.Entry;
import naru.engine.Op;
import naru.engine.Refusal;
import naru.engine.State;
import naru.engine.key.KeyOp;
import naru.engine.library.LibraryOp;
import naru.protocol.resp.scripting.FunctionEngine;
import naru.rdb.RdbContents;

/// Puts what an RDB file holds into a state of its own. What has expired is taken too: to remove it
/// is for the server that the file comes from.
final class CopyLoader implements RdbContents {
  private static final Bytes STREAM_DATABASE = Bytes.of("repl-stream-db");

  private final State copy;
  private int database;
  private Bytes key = Bytes.EMPTY;
  private long expiresAtMs;
  private int selected;

  CopyLoader(State copy) {
    this.copy = copy;
  }

  /// The database that the first command behind the copy is for.
  int selected() {
    return selected;
  }

  @Override
  public void auxiliary(Bytes name, Bytes value) {
    if (name.equals(STREAM_DATABASE) && Numbers.isLong(value)) {
      selected = Math.clamp(Numbers.parseLong(value), 0, State.DATABASES - 1);
    }
  }

  @Override
  public void function(Bytes library) {
    try {
      copy.apply(new LibraryOp.Loaded(FunctionEngine.declaredName(library), library));
    } catch (Refusal refusal) {
      throw new LinkFailure("a library of functions that is none: " + refusal.failure());
    }
  }

  @Override
  public void key(int newDatabase, Bytes newKey, long newExpiresAtMs) {
    database = newDatabase;
    key = newKey;
    expiresAtMs = newExpiresAtMs;
  }

  @Override
  public void op(Op op) {
    copy.apply(op);
  }

  @Override
  public void keyEnded() {
    if (expiresAtMs != Entry.NEVER) {
      copy.apply(new KeyOp.ExpiryChanged(database, key, expiresAtMs));
    }
  }
}
