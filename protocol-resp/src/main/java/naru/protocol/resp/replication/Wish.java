package naru.protocol.resp.replication;

import naru.engine.PackedLimits;

/// What a link has to know before it connects.
///
/// @param history the id of the history that the state is a copy of, empty for none
/// @param offset how many bytes of it the state has
/// @param ownPort where this broker listens
/// @param hashSeed of the state
record Wish(
    String host,
    int port,
    String history,
    long offset,
    String user,
    String password,
    int ownPort,
    int silenceMs,
    long hashSeed,
    PackedLimits packedLimits) {}
