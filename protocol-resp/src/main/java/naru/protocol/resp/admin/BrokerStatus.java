package naru.protocol.resp.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import naru.engine.Decision;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// What there is to know about the broker: `INFO`, in the sections and fields that clients and
/// exporters read.
public final class BrokerStatus {
  private static final Map<String, BiConsumer<Call, InfoText>> SECTIONS = sections();
  private static final Set<String> NOT_BY_DEFAULT = Set.of("commandstats", "latencystats");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("INFO [section [section ...]]", BrokerStatus::info)
              .tips(
                  "nondeterministic_output", "request_policy:all_shards", "response_policy:special")
              .since("1.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .categories("dangerous")
              .summary("Returns information and statistics about the server.")
              .complexity("O(1)"));

  private BrokerStatus() {}

  private static Map<String, BiConsumer<Call, InfoText>> sections() {
    Map<String, BiConsumer<Call, InfoText>> sections = new LinkedHashMap<>();
    sections.put("server", InfoSections::server);
    sections.put("clients", InfoSections::clients);
    sections.put("memory", MemoryStatus::info);
    sections.put("persistence", InfoSections::persistence);
    sections.put("stats", InfoSections::stats);
    sections.put("replication", InfoSections::replication);
    sections.put("cpu", InfoSections::cpu);
    sections.put("modules", (_, _) -> {});
    sections.put("commandstats", InfoSections::commandStatistics);
    sections.put("errorstats", InfoSections::errorStatistics);
    sections.put("latencystats", InfoSections::latencyStatistics);
    sections.put(
        "cluster",
        (call, text) ->
            text.field("cluster_enabled", call.server().settings().clusterEnabled.value() ? 1 : 0));
    sections.put("keyspace", InfoSections::keyspace);
    return sections;
  }

  private static Decision info(Call call) {
    Set<String> wanted = new TreeSet<>();
    for (int i = 1; i < call.count(); i++) {
      wanted.addAll(named(call.arg(i).toString().toLowerCase(Locale.ROOT)));
    }
    if (call.count() == 1) {
      wanted.addAll(named("default"));
    }
    List<String> parts = new ArrayList<>();
    SECTIONS.forEach(
        (name, section) -> {
          if (wanted.contains(name)) {
            InfoText text = new InfoText(name);
            section.accept(call, text);
            parts.add(text.toString());
          }
        });
    String whole = String.join("\r\n", parts);
    return Decision.done(Replies.of(out -> out.verbatim("txt", whole)));
  }

  private static Set<String> named(String word) {
    return switch (word) {
      case "all", "everything" -> SECTIONS.keySet();
      case "default" -> {
        Set<String> sections = new TreeSet<>(SECTIONS.keySet());
        sections.removeAll(NOT_BY_DEFAULT);
        yield sections;
      }
      default -> Set.of(word);
    };
  }
}
