package naru.engine;

/// What the asker is told. Each protocol has its own; the engine only carries it.
public interface Reply {}
