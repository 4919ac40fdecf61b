package naru.compatibility;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// All that a server holds, in a form that does not depend on the order of tables, nor on which
/// server it is.
public final class Contents {
  private static final int DATABASES = 16;

  private Contents() {}

  /// What each key holds and when it expires, by database and key.
  public static SortedMap<String, String> of(RawClient client) {
    SortedMap<String, String> all = new TreeMap<>();
    for (int i = 0; i < DATABASES; i++) {
      client.call("SELECT", Integer.toString(i));
      for (String key : client.call("KEYS", "*").texts()) {
        all.put(i + " " + key, client.call("PEXPIRETIME", key).text() + " " + of(client, key));
      }
    }
    client.call("SELECT", "0");
    all.put("functions", client.call("FUNCTION", "LIST", "WITHCODE").text());
    return all;
  }

  /// What one key of the selected database holds, its type first.
  public static String of(RawClient client, String key) {
    String type = client.call("TYPE", key).text();
    return type
        + " "
        + switch (type) {
          case "string" -> client.call("GET", key).text();
          case "list" -> client.call("LRANGE", key, "0", "-1").text();
          case "set" -> sorted(client.call("SMEMBERS", key).texts(), 1);
          case "hash" -> sorted(client.call("HGETALL", key).texts(), 2);
          case "zset" -> scored(client.call("ZRANGE", key, "0", "-1", "WITHSCORES").texts());
          case "stream" -> stream(client, key);
          default -> "?";
        };
  }

  private static String sorted(List<String> items, int stride) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < items.size(); i += stride) {
      rows.add(items.subList(i, i + stride).toString());
    }
    Collections.sort(rows);
    return rows.toString();
  }

  /// The two may write other digits of the same number.
  private static String scored(List<String> items) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < items.size(); i += 2) {
      String score = items.get(i + 1).replace("inf", "Infinity");
      text.append(items.get(i)).append('=').append(Double.parseDouble(score)).append(' ');
    }
    return text.toString();
  }

  private static String stream(RawClient client, String key) {
    StringBuilder text = new StringBuilder(client.call("XRANGE", key, "-", "+").text());
    List<String> about = client.call("XINFO", "STREAM", key).texts();
    for (String name : List.of("last-generated-id", "max-deleted-entry-id", "entries-added")) {
      text.append(' ').append(about.get(about.indexOf(name) + 1));
    }
    for (Reply group : client.call("XINFO", "GROUPS", key).items()) {
      List<String> told = group.texts();
      for (String name : List.of("name", "consumers", "pending", "last-delivered-id")) {
        text.append(' ').append(told.get(told.indexOf(name) + 1));
      }
      String name = told.get(told.indexOf("name") + 1);
      for (Reply pending : client.call("XPENDING", key, name, "-", "+", "10000").items()) {
        List<String> row = pending.texts();
        text.append(' ').append(row.get(0)).append(row.get(1)).append(row.get(3));
      }
    }
    return text.toString();
  }
}
