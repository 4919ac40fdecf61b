package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslVerifyMode;

/// Clients that speak TLS, against the packed broker.
final class TlsClientsTest {
  private static final int PATIENCE_S = 30;

  @TempDir Path folder;
  private X509Bundle authority;

  @BeforeEach
  void makeCertificates() throws Exception {
    assumeFalse(Broker.isPeer(), "redis-server is not given TLS this way");
    authority =
        new CertificateBuilder()
            .subject("CN=authority")
            .ecp256()
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    write("authority", authority);
    write("broker", issued("broker"));
    write("anna", issued("anna"));
  }

  private X509Bundle issued(String name) throws Exception {
    return new CertificateBuilder()
        .subject("CN=" + name)
        .addSanDnsName("localhost")
        .ecp256()
        .buildIssuedBy(authority);
  }

  private void write(String name, X509Bundle bundle) throws IOException {
    Files.writeString(file(name + ".crt"), bundle.getCertificatePathPEM());
    Files.writeString(file(name + ".key"), bundle.getPrivateKeyPEM());
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private List<String> tls(String... more) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--tls-cert-file", file("broker.crt").toString()));
    options.addAll(List.of("--tls-key-file", file("broker.key").toString()));
    options.addAll(List.of("--tls-ca-cert-file", file("authority.crt").toString()));
    options.addAll(List.of(more));
    return options;
  }

  private Broker broker(String... more) {
    List<String> options = tls(more);
    options.addAll(List.of("--tls-port", "auto"));
    return Broker.start(options);
  }

  private String redisCli(int port, String identity, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("redis-cli", "-h", "localhost"));
    command.addAll(List.of("-p", Integer.toString(port), "--tls"));
    command.addAll(List.of("--cacert", file("authority.crt").toString()));
    if (!identity.isEmpty()) {
      command.addAll(List.of("--cert", file(identity + ".crt").toString()));
      command.addAll(List.of("--key", file(identity + ".key").toString()));
    }
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    return new String(process.getInputStream().readAllBytes()).trim();
  }

  @Test
  void redisCliShowsItsCertificate() throws Exception {
    try (Broker broker = broker()) {
      int port = broker.port("tls");
      assertThat(redisCli(port, "anna", "SET", "key", "value")).isEqualTo("OK");
      assertThat(redisCli(port, "anna", "GET", "key")).isEqualTo("value");
      assertThat(redisCli(port, "", "PING")).isNotEqualTo("PONG");
      assertThat(redisCli(port, "anna", "CONFIG", "GET", "tls-port"))
          .endsWith(Integer.toString(port));
    }
  }

  @Test
  void aCertificateNamesTheUser() throws Exception {
    try (Broker broker = broker("--tls-auth-clients-user", "cn", "--requirepass", "secret")) {
      int port = broker.port("tls");
      assertThat(redisCli(port, "anna", "PING")).as("nobody of that name yet").startsWith("NOAUTH");
      assertThat(
              redisCli(
                  port,
                  "anna",
                  "-a",
                  "secret",
                  "--no-auth-warning",
                  "ACL",
                  "SETUSER",
                  "anna",
                  "on",
                  "~a:*",
                  "+@all"))
          .isEqualTo("OK");
      assertThat(redisCli(port, "anna", "ACL", "WHOAMI")).isEqualTo("anna");
      assertThat(redisCli(port, "anna", "GET", "b:1")).startsWith("NOPERM");
    }
  }

  @Test
  void jedisAndLettuceSpeakIt() throws Exception {
    try (Broker broker = broker("--tls-auth-clients", "no")) {
      int port = broker.port("tls");
      String large = "x".repeat(3_000_000);
      try (Jedis jedis =
          new Jedis(
              "localhost",
              port,
              DefaultJedisClientConfig.builder()
                  .sslOptions(
                      redis.clients.jedis.SslOptions.builder()
                          .sslVerifyMode(SslVerifyMode.INSECURE)
                          .build())
                  .build())) {
        assertThat(jedis.set("large", large)).isEqualTo("OK");
        assertThat(jedis.get("large")).isEqualTo(large);
      }
      RedisURI uri = RedisURI.builder().withHost("localhost").withPort(port).withSsl(true).build();
      try (RedisClient client = RedisClient.create(uri)) {
        client.setOptions(
            ClientOptions.builder()
                .sslOptions(
                    SslOptions.builder().trustManager(file("authority.crt").toFile()).build())
                .build());
        var commands = client.connect().sync();
        assertThat(commands.get("large")).isEqualTo(large);
        commands.rpush("queue", "job");
        assertThat(commands.blpop(5, "queue").getValue()).isEqualTo("job");
      }
    }
  }

  @Test
  void onePortTakesBoth() throws Exception {
    int port = Broker.freePort();
    List<String> options = new ArrayList<>(List.of("--tls-port", Integer.toString(port)));
    options.addAll(tls("--tls-auth-clients", "no"));
    try (Broker broker = Broker.start(port, options);
        Jedis jedis = new Jedis("localhost", port)) {
      assertThat(jedis.set("key", "value")).isEqualTo("OK");
      assertThat(redisCli(port, "", "GET", "key")).isEqualTo("value");
      assertThat(broker.port()).isEqualTo(port);
    }
  }

  @Test
  void aRenewedCertificateIsTakenWithoutARestart() throws Exception {
    try (Broker broker = broker("--tls-auth-clients", "no")) {
      int port = broker.port("tls");
      assertThat(redisCli(port, "", "PING")).isEqualTo("PONG");
      String certificate = file("broker.crt").toString();
      Files.writeString(file("broker.crt"), "nothing");
      assertThat(redisCli(port, "", "CONFIG", "SET", "tls-cert-file", certificate))
          .contains("Unable to update TLS configuration. Check server logs.");
      assertThat(redisCli(port, "", "PING")).as("it goes on as it was").isEqualTo("PONG");
      write("broker", issued("renewed"));
      assertThat(redisCli(port, "", "CONFIG", "SET", "tls-cert-file", certificate)).isEqualTo("OK");
      assertThat(redisCli(port, "", "PING")).isEqualTo("PONG");
      assertThat(broker.output()).contains("TLS: read " + certificate + " again");
    }
  }

  @Test
  void clearTextOnThatPortIsCutOff() {
    try (Broker broker = broker("--tls-auth-clients", "no")) {
      int port = broker.port("tls");
      assertThatThrownBy(
              () -> {
                try (Jedis jedis = new Jedis("localhost", port)) {
                  jedis.ping();
                }
              })
          .isInstanceOf(RuntimeException.class);
      assertThat(broker.isAlive()).isTrue();
    }
  }
}
