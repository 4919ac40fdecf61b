package naru.compatibility.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import naru.compatibility.RawClient;
import naru.compatibility.Reply;

/// What is written to: one key of each type, each with its own writer, and several in one MULTI.
final class Targets {
  private Targets() {}

  record ListKey(String key) implements Target {
    @Override
    public List<String[]> commands(int step) {
      return List.<String[]>of(words("RPUSH", key, Payload.of(key, step)));
    }

    @Override
    public void acknowledged(int step, List<Reply> replies) {
      assertThat(replies.getFirst().whole()).isEqualTo(step + 1L);
    }

    @Override
    public int stepsKept(RawClient client) {
      List<String> kept = client.call("LRANGE", key, "0", "-1").texts();
      assertThat(kept).isEqualTo(payloads(key, kept.size()));
      return kept.size();
    }
  }

  record CounterKey(String key) implements Target {
    @Override
    public List<String[]> commands(int step) {
      return List.<String[]>of(words("INCR", key));
    }

    @Override
    public void acknowledged(int step, List<Reply> replies) {
      assertThat(replies.getFirst().whole()).isEqualTo(step + 1L);
    }

    @Override
    public int stepsKept(RawClient client) {
      return number(client, key);
    }
  }

  record SetKey(String key) implements Target {
    @Override
    public List<String[]> commands(int step) {
      return List.<String[]>of(words("SADD", key, Payload.of(key, step)));
    }

    @Override
    public void acknowledged(int step, List<Reply> replies) {
      assertThat(replies.getFirst().whole()).isEqualTo(1);
    }

    @Override
    public int stepsKept(RawClient client) {
      Set<String> kept = new HashSet<>(client.call("SMEMBERS", key).texts());
      assertThat(kept).isEqualTo(new HashSet<>(payloads(key, kept.size())));
      return kept.size();
    }
  }

  /// A field of its own for each step, and one that each step overwrites.
  record HashKey(String key) implements Target {
    @Override
    public List<String[]> commands(int step) {
      String field = "f" + step;
      String value = Payload.of(key, step);
      return List.<String[]>of(words("HSET", key, field, value, "last", "" + step));
    }

    @Override
    public void acknowledged(int step, List<Reply> replies) {
      assertThat(replies.getFirst().whole()).isEqualTo(step == 0 ? 2 : 1);
    }

    @Override
    public int stepsKept(RawClient client) {
      List<String> kept = client.call("HGETALL", key).texts();
      Map<String, String> fields = new HashMap<>();
      for (int i = 0; i < kept.size(); i += 2) {
        fields.put(kept.get(i), kept.get(i + 1));
      }
      Map<String, String> expected = new HashMap<>();
      int steps = Math.max(0, fields.size() - 1);
      for (int step = 0; step < steps; step++) {
        expected.put("f" + step, Payload.of(key, step));
        expected.put("last", "" + step);
      }
      assertThat(fields).isEqualTo(expected);
      return steps;
    }
  }

  record SortedSetKey(String key) implements Target {
    @Override
    public List<String[]> commands(int step) {
      return List.<String[]>of(words("ZADD", key, "" + step, Payload.of(key, step)));
    }

    @Override
    public void acknowledged(int step, List<Reply> replies) {
      assertThat(replies.getFirst().whole()).isEqualTo(1);
    }

    @Override
    public int stepsKept(RawClient client) {
      List<String> kept = client.call("ZRANGE", key, "0", "-1", "WITHSCORES").texts();
      List<String> expected = new ArrayList<>();
      for (int step = 0; step < kept.size() / 2; step++) {
        expected.addAll(List.of(Payload.of(key, step), "" + step));
      }
      assertThat(kept).isEqualTo(expected);
      return kept.size() / 2;
    }
  }

  /// Three keys that change together or not at all.
  record Transaction(String key) implements Target {
    @Override
    public List<String[]> commands(int step) {
      return List.<String[]>of(
          words("MULTI"),
          words("INCR", key + ":count"),
          words("RPUSH", key + ":list", Payload.of(key, step)),
          words("SET", key + ":last", "" + step),
          words("EXEC"));
    }

    @Override
    public void acknowledged(int step, List<Reply> replies) {
      assertThat(replies.getLast().texts()).containsExactly("" + (step + 1), "" + (step + 1), "OK");
    }

    @Override
    public int stepsKept(RawClient client) {
      int steps = number(client, key + ":count");
      assertThat(client.call("LRANGE", key + ":list", "0", "-1").texts())
          .isEqualTo(payloads(key, steps));
      assertThat(client.call("GET", key + ":last").text())
          .isEqualTo(steps == 0 ? "(nil)" : "" + (steps - 1));
      return steps;
    }
  }

  private static String[] words(String... words) {
    return words;
  }

  private static int number(RawClient client, String key) {
    return client.call("GET", key) instanceof Reply.Bulk(String digits)
        ? Integer.parseInt(digits)
        : 0;
  }

  private static List<String> payloads(String key, int steps) {
    List<String> payloads = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      payloads.add(Payload.of(key, step));
    }
    return payloads;
  }
}
