package naru.protocol.memcached;

import java.util.function.Consumer;
import naru.bytes.ByteWriter;
import naru.engine.Decision;
import naru.engine.Key;
import naru.engine.State;
import naru.engine.key.KeyOp;

/// `flush_all`: all items go, now or when the time comes.
final class Flush extends Command {
  int delay;

  Flush(Client client) {
    super(client);
  }

  @Override
  public void forEachKey(Consumer<Key> visitor) {}

  @Override
  Permission permission() {
    return Permission.FLUSH;
  }

  @Override
  void decide(State state, long nowMs, Decision.Done done) {
    if (delay > 0) {
      add(new KeyOp.FlushSet(DATABASE, Client.expiryMs(delay, nowMs)));
    } else {
      add(new KeyOp.Flushed(DATABASE));
    }
  }

  @Override
  void write(ByteWriter out) {
    client.statistics().flushes++;
    client.say("OK");
  }
}
