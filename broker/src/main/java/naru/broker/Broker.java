package naru.broker;

import java.lang.management.ManagementFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import naru.engine.State;
import naru.log.LogListener;
import naru.log.LogSettings;
import naru.log.NoLog;
import naru.log.OpsLog;
import naru.log.Recovery;
import naru.log.RecoveryReport;
import naru.protocol.memcached.MemcachedProtocol;
import naru.protocol.memcached.MemcachedServer;
import naru.protocol.memcached.MemcachedSettings;
import naru.protocol.resp.RespProtocol;
import naru.protocol.resp.acl.Users;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.setting.ConfigFile;
import naru.protocol.resp.setting.Settings;
import naru.reactor.Protocol;
import naru.reactor.Reactor;
import naru.reactor.StateReplay;
import naru.world.Disk;
import naru.world.Network.Encryption;
import naru.world.WorldFailure;
import naru.world.real.NettyNetwork;
import naru.world.real.RealDisk;
import naru.world.real.SocketDialer;
import naru.world.real.SystemClock;
import naru.world.real.SystemRandomness;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One broker put together from its parts, in the one place that knows them all.
final class Broker implements LogListener {
  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
  private static final int EXIT_FAILED = 1;

  /// Under this the reactor waits for a sync: it is no longer than what else may take a turn.
  private static final long QUICK_SYNC_NS = 1_000_000;

  private final SystemClock clock = new SystemClock();
  private final SystemRandomness randomness = new SystemRandomness();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Settings settings;
  private final Users users;
  private final @Nullable ConfigFile configFile;
  private final @Nullable TlsSetup tls;
  private final NettyNetwork network;
  private final @Nullable Disk disk;
  private final Reactor reactor;
  private @Nullable RecoveryReport recovered;
  private int exitCode;

  private Broker(Configuration configuration, ServerOptions options) {
    settings = configuration.settings();
    users = users(configuration);
    configFile = configuration.file();
    tls = options.tlsPort() < 0 ? null : new TlsSetup(settings.tls);
    if (tls != null) {
      settings.applyTogether(settings.tls.all(), tls::reload);
    }
    disk = options.keepsLog() ? RealDisk.open(options.directory()) : null;
    network = new NettyNetwork(options.transport());
    State state = new State(randomness.nextLong());
    state.packedLimits(settings.packedLimits());
    RespServer.noteUse(settings, state);
    state.observe(clock.wallUs() / 1000);
    reactor =
        new Reactor(clock, randomness, network, state, mailbox -> openLog(options, state, mailbox));
    reactor.streamStorage().whenUnsaid(streamMemoryUnsaidBytes());
  }

  /// Runs a broker until it is stopped; returns the exit code of the process.
  static int run(Configuration configuration, ServerOptions options) {
    Broker broker = new Broker(configuration, options);
    try {
      configuration.withoutEffect().forEach(what -> LOG.info("without effect here: {}", what));
      broker.listen(options);
      broker.report();
      broker.stopOnSignal();
      broker.turn();
    } finally {
      broker.close();
    }
    return broker.exitCode;
  }

  /// What is thrown here is nobody's request but a fault of ours: it is told, and the process ends
  /// with an exit code that says so.
  private void turn() {
    try {
      reactor.run();
    } catch (RuntimeException | Error fault) {
      exitCode = EXIT_FAILED;
      LOG.error("stopping after a fault", fault);
    }
  }

  private OpsLog openLog(ServerOptions options, State state, Consumer<Runnable> mailbox) {
    if (disk == null) {
      return new NoLog();
    }
    LogSettings logSettings =
        LogSettings.DEFAULTS
            .with(options.durability())
            .withQuickSyncs(QUICK_SYNC_NS)
            .withReserve(settings.diskReserve.bytes());
    Recovery recovery = new Recovery(disk, clock, randomness, logSettings);
    long streamMemoryBytes = settings.streamMemory.bytes();
    RecoveryReport report =
        recovery.replay(
            new StateReplay(
                state, streamMemoryBytes == 0 ? streamMemoryUnsaidBytes() : streamMemoryBytes));
    recovered = report;
    warnOf(report.tornTail());
    return recovery.log(mailbox, this);
  }

