package naru.world;

/// Where unpredictable numbers come from; in a simulation, from its seed.
public interface Randomness {
  long nextLong();
}
