package naru.simulator.check;

import java.util.List;
import naru.bytes.ByteReader;
import naru.bytes.ByteWriter;
import naru.engine.Failure;
import naru.engine.Procedure;
import naru.engine.Request;
import naru.reactor.OutputLimit;
import naru.reactor.Peer;
import naru.reactor.Protocol;
import naru.reactor.Session;
import org.jspecify.annotations.Nullable;

/// A protocol that tells the checker in which order a broker carries out what it is asked, and is
/// otherwise the one behind it.
public final class Tap implements Protocol {
  private final Protocol protocol;
  private final Checker checker;
  private final Post post;
  private final Reads reads;
  private @Nullable Conversation next;

  /// What becomes of a message on the way to a connection.
  public interface Post {
    /// Returns what is delivered now.
    List<byte[]> deliver(long connection, byte[] message);
  }

  /// The disk, while a command is carried out.
  public interface Reads {
    /// Has it refuse to read, perhaps.
    void mayBeRefused();

    /// Has it read again; returns how it has refused, null if it has not.
    @Nullable String again();

    /// Whether a broken broker takes what cannot be read for nothing.
    boolean isPassedOver();
  }

  public Tap(Protocol protocol, Checker checker, Post post, Reads reads) {
    this.reads = reads;
    this.protocol = protocol;
    this.checker = checker;
    this.post = post;
  }

  public void expect(Conversation conversation) {
    next = conversation;
  }

  @Override
  public String name() {
    return protocol.name();
  }

  @Override
  public Session open(Peer peer) {
    Conversation conversation = next;
    next = null;
    if (conversation == null) {
      return protocol.open(peer);
    }
    conversation.waitsIf(peer::isWaiting);
    conversation.peerId(peer.id());
    return new TappedSession(protocol.open(new TappedPeer(peer, conversation)), conversation);
  }

  private final class TappedSession implements Session {
    private final Session session;
    private final Conversation conversation;

    TappedSession(Session session, Conversation conversation) {
      this.session = session;
      this.conversation = conversation;
    }

    @Override
    public void received(ByteReader input) {
      session.received(input);
    }

    @Override
    public boolean servesWhileBusy() {
      return session.servesWhileBusy();
    }

    @Override
    public void closed() {
      checker.gone(conversation);
      session.closed();
    }
  }

  private final class TappedPeer implements Peer {
    private final Peer peer;
    private final Conversation conversation;

    TappedPeer(Peer peer, Conversation conversation) {
      this.peer = peer;
      this.conversation = conversation;
    }

    @Override
    public void submit(Request request) {
      Checker.Begun begun = checker.begins(conversation);
      if (!begun.mayRead() || !checker.nobodyWaits()) {
        checker.carriedOut(begun, null);
        peer.submit(request);
        return;
      }
      int before = peer.output().length();
      reads.mayBeRefused();
      peer.submit(request);
      String refusal = reads.again();
      if (refusal != null && reads.isPassedOver()) {
        peer.output().truncate(before);
        peer.output().writeAscii("*0\r\n");
      }
      checker.carriedOut(begun, refusal);
    }

    @Override
    public void submit(Procedure procedure) {
      checker.submitted(conversation);
      peer.submit(procedure);
    }

    @Override
    public long id() {
      return peer.id();
    }

    @Override
    public String remoteAddress() {
      return peer.remoteAddress();
    }

    @Override
    public String localAddress() {
      return peer.localAddress();
    }

    @Override
    public boolean isWaiting() {
      return peer.isWaiting();
    }

    @Override
    public boolean isHeld() {
      return peer.isHeld();
    }

    @Override
    public void endWait(@Nullable Failure failure) {
      peer.endWait(failure);
    }

    @Override
    public void hold(boolean on) {
      peer.hold(on);
    }

    @Override
    public ByteWriter output() {
      return peer.output();
    }

    @Override
    public void send(byte[] frame) {
      post.deliver(peer.id(), frame).forEach(peer::send);
    }

    @Override
    public long unsentBytes() {
      return peer.unsentBytes();
    }

    @Override
    public void limitOutput(OutputLimit limit) {
      peer.limitOutput(limit);
    }

    @Override
    public void closeAfterOutput() {
      peer.closeAfterOutput();
    }

    @Override
    public void close() {
      peer.close();
    }
  }
}
