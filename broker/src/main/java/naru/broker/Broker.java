package naru.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import naru.engine.OpCodec;
import naru.engine.State;
import naru.log.LogListener;
import naru.log.LogSettings;
import naru.log.NoLog;
import naru.log.OpsLog;
import naru.log.Recovery;
import naru.log.RecoveryReport;
import naru.protocol.resp.RespProtocol;
import naru.protocol.resp.server.ConfigFile;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.server.Settings;
import naru.reactor.Reactor;
import naru.world.Disk;
import naru.world.WorldFailure;
import naru.world.real.NettyNetwork;
import naru.world.real.RealDisk;
import naru.world.real.SystemClock;
import naru.world.real.SystemRandomness;
import naru.world.real.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One broker put together from its parts, in the one place that knows them all.
final class Broker implements LogListener {
  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
  private static final int EXIT_FAILED = 1;

  private final SystemClock clock = new SystemClock();
  private final SystemRandomness randomness = new SystemRandomness();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final NettyNetwork network;
  private final @Nullable Disk disk;
  private final Reactor reactor;
  private int exitCode;

  private Broker(ServerCommand settings) {
    disk = settings.keepsLog() ? RealDisk.open(settings.directory) : null;
    network = new NettyNetwork(transport(settings.transport));
    network.passedOver().forEach(reason -> LOG.info("transport passed over: {}", reason));
    State state = new State(randomness.nextLong());
    reactor =
        new Reactor(
            clock, randomness, network, state, mailbox -> openLog(settings, state, mailbox));
  }

  /// Runs a broker until it is stopped; returns the exit code of the process.
  static int run(ServerCommand settings) {
    check(settings);
    Broker broker = new Broker(settings);
    try {
      broker.listen(settings);
      broker.stopOnSignal();
      broker.reactor.run();
    } finally {
      broker.close();
    }
    return broker.exitCode;
  }

  private static void check(ServerCommand settings) {
    if (settings.shards != 1) {
      throw new BadSetting("--shards is 1 for now, not " + settings.shards);
    }
    isLoopback(settings);
  }

  private static boolean isLoopback(ServerCommand settings) {
    try {
      return InetAddress.getByName(settings.bind).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new BadSetting("--bind: no such address: " + settings.bind);
    }
  }

  private static Transport transport(String name) {
    try {
      return Transport.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new BadSetting("--transport is auto, io_uring, epoll or nio, not '" + name + "'");
    }
  }

  private OpsLog openLog(ServerCommand settings, State state, Consumer<Runnable> mailbox) {
    if (disk == null) {
      return new NoLog();
    }
    LogSettings logSettings = LogSettings.DEFAULTS.with(settings.durability);
    Recovery recovery = new Recovery(disk, clock, randomness, logSettings);
    RecoveryReport report =
        recovery.replay(
            1,
            (_, payload) -> {
              while (payload.remaining() > 0) {
                OpCodec.decode(payload).applyTo(state);
              }
            });
    report(report);
    return recovery.log(mailbox, this);
  }

  private static void report(RecoveryReport report) {
    LOG.info(
        "log: {} records, {} bytes in {} ms",
        report.records(),
        report.bytes(),
        report.milliseconds());
    RecoveryReport.TornTail torn = report.tornTail();
    if (torn != null) {
      LOG.warn(
          "log: the end of {} was half written: {} bytes from offset {} were cut and kept as {}",
          torn.file(),
          torn.bytes(),
          torn.offset(),
          torn.keptAs());
    }
  }

  private void listen(ServerCommand settings) {
    StringBuilder ready = new StringBuilder();
    if (settings.respPort() >= 0) {
      RespServer server = new RespServer(reactor);
      server.process(new RunningProcess(network.transport().name().toLowerCase(Locale.ROOT)));
      configure(server, settings);
      int port = reactor.listen(settings.bind, settings.respPort(), new RespProtocol(server));
      server.settings().port.take(Integer.toString(port));
      ready.append(" resp=").append(address(settings.bind, port));
    }
    System.out.println("ready in " + seconds() + " s" + ready);
    System.out.flush();
  }

  private static void configure(RespServer server, ServerCommand settings) {
    Settings named = server.settings();
    named.bind.take(settings.bind);
    named.dir.take(settings.directory.toAbsolutePath().toString());
    named.appendonly.take(settings.keepsLog() ? "yes" : "no");
    named.appendfsync.take(settings.durability.name());
    if (settings.config != null) {
      ConfigFile file = new ConfigFile(new SettingsFile(settings.config));
      String wrong = file.load(named);
      if (wrong != null) {
        throw new BadSetting(settings.config + ", " + wrong);
      }
      server.configFile(file);
    }
    if (settings.password != null) {
      named.requirepass.take(settings.password);
    }
    if (!isLoopback(settings) && !server.needsPassword()) {
      throw new BadSetting(
          "--bind " + settings.bind + " is reachable from outside: set a --requirepass first");
    }
  }

  private static String address(String host, int port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private String seconds() {
    Instant now = Instant.ofEpochMilli(clock.wallUs() / 1000);
    Instant start = ProcessHandle.current().info().startInstant().orElse(now);
    return String.format(Locale.ROOT, "%.2f", Duration.between(start, now).toMillis() / 1000.0);
  }

  /// A signal to end lets the reactor finish its turn, syncs, and exits with 0.
  private void stopOnSignal() {
    Thread stopper =
        new Thread(
            () -> {
              reactor.inbox().accept(reactor::stop);
              awaitEnd();
              Runtime.getRuntime().halt(exitCode);
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(stopper);
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void close() {
    try {
      reactor.close();
      network.close();
      if (disk != null) {
        disk.close();
      }
    } catch (WorldFailure failure) {
      LOG.error("while stopping: {}", failure.getMessage());
      exitCode = EXIT_FAILED;
    }
    ended.countDown();
  }

  @Override
  public void safe(long position) {
    // The reactor looks at the log at the end of each turn.
  }

  @Override
  public void failed(WorldFailure failure) {
    LOG.error(
        "the log can no longer be written, so nothing is acknowledged: stopping. {}",
        failure.getMessage());
    exitCode = EXIT_FAILED;
    reactor.stop();
  }
}
