package naru.protocol.resp.server;

import java.util.function.Consumer;
import naru.bytes.ByteWriter;
import naru.protocol.resp.wire.RespWriter;
import org.jspecify.annotations.Nullable;

/// Something pushed to many clients: encoded once for each version of the protocol that one of them
/// speaks, and then shared.
public final class Message {
  private final Consumer<RespWriter> content;
  private byte @Nullable [] frame2;
  private byte @Nullable [] frame3;

  public Message(Consumer<RespWriter> content) {
    this.content = content;
  }

  byte[] frame(int protocolVersion) {
    byte[] frame = protocolVersion >= 3 ? frame3 : frame2;
    if (frame != null) {
      return frame;
    }
    frame = encode(protocolVersion);
    if (protocolVersion >= 3) {
      frame3 = frame;
    } else {
      frame2 = frame;
    }
    return frame;
  }

  private byte[] encode(int protocolVersion) {
    ByteWriter out = new ByteWriter(128);
    content.accept(new RespWriter(out, protocolVersion));
    return out.toArray();
  }
}
