package naru.protocol.memcached;

import naru.bytes.ByteWriter;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.State;
import naru.engine.string.Item;
import naru.engine.string.StringValue;
import naru.protocol.memcached.wire.Decimal;

/// `me`: what is known of an item, for people.
final class MetaDebug extends Command {
  private static final int REPLY_BYTES = 128;

  /// As it stands in the line, which for a binary key is base64.
  Bytes shownKey = Bytes.EMPTY;

  private final ByteWriter reply = new ByteWriter(REPLY_BYTES);

  MetaDebug(Client client) {
    super(client);
  }

  @Override
  Permission permission() {
    return Permission.GET;
  }

  @Override
  void decide(State state, long nowMs, Decision.Done done) {
    reply.clear(REPLY_BYTES);
    Entry entry = entry(state);
    if (entry == null || !(entry.value() instanceof StringValue string)) {
      reply.writeAscii("EN\r\n");
      return;
    }
    reply.writeAscii("ME ");
    reply.write(shownKey);
    reply.writeAscii(" exp=");
    reply.writeDecimal(Client.secondsLeft(entry.expiresAtMs(), nowMs));
    reply.writeAscii(" la=");
    reply.writeDecimal(idleS(state, entry, nowMs));
    reply.writeAscii(" cas=");
    Decimal.write(reply, version(string));
    boolean fetched = string instanceof Item item && item.isFetched();
    reply.writeAscii(fetched ? " fetch=yes" : " fetch=no");
    reply.writeAscii(" cls=1 size=");
    reply.writeDecimal((long) key.length() + string.capacityBytes());
    reply.writeAscii("\r\n");
  }

  @Override
  void write(ByteWriter out) {
    client.statistics().metas++;
    out.write(reply.array(), 0, reply.length());
  }
}
