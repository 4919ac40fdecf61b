package naru.broker;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import naru.protocol.resp.setting.TlsSettings;
import naru.world.WorldFailure;
import naru.world.real.Tls;
import naru.world.real.TlsOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS as the settings want it, now and after each change of them.
final class TlsSetup {
  private static final Logger LOG = LoggerFactory.getLogger(TlsSetup.class);

  private final TlsSettings settings;
  private final Tls tls;

  /// Throws [BadSetting] when the settings do not go together or a file cannot be used.
  TlsSetup(TlsSettings settings) {
    this.settings = settings;
    try {
      tls = new Tls(options());
    } catch (WorldFailure failure) {
      throw new BadSetting("--tls-port: " + failure.getMessage());
    }
  }

  Tls tls() {
    return tls;
  }

  /// Reads the files again. Returns why that failed, as Redis says it; the log says more.
  @Nullable String reload() {
    try {
      tls.reload(options());
      LOG.info("TLS: read {} again", settings.certFile.text());
      return null;
    } catch (WorldFailure failure) {
      LOG.warn("TLS stays as it was: {}", failure.getMessage());
      return "Unable to update TLS configuration. Check server logs.";
    }
  }

  private TlsOptions options() {
    Path certificate = path(settings.certFile.text());
    Path key = path(settings.keyFile.text());
    if (certificate == null || key == null) {
      throw new WorldFailure("it needs tls-cert-file and tls-key-file");
    }
    String password = settings.keyFilePass.text();
    return new TlsOptions(
        certificate,
        key,
        password.isEmpty() ? null : password,
        path(settings.caCertFile.text()),
        path(settings.caCertDir.text()),
        clients(),
        TlsSettings.words(settings.protocols.text()),
        names(settings.ciphers.text()),
        names(settings.ciphersuites.text()),
        settings.preferServerCiphers.value(),
        settings.sessionCaching.value(),
        (int) settings.sessionCacheSize.value(),
        (int) settings.sessionCacheTimeout.value());
  }

  private TlsOptions.Clients clients() {
    return switch (settings.authClients.text()) {
      case "yes" -> TlsOptions.Clients.REQUIRED;
      case "optional" -> TlsOptions.Clients.OPTIONAL;
      default -> TlsOptions.Clients.NOT_ASKED;
    };
  }

  private static List<String> names(String text) {
    return text.isBlank() ? List.of() : List.of(text.trim().split(":"));
  }

  private static @Nullable Path path(String name) {
    try {
      return name.isEmpty() ? null : Path.of(name);
    } catch (InvalidPathException wrong) {
      throw new WorldFailure("'" + name + "' is no path");
    }
  }
}
