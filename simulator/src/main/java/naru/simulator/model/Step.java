package naru.simulator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that happens to a broker, whole.
public sealed interface Step {
  /// Commands of one connection: one, or those of a transaction.
  ///
  /// @param hasRoom whether the disk has; else what would write is refused
  /// @param refusal how it is refused because the disk refused to read; null if it was not
  record Executed(
      int connection,
      List<List<String>> commands,
      boolean isTransaction,
      boolean hasRoom,
      @Nullable String refusal,
      long nowMs,
      long nowNs)
      implements Step {}

  /// The broker noticed that nobody is left on a connection to be told what it waits for.
  record GaveUp(int connection) implements Step {}

  /// The broker noticed that a connection is gone.
  record Gone(int connection) implements Step {}

  /// The broker noticed that it is that late: who has waited long enough is told so.
  record Passed(long nowNs) implements Step {}

  /// The broker noticed that it is that late by the wall clock: what expires by then is gone.
  record Expired(long nowMs) implements Step {}
}
