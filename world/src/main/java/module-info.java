/// The doors outside, as interfaces: clock, randomness, timers, disk, network.
module naru.world {
  requires static transitive org.jspecify;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires io.netty.transport.unix.common;
  requires java.naming;
  requires transitive naru.bytes;
  requires org.slf4j;

  exports naru.world;
  exports naru.world.real;
  exports naru.world.simulated;
}
