package naru.compatibility.kill;

/// What a step writes: unique, known again, now and then several pages long.
final class Payload {
  private static final int LONG_EVERY = 40;
  private static final int LONG_CHARS = 9_000;

  private Payload() {}

  static String of(String writer, int step) {
    String name = writer + "-" + step;
    return step % LONG_EVERY == 0 ? name + "-" + "x".repeat(LONG_CHARS) : name;
  }
}
