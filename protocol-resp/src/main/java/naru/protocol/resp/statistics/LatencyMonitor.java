package naru.protocol.resp.statistics;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import naru.protocol.resp.setting.Settings;

/// Events that took longer than the setting `latency-monitor-threshold`: the last 160 of each kind,
/// one a second.
public final class LatencyMonitor {
  private static final int SAMPLES_MAX = 160;

  /// How long an event took.
  ///
  /// @param atS wall clock in seconds
  public record Sample(long atS, long tookMs) {}

  /// What is known of a kind of event.
  public static final class Event {
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private long mostMs;
    private long sumMs;
    private long count;

    /// Oldest first.
    public Collection<Sample> samples() {
      return Collections.unmodifiableCollection(samples);
    }

    public Sample latest() {
      return samples.getLast();
    }

    public long mostMs() {
      return mostMs;
    }

    /// Sum over all that ever happened, and how many those are.
    public long sumMs() {
      return sumMs;
    }

    public long count() {
      return count;
    }
  }

  private final Settings settings;
  private final TreeMap<String, Event> events = new TreeMap<>();

  public LatencyMonitor(Settings settings) {
    this.settings = settings;
  }

  /// Keeps the event if it took long enough.
  public void note(String event, long tookNs, long nowMs) {
    long thresholdMs = settings.latencyMonitorThreshold.value();
    long tookMs = tookNs / 1_000_000;
    if (thresholdMs == 0 || tookMs < thresholdMs) {
      return;
    }
    Event noted = events.computeIfAbsent(event, _ -> new Event());
    noted.mostMs = Math.max(noted.mostMs, tookMs);
    noted.sumMs += tookMs;
    noted.count++;
    Sample last = noted.samples.peekLast();
    if (last != null && last.atS == nowMs / 1000) {
      noted.samples.removeLast();
      tookMs = Math.max(tookMs, last.tookMs);
    }
    noted.samples.addLast(new Sample(nowMs / 1000, tookMs));
    if (noted.samples.size() > SAMPLES_MAX) {
      noted.samples.removeFirst();
    }
  }

  /// All kinds of events that were noted, by name.
  public Map<String, Event> events() {
    return Collections.unmodifiableMap(events);
  }

  /// Forgets a kind of event; returns whether it was known.
  public boolean forget(String event) {
    return events.remove(event) != null;
  }
}
