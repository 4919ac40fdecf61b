package naru.rdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Op;
import naru.engine.stream.GroupOp;
import naru.engine.stream.IdList;
import naru.engine.stream.Longs;
import naru.engine.stream.PendingEntries;
import naru.engine.stream.StreamId;

/// Reads what a group of a stream has pending, and its consumers.
final class GroupReader {
  private static final int PIECE = 512;
  private static final int NO_OWNER = -2;

  private final RdbInput in;
  private final int database;
  private final Bytes key;
  private final Bytes group;
  private final Consumer<? super Op> out;
  private final Map<StreamId, Integer> places = new HashMap<>();
  private final IdList ids = new IdList();
  private long[] times = new long[4];
  private long[] counts = new long[4];
  private int[] owners = new int[4];

  GroupReader(RdbInput in, int database, Bytes key, Bytes group, Consumer<? super Op> out) {
    this.in = in;
    this.database = database;
    this.key = key;
    this.group = group;
    this.out = out;
  }

  /// See [StreamReader#read].
  void read(int version) {
    readPending();
    List<GroupOp.Joined> members = readConsumers(version);
    if (version >= 5) {
      readReleased();
    }
    for (int i = 0; i < ids.size(); i++) {
      if (owners[i] == NO_OWNER) {
        throw in.malformed("the entry " + ids.get(i) + " is pending with no consumer");
      }
    }
    tell(members);
  }

  private StreamId readId() {
    return new StreamId(in.readBigLong("the id of an entry"), in.readBigLong("the id of an entry"));
  }

  private void readPending() {
    StreamId last = null;
    for (long left = in.readCount("the number of pending entries"); left > 0; left--) {
      StreamId id = readId();
      if (last != null && id.compareTo(last) <= 0) {
        throw in.malformed("the pending entry " + id + " behind " + last);
      }
      last = id;
      int at = ids.size();
      if (at == times.length) {
        times = Arrays.copyOf(times, 2 * at);
        counts = Arrays.copyOf(counts, 2 * at);
        owners = Arrays.copyOf(owners, 2 * at);
      }
      places.put(id, at);
      ids.add(id);
      times[at] = Math.max(0, in.readLong("when an entry was delivered"));
      counts[at] = in.readCount("how often an entry was delivered");
      owners[at] = NO_OWNER;
    }
  }

  /// The consumers in the order in which they stand, which is also their number for now.
  private List<GroupOp.Joined> readConsumers(int version) {
    List<GroupOp.Joined> members = new ArrayList<>();
    for (long left = in.readCount("the number of consumers of a group"); left > 0; left--) {
      Bytes name = in.readString("the name of a consumer");
      long seenAtMs = in.readLong("when a consumer was last seen");
      long activeAtMs = version >= 3 ? in.readLong("when a consumer was last active") : seenAtMs;
      int number = members.size();
      members.add(
          new GroupOp.Joined(
              database, key, group, name, Math.max(0, seenAtMs), Math.max(-1, activeAtMs)));
      for (long more = in.readCount("the number of pending entries"); more > 0; more--) {
        take(readId(), number);
      }
    }
    return members;
  }

  private void take(StreamId id, int owner) {
    Integer place = places.get(id);
    if (place == null) {
      throw in.malformed("the entry " + id + " is pending with a consumer and not with its group");
    }
    if (owners[place] != NO_OWNER) {
      throw in.malformed("the entry " + id + " is pending twice");
    }
    owners[place] = owner;
  }

  /// The entries that were given back, first in line first.
  private void readReleased() {
    long line = Long.MIN_VALUE;
    for (long left = in.readCount("the number of entries given back"); left > 0; left--) {
      StreamId id = readId();
      take(id, PendingEntries.NOBODY);
      times[places.getOrDefault(id, 0)] = line++;
    }
  }

  private void tell(List<GroupOp.Joined> members) {
    TreeMap<Bytes, Integer> byName = new TreeMap<>();
    for (int i = 0; i < members.size(); i++) {
      if (byName.put(members.get(i).consumer(), i) != null) {
        throw in.malformed("two consumers of the same name");
      }
    }
    int[] place = new int[members.size()];
    int next = 0;
    for (int number : byName.values()) {
      place[number] = next++;
    }
    members.forEach(out);
    for (int from = 0; from < ids.size(); from += PIECE) {
      tell(from, Math.min(from + PIECE, ids.size()), place);
    }
  }

  private void tell(int from, int to, int[] place) {
    IdList piece = new IdList(to - from);
    long[] pieceOwners = new long[to - from];
    for (int i = from; i < to; i++) {
      piece.add(ids.ms(i), ids.seq(i));
      pieceOwners[i - from] = owners[i] < 0 ? PendingEntries.NOBODY : place[owners[i]];
    }
    out.accept(
        new GroupOp.PendingRestored(
            database,
            key,
            group,
            piece,
            Longs.of(pieceOwners),
            Longs.of(Arrays.copyOfRange(times, from, to)),
            Longs.of(Arrays.copyOfRange(counts, from, to))));
  }
}
