package naru.engine;

/// How values are kept, never what they hold.
///
/// @param limits up to which size they are packed
/// @param hashSeed the secret of the tables of those that are not
public record Packing(PackedLimits limits, long hashSeed) {}
