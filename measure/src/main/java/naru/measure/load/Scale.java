package naru.measure.load;

/// What the loads of a run have in common.
///
/// @param fsync `always`, `everysec` or `no`, but for the group that is about this
/// @param count how many keys, entries or elements there are where many matter
/// @param usesRedisBenchmark whether it plays what it can
public record Scale(String fsync, long count, boolean usesRedisBenchmark) {}
