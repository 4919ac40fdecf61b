package naru.protocol.memcached;

/// What was counted since the start, or since `stats reset`.
final class Statistics {
  long gets;
  long getHits;
  long sets;
  long touches;
  long touchHits;
  long flushes;
  long deleteHits;
  long deleteMisses;
  long incrHits;
  long incrMisses;
  long decrHits;
  long decrMisses;
  long casHits;
  long casMisses;
  long casMismatches;
  long metas;
  long tooLarge;
  long noMemory;
  long logins;
  long loginErrors;
  long connections;
  long rejectedConnections;

  void clear() {
    gets = 0;
    getHits = 0;
    sets = 0;
    touches = 0;
    touchHits = 0;
    flushes = 0;
    deleteHits = 0;
    deleteMisses = 0;
    incrHits = 0;
    incrMisses = 0;
    decrHits = 0;
    decrMisses = 0;
    casHits = 0;
    casMisses = 0;
    casMismatches = 0;
    metas = 0;
    tooLarge = 0;
    noMemory = 0;
    logins = 0;
    loginErrors = 0;
    connections = 0;
    rejectedConnections = 0;
  }
}
