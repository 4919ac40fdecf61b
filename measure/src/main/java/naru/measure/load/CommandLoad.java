package naru.measure.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import naru.measure.drive.ClosedLoop;
import naru.measure.drive.Part;
import naru.measure.drive.RespFraming;
import naru.measure.report.Figure;
import naru.measure.report.Sample;
import naru.measure.server.Server;

/// One command, from many connections that each send so many together and wait for the answers.
///
/// How many there are in a round follows from the rate of the round before, so that each server
/// plays for about the same time.
final class CommandLoad implements Load {
  private static final String RANDOM = "__rand_int__";
  private static final int DIGITS = 12;

  /// Different keys, fields and members.
  static final int NUMBERS = 100_000;

  /// Until a rate is known.
  private static final double FIRST_PER_SECOND = 10_000;

  private static final int REQUESTS_MIN = 200;

  /// More connections say nothing new to a compiler.
  private static final int REHEARSED_MAX = 50;

  /// What has to be there before a round of so many requests.
  interface Preparation {
    void before(Server server, long requests) throws IOException;
  }

  /// A command and what it needs.
  ///
  /// @param word for the name of its rows
  /// @param title for people
  /// @param command as it is typed, `__rand_int__` for a random number
  record Command(String word, String title, String command, Preparation preparation) {
    Command(String word, String title, String command) {
      this(word, title, command, (_, _) -> {});
    }
  }

  private final String group;
  private final Command command;
  private final int connections;
  private final int pipeline;
  private final boolean usesRedisBenchmark;
  private final Map<Server, Double> rates = new HashMap<>();

  CommandLoad(String group, Command command, int connections, int pipeline, Scale scale) {
    this.group = group;
    this.command = command;
    this.connections = connections;
    this.pipeline = pipeline;
    this.usesRedisBenchmark = scale.usesRedisBenchmark();
  }

  @Override
  public String name() {
    return group + "/" + command.word + "/c" + connections + "/p" + pipeline;
  }

  @Override
  public String title() {
    String clients = connections == 1 ? "client" : "clients";
    return String.format(
        Locale.ROOT, "%s, %,d %s, pipeline %d", command.title, connections, clients, pipeline);
  }

  @Override
  public int connections() {
    return connections;
  }

  @Override
  public boolean isForFloor() {
    return true;
  }

  @Override
  public void rehearse(Server server, double seconds) throws IOException {
    if (connections <= REHEARSED_MAX) {
      play(server, Math.min(0.5, seconds / 2));
    }
  }

  @Override
  public void warmUp(Server server, double seconds) throws IOException {
    play(server, Math.min(0.3, seconds / 4));
    play(server, seconds / 2);
  }

  @Override
  public Sample play(Server server, double seconds) throws IOException {
    double rate = rates.getOrDefault(server, FIRST_PER_SECOND);
    long wanted = Math.max(Math.max(REQUESTS_MIN, connections * pipeline), (long) (rate * seconds));
    long requests = wanted / pipeline * pipeline;
    if (!server.isFloor()) {
      command.preparation.before(server, requests);
    }
    Sample sample = usesRedisBenchmark ? theirs(server, requests) : ours(server, requests);
    sample.value(Figure.PER_SECOND).ifPresent(measured -> rates.put(server, measured));
    return sample;
  }

  private Sample theirs(Server server, long requests) throws IOException {
    return RedisBenchmark.play(server, requests, connections, pipeline, NUMBERS, words());
  }

  private Sample ours(Server server, long requests) throws IOException {
    LongFunction<byte[]> request = request(words());
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      parts.add(new ClosedLoop(pipeline, true, i * 1_000_003L, request));
    }
    return Timed.counted(server, new RespFraming(), parts, requests);
  }

  private String[] words() {
    return command.command.split(" ", -1);
  }

  /// The bytes of a command by its number: the same but for the digits of random numbers.
  static LongFunction<byte[]> request(String... words) {
    byte[] template =
        Part.resp(String.join("\n", words).replace(RANDOM, "0".repeat(DIGITS)).split("\n", -1));
    String text = new String(template, StandardCharsets.ISO_8859_1);
    boolean isRandom = String.join(" ", words).contains(RANDOM);
    List<Integer> places = new ArrayList<>();
    String zeros = "0".repeat(DIGITS);
    for (int at = text.indexOf(zeros); isRandom && at >= 0; at = text.indexOf(zeros, at + DIGITS)) {
      places.add(at);
    }
    return number -> places.isEmpty() ? template : filled(template, places, number);
  }

  private static byte[] filled(byte[] template, List<Integer> places, long number) {
    byte[] bytes = template.clone();
    for (int place = 0; place < places.size(); place++) {
      long random = scattered(number * places.size() + place, NUMBERS);
      for (int i = places.get(place) + DIGITS - 1; random > 0; i--) {
        bytes[i] = (byte) ('0' + random % 10);
        random /= 10;
      }
    }
    return bytes;
  }

  /// A number below `limit`, another for each number, without an order.
  static long scattered(long number, long limit) {
    long mixed = (number + 1) * 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8_FEB8_6659_FD93L;
    return Long.remainderUnsigned(mixed ^ (mixed >>> 32), limit);
  }
}
