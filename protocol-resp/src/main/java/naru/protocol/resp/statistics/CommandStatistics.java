package naru.protocol.resp.statistics;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How often and how long each verb ran, by the verb's number, and which errors were answered.
public final class CommandStatistics {
  private static final int ERRORS_MAX = 128;

  private long[] calls = new long[0];
  private long[] ns = new long[0];
  private long[] rejected = new long[0];
  private long[] failed = new long[0];
  private @Nullable Histogram[] histograms = new Histogram[0];
  private final TreeMap<String, Long> errors = new TreeMap<>();
  private long total;
  private long errorsTotal;
  private boolean keepsHistograms = true;

  /// Whether the times of commands are counted from now on. Those that were are kept.
  public void keepHistograms(boolean keeps) {
    keepsHistograms = keeps;
  }

  /// A verb ran for so long.
  public void ran(int verb, long forNs) {
    grow(verb);
    calls[verb]++;
    ns[verb] += forNs;
    total++;
    if (keepsHistograms) {
      keep(verb, forNs);
    }
  }

  private void keep(int verb, long forNs) {
    Histogram histogram = histograms[verb];
    if (histogram == null) {
      histogram = new Histogram();
      histograms[verb] = histogram;
    }
    histogram.add(forNs);
  }

  /// How long a verb took; null if it never ran while that was counted.
  public @Nullable Histogram histogram(int verb) {
    return verb < histograms.length ? histograms[verb] : null;
  }

  /// A verb was refused before it ran.
  public void rejected(int verb) {
    grow(verb);
    rejected[verb]++;
  }

  /// A verb ran and declined.
  public void failed(int verb) {
    grow(verb);
    failed[verb]++;
  }

  /// An error with this code was answered.
  public void error(String code) {
    errorsTotal++;
    if (errors.size() < ERRORS_MAX || errors.containsKey(code)) {
      errors.merge(code, 1L, Long::sum);
    }
  }

  private void grow(int verb) {
    if (verb >= calls.length) {
      int length = Math.max(512, verb + 1);
      calls = Arrays.copyOf(calls, length);
      histograms = Arrays.copyOf(histograms, length);
      ns = Arrays.copyOf(ns, length);
      rejected = Arrays.copyOf(rejected, length);
      failed = Arrays.copyOf(failed, length);
    }
  }

  public void clear() {
    Arrays.fill(calls, 0);
    Arrays.fill(histograms, null);
    Arrays.fill(ns, 0);
    Arrays.fill(rejected, 0);
    Arrays.fill(failed, 0);
    errors.clear();
    total = 0;
    errorsTotal = 0;
  }

  public long calls(int verb) {
    return verb < calls.length ? calls[verb] : 0;
  }

  public long ns(int verb) {
    return verb < ns.length ? ns[verb] : 0;
  }

  public long rejections(int verb) {
    return verb < rejected.length ? rejected[verb] : 0;
  }

  public long failures(int verb) {
    return verb < failed.length ? failed[verb] : 0;
  }

  /// How many commands ran.
  public long total() {
    return total;
  }

  public long errorsTotal() {
    return errorsTotal;
  }

  /// How often each code of error was answered.
  public Map<String, Long> errors() {
    return Collections.unmodifiableMap(errors);
  }
}
