package naru.simulator.model;

/// A reply to the oldest command of a connection that has none yet.
public record Answer(int connection, Reply reply) {}
