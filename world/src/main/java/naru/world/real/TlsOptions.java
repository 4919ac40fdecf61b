package naru.world.real;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How TLS is spoken, and with whom.
///
/// @param certificate a PEM file: our certificate, then those that vouch for it
/// @param key a PEM file: its private key, PKCS #8 or RSA's own form
/// @param keyPassword of an encrypted key, null if it is not
/// @param authorities a PEM file with those whose word on clients counts, null for none
/// @param authoritiesFolder a folder of such files, null for none
/// @param protocols `TLSv1.2`, `TLSv1.3`
/// @param ciphers of TLS 1.2, as OpenSSL or the standard call them; empty for what is good
/// @param suites of TLS 1.3; empty for all
/// @param prefersOwnOrder whether our order of ciphers counts, not the client's
/// @param cachesSessions whether clients may go on with a session of before
/// @param cachedSessions how many, 0 for no limit
/// @param sessionSeconds for how long
public record TlsOptions(
    Path certificate,
    Path key,
    @Nullable String keyPassword,
    @Nullable Path authorities,
    @Nullable Path authoritiesFolder,
    Clients clients,
    List<String> protocols,
    List<String> ciphers,
    List<String> suites,
    boolean prefersOwnOrder,
    boolean cachesSessions,
    int cachedSessions,
    int sessionSeconds) {
  /// Whether clients have to show a certificate.
  public enum Clients {
    REQUIRED,
    OPTIONAL,
    NOT_ASKED
  }
}
