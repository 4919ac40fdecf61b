package naru.reactor;

import java.util.function.LongSupplier;
import naru.bytes.Bytes;
import naru.engine.Draws;
import naru.engine.Entry;
import naru.engine.Frequency;
import naru.engine.Keyspace;
import naru.engine.State;
import naru.reactor.EvictionPool.Candidate;
import naru.structures.HashTable;
import org.jspecify.annotations.Nullable;

/// Takes keys away when more memory is used than may be, by a policy.
///
/// Which key goes is approximated as in Redis: a few are sampled, the best of them stay in a pool
/// for the next time, the best of the pool goes. That it goes is an op like any other.
///
/// Streams that have groups stay, whatever the policy: somebody counts on reading them.
public final class Eviction {
  private static final int CLOCK_LOOKS_EVERY = 16;
  private static final int ROUNDS_MAX = 8;
  private static final int BUCKETS_SEARCHED_MAX = 512;
  private static final long ENDLESS_NS = Long.MAX_VALUE / 2;

  /// What came of it.
  public enum Room {
    ENOUGH,
    /// Not yet, but keys are going: more of them in the next turn.
    COMING,
    /// No key may go.
    NONE
  }

  /// Removes an entry from a database, as an op.
  interface Remover {
    void evict(Entry entry, int database);
  }

  private final State state;
  private final MemoryUse memory;
  private final LongSupplier clockNs;
  private final Draws draws;
  private final Remover remover;
  private final EvictionPool pool = new EvictionPool();
  private long limitBytes;
  private long guardBytes;
  private long effectiveBytes;
  private EvictionPolicy policy = EvictionPolicy.NO_EVICTION;
  private int samples = 5;
  private int tenacity = 10;
  private int nextDatabase;
  private long searchedTo;
  private boolean goesOn;
  private long evictedKeys;
  private long exceededNs;
  private long exceededSinceNs;
  private boolean exceeded;

  Eviction(State state, MemoryUse memory, LongSupplier clockNs, long seed, Remover remover) {
    this.state = state;
    this.memory = memory;
    this.clockNs = clockNs;
    this.draws = new Draws(seed);
    this.remover = remover;
  }

  /// How much may be used: 0 for no limit.
  public void limit(long newLimitBytes) {
    limitBytes = newLimitBytes;
    combine();
  }

  /// How much may be used whatever [#limit] says, so that the heap does not run full: 0 for no
  /// limit.
  public void guard(long newGuardBytes) {
    guardBytes = newGuardBytes;
    combine();
  }

  /// By what keys are chosen.
  ///
  /// @param newSamples how many are looked at for each that goes
  /// @param newTenacity from 0 to 100: how much time a command may be made to wait for it
  public void choose(
      EvictionPolicy newPolicy, int newSamples, int newTenacity, Frequency frequency) {
    if (newPolicy != policy) {
      pool.clear();
    }
    policy = newPolicy;
    samples = newSamples;
    tenacity = newTenacity;
    state.usageClock(newPolicy.clock(), frequency);
  }

  public EvictionPolicy policy() {
    return policy;
  }

  /// How many keys went since the start.
  public long evictedKeys() {
    return evictedKeys;
  }

  /// For how long more was used than may be, since the start.
  public long exceededMs() {
    return exceededNs / 1_000_000 + currentExceededMs();
  }

  /// For how long more is used than may be by now, 0 if it is not.
  public long currentExceededMs() {
    return exceeded ? (clockNs.getAsLong() - exceededSinceNs) / 1_000_000 : 0;
  }

  /// How much may be used in all, 0 for no limit.
  public long effectiveLimitBytes() {
    return effectiveBytes;
  }

  private void combine() {
    effectiveBytes =
        limitBytes == 0 || guardBytes == 0
            ? Math.max(limitBytes, guardBytes)
            : Math.min(limitBytes, guardBytes);
    goesOn = true;
  }

  /// Takes keys away until no more is used than may be, or the time for it is over.
  public Room makeRoom() {
    goesOn = false;
    long limit = effectiveBytes;
    if (limit == 0 || memory.countedBytes() <= limit) {
      if (exceeded) {
        exceeded = false;
        exceededNs += clockNs.getAsLong() - exceededSinceNs;
      }
      return Room.ENOUGH;
    }
    long nowNs = clockNs.getAsLong();
    if (!exceeded) {
      exceeded = true;
      exceededSinceNs = nowNs;
    }
    return policy == EvictionPolicy.NO_EVICTION ? Room.NONE : evict(limit, nowNs + sliceNs());
  }

