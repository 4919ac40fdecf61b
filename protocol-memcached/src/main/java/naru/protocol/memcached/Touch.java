package naru.protocol.memcached;

import naru.bytes.ByteWriter;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.State;
import naru.engine.string.Item;

/// `touch`.
final class Touch extends Command {
  int expiry;
  private boolean hit;

  Touch(Client client) {
    super(client);
  }

  @Override
  Permission permission() {
    return Permission.TOUCH;
  }

  @Override
  void decide(State state, long nowMs, Decision.Done done) {
    Entry entry = entry(state);
    hit = entry != null;
    if (entry != null) {
      used(state, entry);
      if (entry.value() instanceof Item item) {
        item.fetched();
      }
      expire(done, Client.expiryMs(expiry, nowMs), nowMs);
    }
  }

  @Override
  void write(ByteWriter out) {
    client.statistics().touches++;
    if (hit) {
      client.statistics().touchHits++;
    }
    client.say(hit ? "TOUCHED" : "NOT_FOUND");
  }
}
