package naru.protocol.resp.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.statistics.Histogram;
import naru.protocol.resp.statistics.LatencyMonitor;
import naru.protocol.resp.statistics.LatencyMonitor.Event;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Commands.Command;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// What took long, and how long commands take: `LATENCY`.
public final class Latency {
  private static final Flag[] FLAGS = {Flag.NOSCRIPT, Flag.LOADING, Flag.STALE};

  private static final List<String> HELP =
      List.of(
          "LATENCY <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "GRAPH <event>",
          "    Return an ASCII latency graph for the <event> class.",
          "HISTORY <event>",
          "    Return time-latency samples for the <event> class.",
          "LATEST",
          "    Return the latest latency samples for all events.",
          "RESET [<event> ...]",
          "    Reset latency data of one or more <event> classes.",
          "    (default: reset all data for all event classes)",
          "HISTOGRAM [COMMAND ...]",
          "    Return a cumulative distribution of latencies in the format of a histogram for the"
              + " specified command names.",
          "DOCTOR",
          "    Return a human readable latency analysis report.",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("LATENCY LATEST", Latency::latest)
              .tips(
                  "nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
              .since("2.8.13")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Returns the latest latency samples for all events.")
              .complexity("O(1)"),
          Verb.of("LATENCY HISTORY event", Latency::history)
              .tips(
                  "nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
              .since("2.8.13")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Returns timestamp-latency samples for an event.")
              .complexity("O(1)"),
          Verb.of("LATENCY RESET [event [event ...]]", Latency::reset)
              .tips("request_policy:all_nodes", "response_policy:all_succeeded")
              .since("2.8.13")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Resets the latency data for one or more events.")
              .complexity("O(1)"),
          Verb.of("LATENCY GRAPH event", Latency::graph)
              .tips(
                  "nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
              .since("2.8.13")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Returns a latency graph for an event.")
              .complexity("O(1)"),
          Verb.of("LATENCY HISTOGRAM [command [command ...]]", Latency::histogram)
              .tips(
                  "nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
              .since("7.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary(
                  "Returns the cumulative distribution of latencies of a subset or all commands.")
              .complexity("O(N) where N is the number of commands with latency information."),
          Verb.of("LATENCY DOCTOR", Latency::doctor)
              .tips(
                  "nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
              .since("2.8.13")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Returns a human-readable latency analysis report.")
              .complexity("O(1)"),
          Verb.of("LATENCY HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("2.8.13")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private Latency() {}

  private static LatencyMonitor monitor(Call call) {
    return call.server().latency();
  }

  private static Decision latest(Call call) {
    Map<String, Event> events = monitor(call).events();
    return Decision.done(
        Replies.of(
            out -> {
              out.array(events.size());
              events.forEach(
                  (name, event) -> {
                    out.array(6);
                    out.bulk(name);
                    out.integer(event.latest().atS());
                    out.integer(event.latest().tookMs());
                    out.integer(event.mostMs());
                    out.integer(event.sumMs());
                    out.integer(event.count());
                  });
            }));
  }

  private static Decision history(Call call) {
    Event event = monitor(call).events().get(call.arg(2).toString());
    if (event == null) {
      return Decision.done(Replies.EMPTY_ARRAY);
    }
    return Decision.done(
        Replies.of(
            out -> {
              out.array(event.samples().size());
              event
                  .samples()
                  .forEach(
                      sample -> {
                        out.array(2);
                        out.integer(sample.atS());
                        out.integer(sample.tookMs());
                      });
            }));
  }

  private static Decision graph(Call call) {
    String name = call.arg(2).toString();
    Event event = monitor(call).events().get(name);
    if (event == null) {
      throw new Refusal("No samples available for event '" + call.arg(2).printed() + "'");
    }
    String graph = LatencyGraph.of(name, event, call.nowMs() / 1000);
    return Decision.done(Replies.of(out -> out.verbatim("txt", graph)));
  }

  private static Decision reset(Call call) {
    List<String> names = new ArrayList<>();
    if (call.count() == 2) {
      names.addAll(monitor(call).events().keySet());
    }
    call.words().from(2).forEach(name -> names.add(name.toString()));
    int forgotten = 0;
    for (String name : names) {
      forgotten += monitor(call).forget(name) ? 1 : 0;
    }
    return Decision.done(Replies.integer(forgotten));
  }

  private static Decision histogram(Call call) {
    List<Command> commands = new ArrayList<>();
    if (call.count() == 2) {
      call.commands().callable().forEach(commands::add);
    }
    call.words()
        .from(2)
        .forEach(
            name -> {
              Command command = call.commands().findWhole(name);
              if (command != null) {
                commands.add(command);
                commands.addAll(command.subcommands().values());
              }
            });
    commands.removeIf(command -> of(call, command) == null);
    return Decision.done(
        Replies.of(
            out -> {
              out.map(commands.size());
              for (Command command : commands) {
                out.bulk(command.name());
                write(of(call, command), out);
              }
            }));
  }

  private static @Nullable Histogram of(Call call, Command command) {
    Verb verb = command.verb();
    return verb == null ? null : call.server().statistics().histogram(verb.number());
  }

  private static void write(@Nullable Histogram histogram, RespWriter out) {
    if (histogram == null) {
      out.map(0);
      return;
    }
    long[] counts = histogram.counts();
    List<Integer> used = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > (i == 0 ? 0 : counts[i - 1])) {
        used.add(i);
      }
    }
    out.map(2);
    out.bulk("calls");
    out.integer(histogram.total());
    out.bulk("histogram_usec");
    out.map(used.size());
    for (int step : used) {
      out.integer(Histogram.upToUs(step));
      out.integer(counts[step]);
    }
  }

  private static Decision doctor(Call call) {
    StringBuilder report = new StringBuilder();
    if (call.server().settings().latencyMonitorThreshold.value() == 0) {
      report.append(
          "Latency monitoring is off: set latency-monitor-threshold to a number of"
              + " milliseconds first.\n");
    } else if (monitor(call).events().isEmpty()) {
      report.append("Nothing took longer than latency-monitor-threshold so far.\n");
    }
    monitor(call)
        .events()
        .forEach(
            (name, event) ->
                report
                    .append(name)
                    .append(": ")
                    .append(event.count())
                    .append(" events, ")
                    .append(event.sumMs() / event.count())
                    .append(" ms on average, ")
                    .append(event.mostMs())
                    .append(" ms at most.\n"));
    return Decision.done(Replies.of(out -> out.verbatim("txt", report.toString())));
  }
}
