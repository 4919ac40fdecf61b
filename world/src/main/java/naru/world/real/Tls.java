package naru.world.real;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import naru.world.WorldFailure;
import org.jspecify.annotations.Nullable;

/// Who we are on connections with TLS: certificates, keys, and what is agreed to.
///
/// Can be read again while the broker runs: connections that are there go on as they are, new ones
/// begin with what was read.
public final class Tls {
  private static final Pattern OPENSSL_NAME =
      Pattern.compile("(ECDHE|DHE)-(RSA|ECDSA)-(?:AES(128|256)-GCM-(SHA256|SHA384)|CHACHA20-.*)");

  static {
    // A client that asks for ever new handshakes on one connection only costs.
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  private volatile Prepared prepared;

  private record Prepared(SSLContext context, SSLParameters parameters, boolean cachesSessions) {
    SSLEngine newEngine() {
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(false);
      engine.setSSLParameters(parameters);
      return engine;
    }
  }

  /// Throws [WorldFailure] when the files cannot be read or the options make no sense.
  public Tls(TlsOptions options) {
    prepared = prepare(options);
  }

  /// Takes other options for the connections to come, or throws [WorldFailure] and keeps what it
  /// has.
  public void reload(TlsOptions options) {
    prepared = prepare(options);
  }

  SSLEngine newEngine() {
    return prepared.newEngine();
  }

  /// A handshake is over: whether its session may be gone on with is known.
  void shaken(SSLSession session) {
    if (!prepared.cachesSessions()) {
      session.invalidate();
    }
  }

  /// The common name of the certificate that the peer has shown; null if it has shown none.
  static @Nullable String peerName(SSLSession session) {
    try {
      X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
      for (Rdn part : new LdapName(shown.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          return part.getValue().toString();
        }
      }
      return null;
    } catch (SSLPeerUnverifiedException | InvalidNameException _) {
      return null;
    }
  }

  private static Prepared prepare(TlsOptions options) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(options).getKeyManagers(), authorities(options).getTrustManagers(), null);
      context.getServerSessionContext().setSessionCacheSize(options.cachedSessions());
      context.getServerSessionContext().setSessionTimeout(options.sessionSeconds());
      Prepared fresh =
          new Prepared(context, parameters(context, options), options.cachesSessions());
      var _ = fresh.newEngine();
      return fresh;
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      throw new WorldFailure("TLS cannot be set up: " + wrong.getMessage());
    }
  }

  private static KeyManagerFactory keys(TlsOptions options) throws GeneralSecurityException {
    Certificate[] chain = certificates(options.certificate()).toArray(new Certificate[0]);
    PrivateKey key = PemKey.read(options.key(), options.keyPassword());
    char[] password = new char[0];
    KeyStore store = emptyStore();
    store.setKeyEntry("broker", key, password, chain);
    demandPair((X509Certificate) chain[0], key, options);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory;
  }

  /// Else the first client would find out.
  private static void demandPair(X509Certificate certificate, PrivateKey key, TlsOptions options) {
    if (!PemKey.belongs(key, certificate.getPublicKey())) {
      throw new WorldFailure(
          "the key in " + options.key() + " is not that of " + options.certificate());
    }
  }

  private static TrustManagerFactory authorities(TlsOptions options)
      throws GeneralSecurityException {
    List<Certificate> trusted = new ArrayList<>();
    if (options.authorities() != null) {
      trusted.addAll(certificates(options.authorities()));
    }
    if (options.authoritiesFolder() != null) {
      for (Path file : filesIn(options.authoritiesFolder())) {
        trusted.addAll(certificates(file));
      }
    }
    if (trusted.isEmpty() && options.clients() != TlsOptions.Clients.NOT_ASKED) {
      throw new WorldFailure(
          "TLS asks clients for certificates, but nobody is trusted to sign them");
    }
    KeyStore store = emptyStore();
    for (Certificate authority : trusted) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException failure) {
      throw new AssertionError("nothing is read", failure);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new WorldFailure("there is no certificate in " + file);
      }
      return found;
    } catch (IOException failure) {
      throw new WorldFailure("read " + file, failure);
    }
  }

  private static List<Path> filesIn(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      entries.forEach(files::add);
    } catch (IOException failure) {
      throw new WorldFailure("read " + folder, failure);
    }
    return files;
  }

  private static SSLParameters parameters(SSLContext context, TlsOptions options) {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(options.protocols().toArray(new String[0]));
    parameters.setUseCipherSuitesOrder(options.prefersOwnOrder());
    switch (options.clients()) {
      case REQUIRED -> parameters.setNeedClientAuth(true);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case NOT_ASKED -> parameters.setWantClientAuth(false);
    }
    parameters.setCipherSuites(suites(parameters.getCipherSuites(), options));
    return parameters;
  }

  /// What was asked for, and for the version that nothing was asked for, what is good.
  private static String[] suites(String[] good, TlsOptions options) {
    List<String> chosen = new ArrayList<>();
    options.suites().forEach(chosen::add);
    options.ciphers().forEach(name -> chosen.add(standardName(name)));
    for (String suite : good) {
      boolean isNew = !suite.contains("_WITH_");
      if ((isNew ? options.suites() : options.ciphers()).isEmpty()) {
        chosen.add(suite);
      }
    }
    return chosen.toArray(new String[0]);
  }

  /// `ECDHE-RSA-AES128-GCM-SHA256` is `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`.
  static String standardName(String name) {
    Matcher matcher = OPENSSL_NAME.matcher(name);
    if (!matcher.matches()) {
      return name;
    }
    String cipher =
        matcher.group(3) == null
            ? "CHACHA20_POLY1305_SHA256"
            : "AES_" + matcher.group(3) + "_GCM_" + matcher.group(4);
    return "TLS_" + matcher.group(1) + "_" + matcher.group(2) + "_WITH_" + cipher;
  }

  /// Which of the protocols' names are none that can be spoken here.
  public static List<String> unknownProtocols(List<String> names) {
    List<String> known = Arrays.asList("TLSv1.2", "TLSv1.3");
    return names.stream().filter(name -> !known.contains(name)).toList();
  }
}
