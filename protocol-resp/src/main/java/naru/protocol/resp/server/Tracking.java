package naru.protocol.resp.server;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Key;
import naru.protocol.resp.wire.RespWriter;
import naru.reactor.ChangeListener;
import org.jspecify.annotations.Nullable;

/// Which clients are told that which keys have changed, so that they may keep copies: those that
/// have read the key, by name whatever the database, and those that want to hear of a prefix.
///
/// Nothing of it is used while nobody tracks.
public final class Tracking implements ChangeListener {
  private static final Bytes CHANNEL = Bytes.of("__redis__:invalidate");
  private static final int READERS_SPARE = 64;

  private final RespServer server;
  private final Map<Bytes, Set<ClientTracking>> readers = new HashMap<>();
  private final TreeMap<Bytes, Prefix> prefixes = new TreeMap<>();
  private int clients;
  private long items;

  /// Who listens to a prefix, and what has changed in this turn: by whom, null if by nobody.
  private static final class Prefix {
    final Set<ClientTracking> listeners = new LinkedHashSet<>();
    final TreeMap<Bytes, Maker> changed = new TreeMap<>();
  }

  private record Maker(@Nullable Client client) {}

  Tracking(RespServer server) {
    this.server = server;
  }

  /// How many clients track.
  public int clients() {
    return clients;
  }

  /// How many keys are remembered.
  public int keys() {
    return readers.size();
  }

  /// How many pairs of a key and a client are remembered.
  public long items() {
    return items;
  }

  /// How many prefixes are listened to.
  public int prefixes() {
    return prefixes.size();
  }

  /// A client begins to track, or does so in another way from now on.
  public void begin(Client client, ClientTracking.Options options, List<Bytes> newPrefixes) {
    ClientTracking tracking = client.tracking();
    if (tracking == null) {
      tracking = new ClientTracking(client, options);
      client.tracking(tracking);
      clients++;
      server.shard().observe(this);
    }
    tracking.options(options);
    if (options.broadcast()) {
      List<Bytes> wanted = newPrefixes.isEmpty() ? List.of(Bytes.EMPTY) : newPrefixes;
      for (Bytes prefix : wanted) {
        Bytes owned = Bytes.of(prefix.copy());
        if (prefixes.computeIfAbsent(owned, _ -> new Prefix()).listeners.add(tracking)) {
          tracking.prefixes().add(owned);
        }
      }
    }
  }

  /// A client no longer tracks. No effect if it did not.
  public void end(Client client) {
    ClientTracking tracking = client.tracking();
    if (tracking == null) {
      return;
    }
    tracking.end();
    client.tracking(null);
    for (Bytes name : tracking.prefixes()) {
      Prefix prefix = prefixes.get(name);
      if (prefix != null && prefix.listeners.remove(tracking) && prefix.listeners.isEmpty()) {
        prefixes.remove(name);
      }
    }
    clients--;
    if (clients == 0) {
      readers.clear();
      items = 0;
      server.shard().observe(null);
    }
  }

  /// A client has read a key.
  public void remember(ClientTracking tracking, Bytes key) {
    if (!tracking.remembers()) {
      return;
    }
    Set<ClientTracking> known = readers.get(key);
    if (known == null) {
      known = new LinkedHashSet<>(2);
      readers.put(Bytes.of(key.copy()), known);
    } else if (known.size() > READERS_SPARE + 2 * clients) {
      int before = known.size();
      known.removeIf(each -> !each.isActive());
      items -= before - known.size();
    }
    if (known.add(tracking)) {
      items++;
    }
  }

  @Override
  public void changed(Key key) {
    Client maker = server.performing();
    Bytes name = key.bytes();
    for (Map.Entry<Bytes, Prefix> each : prefixes.entrySet()) {
      if (name.startsWith(each.getKey())) {
        each.getValue().changed.put(Bytes.of(name.copy()), new Maker(maker));
      }
    }
    forget(name, maker);
  }

  private void forget(Bytes name, @Nullable Client maker) {
    Set<ClientTracking> known = readers.remove(name);
    if (known == null) {
      return;
    }
    items -= known.size();
    Bytes key = Bytes.of(name.copy());
    for (ClientTracking tracking : known) {
      boolean ownChange = tracking.options().noLoop() && tracking.client() == maker;
      if (tracking.isActive() && !tracking.options().broadcast() && !ownChange) {
        send(
            tracking,
            out -> {
              out.array(1);
              out.bulk(key);
            });
      }
    }
  }

  @Override
  public void flushed() {
    if (clients == 0) {
      return;
    }
    readers.clear();
    items = 0;
    for (Client client : server.clients()) {
      ClientTracking tracking = client.tracking();
      if (tracking != null) {
        send(tracking, RespWriter::nullBulk);
      }
    }
  }

  /// At the end of a turn: tells those who listen to prefixes, and forgets what is too much.
  void endTurn() {
    if (clients == 0) {
      return;
    }
    prefixes.values().forEach(this::tell);
    long most = server.settings().trackingTableMaxKeys.value();
    while (most > 0 && readers.size() > most) {
      Iterator<Bytes> any = readers.keySet().iterator();
      forget(any.next(), null);
    }
  }

  private void tell(Prefix prefix) {
    if (prefix.changed.isEmpty()) {
      return;
    }
    for (ClientTracking tracking : prefix.listeners) {
      List<Bytes> keys =
          prefix.changed.entrySet().stream()
              .filter(
                  each ->
                      !tracking.options().noLoop() || each.getValue().client() != tracking.client())
              .map(Map.Entry::getKey)
              .toList();
      if (!keys.isEmpty()) {
        send(
            tracking,
            out -> {
              out.array(keys.size());
              keys.forEach(out::bulk);
            });
      }
    }
    prefix.changed.clear();
  }

  private void send(ClientTracking tracking, Consumer<RespWriter> keys) {
    Client target = tracking.client();
    long redirect = tracking.options().redirect();
    if (redirect != 0) {
      target = server.client(redirect);
      if (target == null) {
        tracking.redirectBroken();
        tellBroken(tracking.client(), redirect);
        return;
      }
    }
    if (target.protocolVersion() > 2) {
      target.push(
          new Message(
              out -> {
                out.push(2);
                out.bulk("invalidate");
                keys.accept(out);
              }));
    } else if (redirect != 0 && target.isListening()) {
      target.push(
          new Message(
              out -> {
                out.push(3);
                out.bulk("message");
                out.bulk(CHANNEL);
                keys.accept(out);
              }));
    }
  }

  private static void tellBroken(Client client, long redirect) {
    if (client.protocolVersion() > 2) {
      client.push(
          new Message(
              out -> {
                out.push(2);
                out.bulk("tracking-redir-broken");
                out.integer(redirect);
              }));
    }
  }
}
