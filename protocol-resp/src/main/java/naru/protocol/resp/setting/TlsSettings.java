package naru.protocol.resp.setting;

import java.util.List;

/// The settings of TLS, under their Redis names.
public final class TlsSettings {
  private static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

  public final NumberSetting port;
  public final TextSetting certFile;
  public final TextSetting keyFile;
  public final TextSetting keyFilePass;
  public final TextSetting caCertFile;
  public final TextSetting caCertDir;
  public final ChoiceSetting authClients;
  public final ChoiceSetting authClientsUser;
  public final TextSetting protocols;
  public final TextSetting ciphers;
  public final TextSetting ciphersuites;
  public final BoolSetting preferServerCiphers;
  public final BoolSetting sessionCaching;
  public final NumberSetting sessionCacheSize;
  public final NumberSetting sessionCacheTimeout;

  TlsSettings(Settings all) {
    port =
        all.fixed(
            new NumberSetting(
                "tls-port", 0, 0, 65_535, "Port for Redis clients with TLS. Set by --tls-port."));
    certFile =
        all.text("tls-cert-file", "", "a PEM file", "Our certificate, and who vouches for it.");
    keyFile = all.text("tls-key-file", "", "a PEM file", "The private key of our certificate.");
    keyFilePass = all.text("tls-key-file-pass", "", "any text", "Password of an encrypted key.");
    caCertFile =
        all.text(
            "tls-ca-cert-file", "", "a PEM file", "Whose word on clients' certificates counts.");
    caCertDir = all.text("tls-ca-cert-dir", "", "a folder", "A folder of such files.");
    authClients =
        all.add(
            new ChoiceSetting(
                "tls-auth-clients",
                List.of("yes", "no", "optional"),
                "Whether clients with TLS have to show a certificate."));
    authClientsUser =
        all.add(
            new ChoiceSetting(
                "tls-auth-clients-user",
                List.of("off", "cn"),
                "cn: a client is the user whose name its certificate has, without a password."));
    protocols =
        all.text(
                "tls-protocols",
                "TLSv1.2 TLSv1.3",
                "some of TLSv1.2 TLSv1.3",
                "Which versions of TLS are spoken.")
            .checkedBy(
                text ->
                    PROTOCOLS.containsAll(words(text)) && !words(text).isEmpty()
                        ? null
                        : "Invalid tls-protocols specified. Use a combination of " + PROTOCOLS);
    ciphers =
        all.text(
            "tls-ciphers",
            "",
            "names with : between them",
            "Ciphers of TLS 1.2, as OpenSSL or the standard call them; empty: all good ones.");
    ciphersuites =
        all.text(
            "tls-ciphersuites", "", "names with : between them", "Ciphers of TLS 1.3; empty: all.");
    preferServerCiphers =
        all.add(
            new BoolSetting(
                "tls-prefer-server-ciphers", false, "Whether our order of ciphers counts."));
    sessionCaching =
        all.add(
            new BoolSetting(
                "tls-session-caching", true, "Whether a client may go on with a session."));
    sessionCacheSize =
        all.number(
            "tls-session-cache-size", 20_480, 0, Integer.MAX_VALUE, "How many; 0: no limit.");
    sessionCacheTimeout =
        all.number("tls-session-cache-timeout", 300, 0, Integer.MAX_VALUE, "For how many seconds.");
  }

  /// Those that make a difference to new connections, all at once.
  public List<Setting> all() {
    return List.of(
        certFile,
        keyFile,
        keyFilePass,
        caCertFile,
        caCertDir,
        authClients,
        protocols,
        ciphers,
        ciphersuites,
        preferServerCiphers,
        sessionCaching,
        sessionCacheSize,
        sessionCacheTimeout);
  }

  /// The words of a list with spaces between them.
  public static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
  }
}
