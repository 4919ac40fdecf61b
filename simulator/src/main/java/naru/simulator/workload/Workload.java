package naru.simulator.workload;

import java.util.ArrayList;
import java.util.List;
import naru.simulator.Chance;
import naru.simulator.check.Sent;

/// What one client wants: to work on values of all kinds, one command at a time or in transactions,
/// or to listen to what others publish.
public final class Workload {
  private static final int TRANSACTION_MAX = 6;

  private final Chance chance;
  private final ListWork lists;
  private final StreamWork streams;
  private final CollectionWork collections;
  private final Talk talk;
  private final double streamPart;
  private final double collectionPart;
  private final double transactionPart;
  private final double talkPart;
  private final double newProtocol;
  private final boolean listens;

  /// Of the connection that is open.
  private int version = 2;

  /// Whether a transaction follows on what is watched.
  private boolean watching;

  /// @param taste equal for all clients of a seed, drawn from alike by each
  /// @param values what the values of this client begin with
  public Workload(Chance taste, Chance chance, String values, int valueMaxBytes) {
    this.chance = chance;
    Values unique = new Values(values, chance.fork("values"), valueMaxBytes);
    lists = new ListWork(taste.fork("lists"), chance.fork("lists"), unique);
    streams = new StreamWork(taste.fork("streams"), chance.fork("streams"), unique);
    collections = new CollectionWork(taste.fork("collections"), chance.fork("collections"), unique);
    talk = new Talk(chance.fork("talk"), unique);
    streamPart = taste.below(5) / 4.0;
    collectionPart = taste.below(4) / 4.0;
    transactionPart = taste.oneIn(2) ? 0 : 0.1;
    newProtocol = taste.below(3) / 2.0;
    talkPart = taste.oneIn(3) ? 0.2 : 0;
    listens = talkPart > 0 && chance.oneIn(3);
  }

  /// What is sent first on a new connection.
  public List<Sent> begin() {
    watching = false;
    version = chance.with(newProtocol) ? 3 : 2;
    return version == 2 && chance.oneIn(2) ? List.of() : alone("HELLO", Integer.toString(version));
  }

  /// What is sent next: a command, or a transaction from begin to end.
  public List<Sent> next() {
    if (listens && (version == 2 || chance.with(talkPart))) {
      return List.of(new Sent(talk.listen(), Sent.Kind.ALONE));
    }
    if (watching) {
      watching = false;
      return chance.oneIn(10) ? alone("UNWATCH") : transaction();
    }
    if (listens || !chance.with(transactionPart)) {
      return List.of(new Sent(command(), Sent.Kind.ALONE));
    }
    watching = chance.oneIn(2);
    return watching ? List.of(new Sent(watch(), Sent.Kind.ALONE)) : transaction();
  }

  private static List<Sent> alone(String... words) {
    return List.of(new Sent(List.of(words), Sent.Kind.ALONE));
  }

  private List<String> watch() {
    List<String> words = new ArrayList<>(List.of("WATCH", lists.key()));
    if (chance.oneIn(2)) {
      words.add(chance.with(collectionPart) ? collections.key() : otherKey());
    }
    return words;
  }

  private String otherKey() {
    return chance.with(streamPart) ? streams.key() : lists.key();
  }

  /// Who listens has none: a reply that it is queued and a message could come in any order.
  private List<Sent> transaction() {
    List<Sent> transaction = new ArrayList<>();
    transaction.add(new Sent(List.of("MULTI"), Sent.Kind.ALONE));
    for (int i = chance.between(0, TRANSACTION_MAX); i > 0; i--) {
      transaction.add(new Sent(command(), Sent.Kind.QUEUED));
    }
    transaction.add(
        chance.oneIn(20)
            ? new Sent(List.of("DISCARD"), Sent.Kind.DISCARD)
            : new Sent(List.of("EXEC"), Sent.Kind.EXEC));
    return transaction;
  }

  private List<String> command() {
    if (chance.with(talkPart)) {
      return talk.publish();
    }
    if (chance.with(collectionPart)) {
      return collections.next();
    }
    return chance.with(streamPart) ? streams.next() : lists.next();
  }

  /// A reply came.
  public void received(Sent sent) {
    streams.received(sent);
  }
}
