package naru.world.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import naru.world.Network.Encryption;
import naru.world.SocketEvents;
import naru.world.WorldFailure;
import naru.world.real.TlsOptions.Clients;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TlsTest {
  private static final List<String> BOTH = List.of("TLSv1.2", "TLSv1.3");

  @TempDir private Path folder;
  private static X509Bundle authority;
  private static X509Bundle broker;
  private final List<String> peers = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void makeCertificates() throws Exception {
    authority = root("CN=authority");
    broker = builder("CN=broker").addSanDnsName("localhost").buildIssuedBy(authority);
  }

  @BeforeEach
  void writeCertificates() throws IOException {
    write("authority", authority);
    write("broker", broker);
  }

  private static X509Bundle root(String subject) throws Exception {
    return builder(subject).setIsCertificateAuthority(true).buildSelfSigned();
  }

  private static CertificateBuilder builder(String subject) {
    return new CertificateBuilder().subject(subject).ecp256();
  }

  private void write(String name, X509Bundle bundle) throws IOException {
    Files.writeString(folder.resolve(name + ".crt"), bundle.getCertificatePathPEM());
    Files.writeString(folder.resolve(name + ".key"), bundle.getPrivateKeyPEM());
  }

  private TlsOptions options(String name, Clients clients, List<String> protocols) {
    return new TlsOptions(
        folder.resolve(name + ".crt"),
        folder.resolve(name + ".key"),
        null,
        folder.resolve("authority.crt"),
        null,
        clients,
        protocols,
        List.of(),
        List.of(),
        false,
        true,
        0,
        300);
  }

  private SSLContext client(@Nullable X509Bundle identity) throws Exception {
    return client(identity, authority);
  }

  private static SSLContext client(@Nullable X509Bundle identity, X509Bundle trusted)
      throws Exception {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("authority", trusted.getCertificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    if (identity == null) {
      keys.init(null, null);
    } else {
      keys.init(identity.toKeyStore(new char[0]), new char[0]);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static SSLSocket connect(int port, SSLContext context, String protocol)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(LiveNetwork.connect(port), "localhost", port, true);
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  private SocketEvents echo(naru.world.Socket socket) {
    return new SocketEvents() {
      @Override
      public void received(byte[] from, int offset, int count) {
        peers.add("" + socket.peerName());
        socket.write(from, offset, count);
      }

      @Override
      public void receivedAll() {
        socket.flush();
        socket.reading(socket.unsentBytes() < 1 << 20);
      }

      @Override
      public void drained() {
        socket.reading(true);
      }

      @Override
      public void closed() {}
    };
  }

  private LiveNetwork live(Transport transport, TlsOptions options) {
    LiveNetwork live = new LiveNetwork(transport);
    Tls tls = new Tls(options);
    live.between(() -> live.network.tls(tls));
    return live;
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private static void demandEcho(Socket client, int size) throws Exception {
    byte[] sent = bytes(size);
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    client.getOutputStream().write(sent);
                  } catch (IOException failure) {
                    throw new AssertionError(failure);
                  }
                });
    assertThat(Arrays.equals(client.getInputStream().readNBytes(size), sent)).isTrue();
    writer.join();
  }

  static Stream<Transport> transports() {
    return NettyNetworkTest.transports();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void bytesOfAnySizeComeBackAsTheyWere(Transport transport) throws Exception {
    try (LiveNetwork live = live(transport, options("broker", Clients.NOT_ASKED, BOTH))) {
      int port = live.listen(Encryption.REQUIRED, this::echo);
      for (String protocol : BOTH) {
        try (SSLSocket client = connect(port, client(null), protocol)) {
          for (int size : new int[] {1, 1024, 16_384, 16_385, 65_537, 1 << 20, 20_000_000}) {
            demandEcho(client, size);
          }
          assertThat(client.getSession().getProtocol()).isEqualTo(protocol);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void manyConnectionsAreServedAtOnce(Transport transport) throws Exception {
    try (LiveNetwork live = live(transport, options("broker", Clients.NOT_ASKED, BOTH))) {
      int port = live.listen(Encryption.REQUIRED, this::echo);
      SSLContext context = client(null);
      List<SSLSocket> clients = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        clients.add(connect(port, context, BOTH.get(i % 2)));
      }
      for (int i = 0; i < clients.size(); i++) {
        clients.get(i).getOutputStream().write(bytes(i + 1));
      }
      for (int i = 0; i < clients.size(); i++) {
        assertThat(clients.get(i).getInputStream().readNBytes(i + 1)).isEqualTo(bytes(i + 1));
        clients.get(i).close();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void whereItIsOfferedTheClientChooses(Transport transport) throws Exception {
    try (LiveNetwork live = live(transport, options("broker", Clients.NOT_ASKED, BOTH))) {
      int port = live.listen(Encryption.OFFERED, this::echo);
      try (Socket clear = LiveNetwork.connect(port);
          SSLSocket sealed = connect(port, client(null), "TLSv1.3")) {
        demandEcho(clear, 100_000);
        demandEcho(sealed, 100_000);
        demandEcho(clear, 1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void whereItIsRequiredClearTextIsCutOff(Transport transport) throws Exception {
    try (LiveNetwork live = live(transport, options("broker", Clients.NOT_ASKED, BOTH))) {
      int port = live.listen(Encryption.REQUIRED, this::echo);
      try (Socket clear = LiveNetwork.connect(port)) {
        clear.getOutputStream().write("PING\r\nPING\r\n".getBytes());
        byte[] answer = clear.getInputStream().readAllBytes();
        assertThat(answer.length).as("an alert, if anything").isLessThanOrEqualTo(7);
      }
      assertThat(peers).isEmpty();
      try (SSLSocket other = connect(port, client(null), "TLSv1.3")) {
        demandEcho(other, 10);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2", "TLSv1.3"})
  void aClientsCertificateSaysWhoItIs(String protocol) throws Exception {
    X509Bundle anna = builder("CN=anna,O=Naru").buildIssuedBy(authority);
    try (LiveNetwork live = live(Transport.AUTO, options("broker", Clients.REQUIRED, BOTH))) {
      int port = live.listen(Encryption.REQUIRED, this::echo);
      try (SSLSocket client = connect(port, client(anna), protocol)) {
        demandEcho(client, 5);
      }
      assertThat(peers).containsOnly("anna");
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2", "TLSv1.3"})
  void aClientWithoutACertificateIsToldSo(String protocol) throws Exception {
    X509Bundle stranger = root("CN=stranger");
    try (LiveNetwork live = live(Transport.AUTO, options("broker", Clients.REQUIRED, BOTH))) {
      int port = live.listen(Encryption.REQUIRED, this::echo);
      for (X509Bundle identity : new X509Bundle[] {null, stranger}) {
        try (SSLSocket client = connect(port, client(identity), protocol)) {
          assertThatThrownBy(
                  () -> {
                    client.getOutputStream().write(1);
                    var _ = client.getInputStream().read();
                  })
              .isInstanceOfAny(SSLException.class, SocketException.class);
        }
      }
      assertThat(peers).isEmpty();
    }
  }

  @Test
  void aCertificateMayBeLeftOutWhereItIsOptional() throws Exception {
    try (LiveNetwork live = live(Transport.AUTO, options("broker", Clients.OPTIONAL, BOTH))) {
      int port = live.listen(Encryption.REQUIRED, this::echo);
      try (SSLSocket client = connect(port, client(null), "TLSv1.3")) {
        demandEcho(client, 5);
      }
      assertThat(peers).containsOnly("null");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void aHalfClosedPeerStillGetsWhatItWasAnswered(Transport transport) throws Exception {
    try (LiveNetwork live = live(transport, options("broker", Clients.NOT_ASKED, BOTH))) {
      int port = live.listen(Encryption.REQUIRED, this::echo);
      try (SSLSocket client = connect(port, client(null), "TLSv1.3")) {
        byte[] sent = bytes(500_000);
        Thread reader = null;
        byte[][] answer = new byte[1][];
        reader =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        answer[0] = client.getInputStream().readAllBytes();
                      } catch (IOException failure) {
                        throw new AssertionError(failure);
                      }
                    });
        client.getOutputStream().write(sent);
        client.shutdownOutput();
        reader.join();
        assertThat(Arrays.equals(answer[0], sent)).isTrue();
      }
    }
  }

  @Test
  void newConnectionsAreGivenWhatWasReadAgain() throws Exception {
    try (LiveNetwork live = new LiveNetwork(Transport.AUTO)) {
      Tls tls = new Tls(options("broker", Clients.NOT_ASKED, BOTH));
      live.between(() -> live.network.tls(tls));
      int port = live.listen(Encryption.REQUIRED, this::echo);
      try (SSLSocket before = connect(port, client(null), "TLSv1.3")) {
        demandEcho(before, 5);
        write("broker", builder("CN=renewed").buildIssuedBy(authority));
        tls.reload(options("broker", Clients.NOT_ASKED, BOTH));
        try (SSLSocket after = connect(port, client(null), "TLSv1.3")) {
          demandEcho(after, 5);
          X509Certificate shown = (X509Certificate) after.getSession().getPeerCertificates()[0];
          assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=renewed");
        }
        Files.writeString(folder.resolve("broker.crt"), "nothing");
        assertThatThrownBy(() -> tls.reload(options("broker", Clients.NOT_ASKED, BOTH)))
            .isInstanceOf(WorldFailure.class);
        demandEcho(before, 5);
        try (SSLSocket still = connect(port, client(null), "TLSv1.3")) {
          demandEcho(still, 5);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void garbageHarmsItsOwnConnectionOnly(Transport transport) throws Exception {
    try (LiveNetwork live = live(transport, options("broker", Clients.NOT_ASKED, BOTH))) {
      int port = live.listen(Encryption.REQUIRED, this::echo);
      Random random = new Random(7);
      try (SSLSocket good = connect(port, client(null), "TLSv1.3")) {
        demandEcho(good, 5);
        for (int i = 0; i < 50; i++) {
          try (Socket bad = LiveNetwork.connect(port)) {
            byte[] garbage = new byte[1 + random.nextInt(5000)];
            random.nextBytes(garbage);
            if (i % 2 == 0 && garbage.length > 5) {
              garbage[0] = 22; // the head of a handshake
              garbage[1] = 3;
              garbage[2] = 1;
            }
            bad.getOutputStream().write(garbage);
            if (i % 3 == 0) {
              bad.shutdownOutput();
              readToTheEnd(bad.getInputStream());
            }
          }
        }
        demandEcho(good, 100_000);
      }
    }
  }

  private static void readToTheEnd(InputStream in) {
    try {
      in.readAllBytes();
    } catch (IOException _) {
      // A reset is an end too.
    }
  }

  @Test
  void openSslsNamesOfCiphersAreUnderstood() {
    assertThat(Tls.standardName("ECDHE-RSA-AES128-GCM-SHA256"))
        .isEqualTo("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    assertThat(Tls.standardName("ECDHE-ECDSA-CHACHA20-POLY1305"))
        .isEqualTo("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");
    assertThat(Tls.standardName("TLS_AES_128_GCM_SHA256")).isEqualTo("TLS_AES_128_GCM_SHA256");
  }

  @Test
  void keysOfEveryFormAreRead() throws Exception {
    for (X509Bundle bundle :
        List.of(
            builder("CN=rsa").rsa2048().buildIssuedBy(authority),
            builder("CN=ec").buildIssuedBy(authority),
            builder("CN=ed")
                .algorithm(CertificateBuilder.Algorithm.ed25519)
                .buildIssuedBy(authority))) {
      write("key", bundle);
      assertThat(
              PemKey.belongs(
                  PemKey.read(folder.resolve("key.key"), null),
                  bundle.getCertificate().getPublicKey()))
          .isTrue();
    }
  }

  @Test
  void whatIsWrongWithFilesIsSaid() throws Exception {
    write("other", root("CN=other"));
    Files.copy(folder.resolve("other.key"), folder.resolve("mixed.key"));
    Files.copy(folder.resolve("broker.crt"), folder.resolve("mixed.crt"));
    assertThatThrownBy(() -> new Tls(options("mixed", Clients.NOT_ASKED, BOTH)))
        .hasMessageContaining("mixed.key is not that of ");
    assertThatThrownBy(() -> new Tls(options("nosuch", Clients.NOT_ASKED, BOTH)))
        .hasMessageContaining("nosuch.crt");
    Files.writeString(folder.resolve("empty.crt"), "");
    Files.writeString(folder.resolve("empty.key"), "");
    assertThatThrownBy(() -> new Tls(options("empty", Clients.NOT_ASKED, BOTH)))
        .hasMessageContaining("there is no certificate in");
    assertThatThrownBy(() -> PemKey.read(folder.resolve("empty.key"), null))
        .hasMessageContaining("there is no private key in");
    Files.writeString(
        folder.resolve("old.key"), "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY");
    assertThatThrownBy(() -> PemKey.read(folder.resolve("old.key"), null))
        .hasMessageContaining("openssl pkcs8 -topk8");
    assertThatThrownBy(
            () -> new Tls(options("broker", Clients.NOT_ASKED, List.of("TLSv1.2", "SSLv9"))))
        .isInstanceOf(WorldFailure.class);
  }
}