  private Room evict(long limit, long untilNs) {
    int count = 0;
    while (memory.countedBytes() > limit) {
      if (!evictOne()) {
        return Room.NONE;
      }
      if (++count % CLOCK_LOOKS_EVERY == 0 && clockNs.getAsLong() > untilNs) {
        goesOn = true;
        return Room.COMING;
      }
    }
    return Room.ENOUGH;
  }

  /// Goes on with what was left for want of time; returns whether there is more to do.
  boolean goOn() {
    return goesOn && makeRoom() == Room.COMING;
  }

  /// Up to half a millisecond at 10, 15 % more for each step above that, without end at 100: as in
  /// Redis.
  private long sliceNs() {
    if (tenacity <= 10) {
      return 50_000L * tenacity;
    }
    return tenacity < 100 ? (long) (500_000 * Math.pow(1.15, tenacity - 10.0)) : ENDLESS_NS;
  }

  private boolean evictOne() {
    boolean found = policy.order() == EvictionPolicy.Order.RANDOM ? evictRandom() : evictBest();
    return found || evictFirstFound();
  }

  private void remove(Entry entry, int database) {
    evictedKeys++;
    remover.evict(entry, database);
  }

  private boolean evictRandom() {
    for (int i = 0; i < ROUNDS_MAX * State.DATABASES; i++) {
      nextDatabase = (nextDatabase + 1) % State.DATABASES;
      Entry entry = draw(state.database(nextDatabase));
      if (entry != null && entry.value().isEvictable()) {
        remove(entry, nextDatabase);
        return true;
      }
    }
    return false;
  }

  private @Nullable Entry draw(Keyspace keys) {
    if (keys.size() == 0) {
      return null;
    }
    return policy.isForExpiringOnly()
        ? keys.randomExpiring(draws.next())
        : keys.random(draws.next());
  }

  private boolean evictBest() {
    for (int i = 0; i < ROUNDS_MAX; i++) {
      sample();
      for (Candidate best = pool.poll(); best != null; best = pool.poll()) {
        Entry entry = present(best);
        if (entry != null) {
          remove(entry, best.database());
          return true;
        }
      }
    }
    return false;
  }

  private void sample() {
    for (int i = 0; i < State.DATABASES; i++) {
      Keyspace keys = state.database(i);
      int left = keys.size() == 0 ? 0 : samples;
      for (; left > 0; left--) {
        Entry entry = draw(keys);
        if (entry != null && entry.value().isEvictable()) {
          pool.offer(new Candidate(score(entry, keys), i, entry.key()));
        }
      }
    }
  }

  /// The entry of a candidate, if it is still there and was not used since it was sampled.
  @SuppressWarnings("ReferenceEquality") // the very array: see Candidate
  private @Nullable Entry present(Candidate candidate) {
    Keyspace keys = state.database(candidate.database());
    Entry entry = keys.entry(Bytes.of(candidate.key()));
    if (entry == null || entry.key() != candidate.key() || !mayGo(entry)) {
      return null;
    }
    return score(entry, keys) >= candidate.score() ? entry : null;
  }

  private boolean mayGo(Entry entry) {
    return entry.value().isEvictable()
        && !(policy.isForExpiringOnly() && entry.expiresAtMs() == Entry.NEVER);
  }

  /// The higher, the better it would go.
  private long score(Entry entry, Keyspace keys) {
    return switch (policy.order()) {
      case RECENCY, MODIFICATION -> keys.idleS(entry);
      case FREQUENCY -> -keys.frequency(entry);
      case TIME_TO_LIVE -> -entry.expiresAtMs();
      case NONE, RANDOM -> 0;
    };
  }

  /// Where chance finds nothing that may go, because nearly nothing may: looks at all keys in turn,
  /// a bounded number for each call.
  private boolean evictFirstFound() {
    Keyspace keys = state.database(nextDatabase);
    Entry[] found = new Entry[1];
    for (int i = 0; i < BUCKETS_SEARCHED_MAX && found[0] == null; i++) {
      if (searchedTo >= HashTable.END || keys.size() == 0) {
        searchedTo = 0;
        nextDatabase = (nextDatabase + 1) % State.DATABASES;
        keys = state.database(nextDatabase);
      }
      if (keys.size() > 0) {
        searchedTo =
            keys.scan(
                searchedTo,
                entry -> {
                  if (mayGo(entry)) {
                    found[0] = entry;
                  }
                });
      }
    }
    if (found[0] == null) {
      return false;
    }
    remove(found[0], nextDatabase);
    return true;
  }
}
