package naru.engine.sortedset;

import naru.bytes.Bytes;

/// A member and its score.
public record ScoredMember(Bytes member, double score) {}
