package naru.engine;

/// All that the broker holds durably: the databases.
public final class State {
  /// As many as Redis has by default.
  public static final int DATABASES = 16;

  private final Keyspace[] databases = new Keyspace[DATABASES];
  private final long hashSeed;

  /// `hashSeed` is the secret of the hash tables; it decides orders of iteration and nothing else.
  public State(long hashSeed) {
    this.hashSeed = hashSeed;
    for (int i = 0; i < DATABASES; i++) {
      databases[i] = new Keyspace(i, hashSeed);
    }
  }

  public long hashSeed() {
    return hashSeed;
  }

  public Keyspace database(int index) {
    return databases[index];
  }
}
