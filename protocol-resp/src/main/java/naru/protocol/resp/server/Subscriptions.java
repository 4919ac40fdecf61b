package naru.protocol.resp.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.protocol.resp.wire.RespWriter;
import naru.structures.Glob;
import naru.structures.HeapSize;
import org.jspecify.annotations.Nullable;

/// Who listens to which channels, patterns and sharded channels. Fire and forget: nothing is kept.
///
/// https://redis.io/docs/latest/develop/pubsub/
public final class Subscriptions {
  /// What can be listened to.
  public enum Kind {
    CHANNEL,
    PATTERN,
    SHARD_CHANNEL
  }

  private static final long SUBSCRIPTION_BYTES = 240;

  private final Map<Bytes, Set<Client>> channels = new HashMap<>();
  private final Map<Bytes, Set<Client>> patterns = new HashMap<>();
  private final Map<Bytes, Glob> globs = new HashMap<>();
  private final Map<Bytes, Set<Client>> shardChannels = new HashMap<>();
  private long sizeBytes;

  /// What they take in memory, about.
  public long sizeBytes() {
    return sizeBytes;
  }

  /// A name, and its places in the maps of this one and of a client.
  static long bytesOf(Bytes name) {
    return SUBSCRIPTION_BYTES + HeapSize.bytes(name.length());
  }

  private Map<Bytes, Set<Client>> of(Kind kind) {
    return switch (kind) {
      case CHANNEL -> channels;
      case PATTERN -> patterns;
      case SHARD_CHANNEL -> shardChannels;
    };
  }

  /// Begins to listen; no effect if the client does so already.
  public void add(Kind kind, Bytes name, Client client) {
    Bytes owned = name.owned();
    if (client.listening(kind).add(owned)) {
      sizeBytes += bytesOf(owned);
      of(kind).computeIfAbsent(owned, _ -> new LinkedHashSet<>()).add(client);
      if (kind == Kind.PATTERN) {
        globs.computeIfAbsent(owned, Glob::new);
      }
      client.listeningChanged();
    }
  }

  /// Ends listening; no effect if the client does not listen.
  public void remove(Kind kind, Bytes name, Client client) {
    if (client.listening(kind).remove(name)) {
      sizeBytes -= bytesOf(name);
      Set<Client> listeners = of(kind).get(name);
      if (listeners != null && listeners.remove(client) && listeners.isEmpty()) {
        of(kind).remove(name);
        if (kind == Kind.PATTERN) {
          globs.remove(name);
        }
      }
      client.listeningChanged();
    }
  }

  /// Forgets all that `client` listens to.
  public void removeAll(Client client) {
    for (Kind kind : Kind.values()) {
      for (Bytes name : List.copyOf(client.listening(kind))) {
        remove(kind, name, client);
      }
    }
  }

  /// Sends a message to a channel; returns how many were sent it. A client that listens to the
  /// channel and to patterns that match gets one message for each.
  public int publish(Bytes channel, Bytes payload) {
    int receivers = send(channels.get(channel), message("message", channel, payload));
    for (Glob glob : globs.values()) {
      if (glob.matches(channel)) {
        Bytes pattern = glob.pattern();
        receivers += send(patterns.get(pattern), message(pattern, channel, payload));
      }
    }
    return receivers;
  }

  /// Sends a message to a sharded channel; returns how many were sent it.
  public int publishSharded(Bytes channel, Bytes payload) {
    return send(shardChannels.get(channel), message("smessage", channel, payload));
  }

  private static int send(@Nullable Set<Client> listeners, Message message) {
    if (listeners == null) {
      return 0;
    }
    for (Client client : listeners) {
      client.push(message);
    }
    return listeners.size();
  }

  private static Message message(String type, Bytes channel, Bytes payload) {
    return new Message(
        out -> {
          out.push(3);
          out.bulk(type);
          out.bulk(channel);
          out.bulk(payload);
        });
  }

  private static Message message(Bytes pattern, Bytes channel, Bytes payload) {
    Consumer<RespWriter> content =
        out -> {
          out.push(4);
          out.bulk("pmessage");
          out.bulk(pattern);
          out.bulk(channel);
          out.bulk(payload);
        };
    return new Message(content);
  }

  /// The names that somebody listens to.
  public List<Bytes> names(Kind kind) {
    return new ArrayList<>(of(kind).keySet());
  }

  /// How many listen to `name`.
  public int listeners(Kind kind, Bytes name) {
    Set<Client> listeners = of(kind).get(name);
    return listeners == null ? 0 : listeners.size();
  }
}