  /// A quarter of the heap.
  private static long streamMemoryUnsaidBytes() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  /// What is worth to know of a start that went well; of one that did not, its reason stands alone.
  private void report() {
    network.passedOver().forEach(reason -> LOG.info("transport passed over: {}", reason));
    if (recovered != null) {
      report(recovered.snapshot());
      recovered.leftOver().forEach(name -> LOG.warn("{} was never finished: deleted", name));
      LOG.info(
          "log: {} records, {} bytes in {} ms",
          recovered.records(),
          recovered.bytes(),
          recovered.milliseconds());
    }
  }

  private static void report(RecoveryReport.@Nullable Snapshot snapshot) {
    if (snapshot != null) {
      LOG.info(
          "{}: {} keys, {} bytes in {} ms",
          snapshot.file(),
          snapshot.entries(),
          snapshot.bytes(),
          snapshot.milliseconds());
    }
  }

  private static void warnOf(RecoveryReport.@Nullable TornTail torn) {
    if (torn != null) {
      LOG.warn(
          "log: the end of {} was half written: {} bytes from offset {} were cut and kept as {}",
          torn.file(),
          torn.bytes(),
          torn.offset(),
          torn.keptAs());
    }
  }

  private void listen(ServerOptions options) {
    StringBuilder ready = new StringBuilder();
    // It is there without its ports, too: settings and users are its affair.
    RespServer server = respServer();
    if (options.respPort() >= 0 || options.tlsPort() >= 0) {
      listenForResp(server, options, ready);
    }
    server.replication().start(new SocketDialer());
    if (options.memcachedPort() >= 0) {
      listenForMemcached(options, server, ready);
    }
    System.out.println("ready in " + seconds() + " s" + ready);
    System.out.flush();
  }

  private RespServer respServer() {
    RespServer server = new RespServer(reactor, settings, users);
    server.secrets(new SecureRandom()::nextLong);
    if (!settings.aclfile.text().isEmpty()) {
      server.access().file(new AclFile(Path.of(settings.aclfile.text())));
    }
    server.scripts().stackBytes(RunningProcess.mainStackBytes() * 3 / 4);
    if (!reactor.shard().state().libraries().texts().isEmpty()) {
      server.scripts().functions(server).loadAll();
    }
    server.process(new RunningProcess(network.transport().name().toLowerCase(Locale.ROOT)));
    if (configFile != null) {
      server.configFile(configFile);
    }
    return server;
  }

  /// In clear text, with TLS, or where both have the same port as the client likes.
  private void listenForResp(RespServer server, ServerOptions options, StringBuilder ready) {
    boolean isShared = options.tlsPort() > 0 && options.tlsPort() == options.respPort();
    if (tls != null) {
      network.tls(tls.tls());
    }
    int port = options.respPort();
    int tlsPort = options.tlsPort();
    for (ServerOptions.Address address : options.addresses()) {
      Protocol protocol = new RespProtocol(server);
      if (port >= 0) {
        Encryption encryption = isShared ? Encryption.OFFERED : Encryption.NONE;
        port = listen(address, port, encryption, protocol, protocol.name(), ready);
      }
      if (tlsPort >= 0 && !isShared) {
        tlsPort = listen(address, tlsPort, Encryption.REQUIRED, protocol, "tls", ready);
      }
    }
    settings.port.take(Integer.toString(Math.max(0, port)));
    settings.tls.port.take(Integer.toString(Math.max(0, tlsPort)));
  }

