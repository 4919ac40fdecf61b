package naru.engine;

/// Several requests as one: nothing else happens between them, and they are one record in the log.
///
/// Transactions and scripts are procedures. A request that would wait does not: it gets its
/// `timedOut` reply.
public interface Procedure {
  void run(Stage stage);

  /// Where a procedure runs.
  interface Stage {
    State state();

    Moment moment();

    /// Decides, answers, applies.
    void perform(Request request);
  }
}
