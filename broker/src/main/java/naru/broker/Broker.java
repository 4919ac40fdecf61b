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
  private final Settings settings;
  private final @Nullable ConfigFile configFile;
  private final NettyNetwork network;
  private final @Nullable Disk disk;
  private final Reactor reactor;
  private int exitCode;

  private Broker(ServerCommand command) {
    settings = new Settings();
    configFile = configure(settings, command);
    disk = command.keepsLog() ? RealDisk.open(command.directory) : null;
    network = new NettyNetwork(transport(command.transport));
    network.passedOver().forEach(reason -> LOG.info("transport passed over: {}", reason));
    State state = new State(randomness.nextLong());
    state.packedLimits(settings.packedLimits());
    reactor =
        new Reactor(clock, randomness, network, state, mailbox -> openLog(command, state, mailbox));
  }

  /// Runs a broker until it is stopped; returns the exit code of the process.
  static int run(ServerCommand command) {
    check(command);
    Broker broker = new Broker(command);
    try {
      broker.listen(command);
      broker.stopOnSignal();
      broker.reactor.run();
    } finally {
      broker.close();
    }
    return broker.exitCode;
  }

  private static void check(ServerCommand command) {
    if (command.shards != 1) {
      throw new BadSetting("--shards is 1 for now, not " + command.shards);
    }
    isLoopback(command);
  }

  private static boolean isLoopback(ServerCommand command) {
    try {
      return InetAddress.getByName(command.bind).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new BadSetting("--bind: no such address: " + command.bind);
    }
  }

  private static Transport transport(String name) {
    try {
      return Transport.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new BadSetting("--transport is auto, io_uring, epoll or nio, not '" + name + "'");
    }
  }

  private OpsLog openLog(ServerCommand command, State state, Consumer<Runnable> mailbox) {
    if (disk == null) {
      return new NoLog();
    }
    LogSettings logSettings = LogSettings.DEFAULTS.with(command.durability);
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

  private void listen(ServerCommand command) {
    StringBuilder ready = new StringBuilder();
    if (command.respPort() >= 0) {
      RespServer server = new RespServer(reactor, settings);
      server.process(new RunningProcess(network.transport().name().toLowerCase(Locale.ROOT)));
      if (configFile != null) {
        server.configFile(configFile);
      }
      int port = reactor.listen(command.bind, command.respPort(), new RespProtocol(server));
      settings.port.take(Integer.toString(port));
      ready.append(" resp=").append(address(command.bind, port));
    }
    System.out.println("ready in " + seconds() + " s" + ready);
    System.out.flush();
  }

  /// Takes what the command line and the file that it names say. Returns that file, null for none.
  private static @Nullable ConfigFile configure(Settings settings, ServerCommand command) {
    settings.bind.take(command.bind);
    settings.dir.take(command.directory.toAbsolutePath().toString());
    settings.appendonly.take(command.keepsLog() ? "yes" : "no");
    settings.appendfsync.take(command.durability.name());
    ConfigFile file = null;
    if (command.config != null) {
      file = new ConfigFile(new SettingsFile(command.config));
      String wrong = file.load(settings);
      if (wrong != null) {
        throw new BadSetting(command.config + ", " + wrong);
      }
    }
    if (command.password != null) {
      settings.requirepass.take(command.password);
    }
    if (!isLoopback(command) && settings.requirepass.text().isEmpty()) {
      throw new BadSetting(
          "--bind " + command.bind + " is reachable from outside: set a --requirepass first");
    }
    return file;
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
