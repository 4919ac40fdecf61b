package naru.protocol.resp.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import naru.protocol.resp.connection.ClientLine;
import naru.reactor.MemoryUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes the clients that take most memory while all together take more than `maxmemory-clients`.
///
/// https://redis.io/docs/latest/develop/reference/clients/#client-eviction
///
/// At each tick the clients are looked at one by one. At the end of a turn it is only sums that are
/// there anyway, and the clients if those say that it is too much now, and more by a good part than
/// when they were last looked at: it may belong to those who are not evicted.
public final class ClientEviction {
  private static final Logger LOG = LoggerFactory.getLogger(ClientEviction.class);

  /// With less nobody could say that it was a mistake.
  private static final long LEAST_BYTES = 128 << 10;

  private final RespServer server;
  private long limitBytes;
  private long lookedAtBytes;
  private long evictedClients;

  public ClientEviction(RespServer server) {
    this.server = server;
    configure();
    server.settings().maxmemoryClients.onChange(this::configure);
    server.settings().maxmemory.onChange(this::configure);
    server.reactor().eachTurn(this::endTurn);
    server.reactor().eachTick(this::tick);
  }

  private void configure() {
    long wanted = server.settings().maxmemoryClients.bytesOf(server.settings().maxmemory.bytes());
    limitBytes = wanted == 0 ? 0 : Math.max(wanted, LEAST_BYTES);
    lookedAtBytes = 0;
  }

  /// How many were closed.
  public long evictedClients() {
    return evictedClients;
  }

  public void resetStatistics() {
    evictedClients = 0;
  }

  private void endTurn() {
    if (limitBytes == 0) {
      return;
    }
    MemoryUse memory = server.reactor().memory();
    long most = memory.inputBytes() + memory.outputBytes() + server.clientBytes();
    if (most > limitBytes && most > lookedAtBytes + limitBytes / 64) {
      look();
      lookedAtBytes = most;
    }
  }

  private void tick() {
    lookedAtBytes = 0;
    if (limitBytes != 0) {
      look();
    }
  }

  private void look() {
    long sum = 0;
    for (Client client : server.clients()) {
      sum += counts(client) ? client.sizeBytes() : 0;
    }
    if (sum > limitBytes) {
      evict(sum);
    }
  }

  private record Size(Client client, long bytes) {}

  private void evict(long ofBytes) {
    List<Size> sizes = new ArrayList<>();
    for (Client client : server.clients()) {
      if (counts(client) && client.isEvictable()) {
        sizes.add(new Size(client, client.sizeBytes()));
      }
    }
    sizes.sort(Comparator.comparingLong(Size::bytes).reversed());
    long sum = ofBytes;
    for (int i = 0; i < sizes.size() && sum > limitBytes; i++) {
      Client client = sizes.get(i).client();
      LOG.info("evicting a client: {}", ClientLine.of(client, server.shard().nowMs()));
      client.peer().close();
      evictedClients++;
      sum -= sizes.get(i).bytes();
    }
  }

  /// Servers that follow, or are followed, have limits of their own.
  private boolean counts(Client client) {
    return !client.isMaster() && !client.isReplica() && !client.peer().isClosing();
  }
}
