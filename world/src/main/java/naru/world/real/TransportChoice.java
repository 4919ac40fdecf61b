package naru.world.real;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transport that works here, and why those before it were passed over.
///
/// Netty's classes for a transport are not touched before it is its turn: they load its native
/// library.
record TransportChoice(Transport transport, List<String> passedOver) {
  private static final String MULTISHOT_ACCEPT = "io.netty.iouring.acceptMultiShotEnabled";
  private static final List<Transport> BEST_FIRST =
      List.of(Transport.EPOLL, Transport.IO_URING, Transport.NIO);

  static TransportChoice of(Transport wanted) {
    List<String> passedOver = new ArrayList<>();
    if (wanted != Transport.AUTO && works(wanted, passedOver)) {
      return new TransportChoice(wanted, List.of());
    }
    for (Transport candidate : BEST_FIRST) {
      if (candidate != wanted && works(candidate, passedOver)) {
        return new TransportChoice(candidate, List.copyOf(passedOver));
      }
    }
    throw new AssertionError("NIO is always there");
  }

  private static boolean works(Transport transport, List<String> passedOver) {
    Throwable cause = unavailability(transport);
    if (cause != null) {
      passedOver.add(transport + ": " + rootOf(cause));
    }
    return cause == null;
  }

  private static @Nullable Throwable unavailability(Transport transport) {
    return switch (transport) {
      case IO_URING -> {
        acceptOneByOne();
        yield IoUring.unavailabilityCause();
      }
      case EPOLL -> Epoll.unavailabilityCause();
      case NIO, AUTO -> null;
    };
  }

  /// With multishot accepts Netty goes on accepting even when told to stop, and out of descriptors
  /// it spins. Must be said before its classes are loaded.
  private static void acceptOneByOne() {
    if (System.getProperty(MULTISHOT_ACCEPT) == null) {
      System.setProperty(MULTISHOT_ACCEPT, "false");
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  IoHandlerFactory handlers() {
    return switch (transport) {
      case IO_URING -> IoUringIoHandler.newFactory();
      case EPOLL -> EpollIoHandler.newFactory();
      case NIO, AUTO -> NioIoHandler.newFactory();
    };
  }

  ServerSocketChannel newServerChannel() {
    return switch (transport) {
      case IO_URING -> new IoUringServerSocketChannel();
      case EPOLL -> throw new AssertionError("epoll takes no channels");
      case NIO, AUTO -> new NioServerSocketChannel();
    };
  }
}
