package naru.protocol.resp.server;

import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import naru.bytes.Bytes;
import naru.reactor.Reactor;
import naru.reactor.Shard;
import org.jspecify.annotations.Nullable;

/// What the Redis connections of one broker share.
public final class RespServer {
  private final Reactor reactor;
  private final TreeMap<Long, Client> clients = new TreeMap<>();
  private final Subscriptions subscriptions = new Subscriptions();
  private Bytes password = Bytes.EMPTY;
  private long keyHits;
  private long keyMisses;

  public RespServer(Reactor reactor) {
    this.reactor = reactor;
  }

  public Reactor reactor() {
    return reactor;
  }

  public Shard shard() {
    return reactor.shard();
  }

  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /// All clients, by id.
  public Collection<Client> clients() {
    return Collections.unmodifiableCollection(clients.values());
  }

  public @Nullable Client client(long id) {
    return clients.get(id);
  }

  public void add(Client client) {
    clients.put(client.id(), client);
  }

  /// Forgets a client whose connection is gone, with all that it watched and listened to.
  public void remove(Client client) {
    clients.remove(client.id());
    client.endTransaction();
    subscriptions.removeAll(client);
  }

  /// Counts that a command looked for a key.
  public void looked(boolean reads, boolean found) {
    if (reads && found) {
      keyHits++;
    } else if (reads) {
      keyMisses++;
    }
  }

  /// Whether clients have to give a password before anything else.
  public boolean needsPassword() {
    return !password.isEmpty();
  }

  /// How many keys were looked for by reading commands, and found.
  public long keyHits() {
    return keyHits;
  }

  /// How many keys were looked for by reading commands, and not found.
  public long keyMisses() {
    return keyMisses;
  }

  public Bytes password() {
    return password;
  }

  /// An empty password is none.
  public void password(Bytes newPassword) {
    password = newPassword.owned();
  }
}