  private void listenForMemcached(
      ServerOptions options, RespServer respServer, StringBuilder ready) {
    MemcachedServer server =
        new MemcachedServer(
            reactor,
            new MemcachedSettings(options.itemMaxBytes(), () -> (int) settings.maxclients.value()),
            new UsersAdmission(respServer),
            ProcessHandle.current().pid());
    respServer.otherClients(server::connections);
    int port = options.memcachedPort();
    for (ServerOptions.Address address : options.addresses()) {
      Protocol protocol = new MemcachedProtocol(server);
      port = listen(address, port, Encryption.NONE, protocol, protocol.name(), ready);
    }
    server.port(port);
  }

  /// Listens on one address; returns the port that the next one has too.
  private int listen(
      ServerOptions.Address address,
      int port,
      Encryption encryption,
      Protocol protocol,
      String name,
      StringBuilder ready) {
    int actual;
    try {
      actual = reactor.listen(address.host(), port, encryption, protocol);
    } catch (WorldFailure failure) {
      if (address.isOptional()) {
        LOG.info("{}", failure.getMessage());
        return port;
      }
      throw failure;
    }
    ready.append(' ').append(name).append('=').append(address(address.host(), actual));
    return actual;
  }

  /// The settings that show what the options say. Throws [BadSetting] if they do not go together.
  static void configure(Configuration configuration, ServerOptions options) {
    Settings settings = configuration.settings();
    configuration.follows(settings.bind, options.bind(), "bind");
    configuration.follows(
        settings.port, Integer.toString(Math.max(0, options.respPort())), "resp-port");
    configuration.follows(
        settings.tls.port, Integer.toString(Math.max(0, options.tlsPort())), "tls-port");
    configuration.follows(settings.dir, options.directory().toAbsolutePath().toString(), "dir");
    configuration.follows(settings.appendonly, options.keepsLog() ? "yes" : "no", "log");
    configuration.follows(settings.appendfsync, options.durability().name(), "fsync");
    boolean isOpen = users(configuration).defaultUser().isOpen();
    for (ServerOptions.Address address : options.addresses()) {
      if (!address.isLoopback() && isOpen && settings.protectedMode.value()) {
        throw new BadSetting(
            "--bind " + address.host() + " is reachable from outside: set a --requirepass first");
      }
    }
  }

  /// The users that settings and files make. Throws [BadSetting] if something is wrong with them.
  private static Users users(Configuration configuration) {
    Settings settings = configuration.settings();
    Users users = RespServer.newUsers(settings);
    String file = settings.aclfile.text();
    if (!file.isEmpty() && !configuration.users().isEmpty()) {
      throw new BadSetting("users stand in the settings or in an aclfile, not in both");
    }
    List<Told> told = configuration.users();
    String wrong =
        users.configure(told.stream().map(Told::value).toList(), i -> told.get(i).origin());
    if (wrong != null) {
      throw new BadSetting(wrong);
    }
    if (!file.isEmpty()) {
      try {
        String wrongInFile = users.load(file, new AclFile(Path.of(file)).read());
        if (wrongInFile != null) {
          throw new BadSetting("aclfile: " + wrongInFile);
        }
      } catch (WorldFailure | InvalidPathException failure) {
        throw new BadSetting("aclfile: " + failure.getMessage());
      }
    }
    return users;
  }

  private static String address(String host, int port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /// Since the virtual machine began. (When the process did is only told to the second.)
  private static String seconds() {
    long uptimeMs = ManagementFactory.getRuntimeMXBean().getUptime();
    return String.format(Locale.ROOT, "%.2f", uptimeMs / 1000.0);
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
    } finally {
      ended.countDown();
    }
  }

  @Override
  public void safe(long position) {
    // The reactor looks at the log at the end of each turn.
  }

  @Override
  public void roomChanged(boolean hasRoom) {
    if (hasRoom) {
      LOG.info("the disk of the log has room again: writing goes on");
    } else {
      LOG.warn(
          "the disk of the log is full: commands that write are refused until {} has {} bytes of"
              + " room and a little more",
          disk == null ? "it" : disk.location(),
          settings.diskReserve.bytes());
    }
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
