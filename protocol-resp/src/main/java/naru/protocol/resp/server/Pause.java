package naru.protocol.resp.server;

import java.util.ArrayList;
import java.util.List;
import naru.reactor.Reactor;
import naru.reactor.Timers;
import org.jspecify.annotations.Nullable;

/// Holds clients back for a time: all their commands, or those that write.
public final class Pause {
  /// Which commands wait.
  public enum Extent {
    NONE,
    WRITES,
    ALL
  }

  private final Reactor reactor;
  private final List<Runnable> held = new ArrayList<>();
  private Extent extent = Extent.NONE;
  private long untilNs;
  private Timers.@Nullable Timer end;

  Pause(Reactor reactor) {
    this.reactor = reactor;
  }

  public Extent extent() {
    return extent;
  }

  /// Begins, or makes a pause longer and wider: the later end and the wider extent count.
  public void begin(Extent newExtent, long forMs) {
    long newUntilNs = reactor.nowNs() + Math.min(forMs, Long.MAX_VALUE / 4_000_000) * 1_000_000;
    if (extent == Extent.NONE || newUntilNs - untilNs > 0) {
      untilNs = newUntilNs;
    }
    extent = extent.compareTo(newExtent) > 0 ? extent : newExtent;
    if (end != null) {
      end.cancel();
    }
    end = reactor.timers().at(untilNs, this::end);
  }

  /// Lets everybody go on.
  public void end() {
    extent = Extent.NONE;
    if (end != null) {
      end.cancel();
      end = null;
    }
    List<Runnable> now = List.copyOf(held);
    held.clear();
    now.forEach(Runnable::run);
  }

  /// Runs `action` when the pause ends.
  public void whenEnded(Runnable action) {
    held.add(action);
  }
}
