package naru.world.real;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.NativeInetAddress;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import naru.world.Network.Acceptor;
import naru.world.Network.Encryption;

/// Listens with a descriptor of its own.
final class EpollListener implements EpollIoHandle, Listener {
  private static final int ACCEPTS_PER_TURN_MAX = 64;

  private final NettyNetwork network;
  private final LinuxSocket descriptor;
  private final Encryption encryption;
  private final Acceptor acceptor;
  private final IoRegistration registration;

  /// Where the system puts a peer's address: its length, then its bytes.
  private final byte[] peer = new byte[25];

  private EpollListener(
      NettyNetwork network, LinuxSocket descriptor, Encryption encryption, Acceptor acceptor) {
    this.network = network;
    this.descriptor = descriptor;
    this.encryption = encryption;
    this.acceptor = acceptor;
    this.registration = network.register(this);
    watch(EpollIoOps.EPOLLIN);
  }

  static EpollListener open(
      NettyNetwork network, InetSocketAddress address, Encryption encryption, Acceptor acceptor)
      throws IOException {
    LinuxSocket descriptor =
        LinuxSocket.newSocketStream(address.getAddress() instanceof Inet6Address);
    try {
      descriptor.setReuseAddress(true);
      // What is accepted inherits these.
      descriptor.setTcpNoDelay(true);
      descriptor.setKeepAlive(true);
      descriptor.bind(address);
      descriptor.listen(NettyNetwork.BACKLOG);
    } catch (IOException failure) {
      descriptor.close();
      throw failure;
    }
    return new EpollListener(network, descriptor, encryption, acceptor);
  }

  private void watch(EpollIoOps events) {
    registration.submit(events);
  }

  @Override
  public int port() {
    return descriptor.localAddress().getPort();
  }

  @Override
  public FileDescriptor fd() {
    return descriptor;
  }

  @Override
  public void handle(IoRegistration same, IoEvent event) {
    try {
      for (int i = 0; i < ACCEPTS_PER_TURN_MAX && descriptor.isOpen(); i++) {
        int accepted = descriptor.accept(peer);
        if (accepted < 0) {
          return;
        }
        InetSocketAddress remote = NativeInetAddress.address(peer, 1, peer[0]);
        Wire wire = wire(LinuxSocket.newSocket(accepted), remote);
        network.accepted(network.socketOn(wire, encryption), acceptor);
      }
    } catch (IOException | RuntimeException _) {
      // No descriptor is left, most likely: to try again at once would spin.
      watch(EpollIoOps.EPOLLET);
      network.afterAcceptPause(() -> watch(EpollIoOps.EPOLLIN));
    }
  }

  private EpollWire wire(LinuxSocket accepted, InetSocketAddress remote) throws IOException {
    try {
      return new EpollWire(network, accepted, remote);
    } catch (RuntimeException failure) {
      accepted.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    try {
      descriptor.close();
    } catch (IOException _) {
      // It is gone all the same.
    }
    registration.cancel();
  }
}
