package naru.simulator.workload;

import java.util.ArrayList;
import java.util.List;
import naru.simulator.Chance;
import naru.simulator.check.Sent;

/// What one client wants: lists, streams, and transactions over both.
public final class Workload {
  private static final int TRANSACTION_MAX = 6;

  private final Chance chance;
  private final ListWork lists;
  private final StreamWork streams;
  private final double streamPart;
  private final double transactionPart;

  /// @param taste equal for all clients of a seed, drawn from alike by each
  /// @param values what the values of this client begin with
  public Workload(Chance taste, Chance chance, String values, int valueMaxBytes) {
    this.chance = chance;
    Values unique = new Values(values, chance.fork("values"), valueMaxBytes);
    lists = new ListWork(taste.fork("lists"), chance.fork("lists"), unique);
    streams = new StreamWork(taste.fork("streams"), chance.fork("streams"), unique);
    streamPart = taste.below(5) / 4.0;
    transactionPart = taste.oneIn(2) ? 0 : 0.1;
  }

  /// What is sent next: a command, or a transaction from begin to end.
  public List<Sent> next() {
    if (!chance.with(transactionPart)) {
      return List.of(new Sent(command(), Sent.Kind.ALONE));
    }
    List<Sent> transaction = new ArrayList<>();
    transaction.add(new Sent(List.of("MULTI"), Sent.Kind.ALONE));
    for (int i = chance.between(0, TRANSACTION_MAX); i > 0; i--) {
      transaction.add(new Sent(command(), Sent.Kind.QUEUED));
    }
    transaction.add(new Sent(List.of("EXEC"), Sent.Kind.EXEC));
    return transaction;
  }

  private List<String> command() {
    return chance.with(streamPart) ? streams.next() : lists.next();
  }

  /// A reply came.
  public void received(Sent sent) {
    streams.received(sent);
  }
}
