package naru.protocol.resp.server;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;

/// How one client wants to be told that keys have changed which it may have cached.
///
/// https://redis.io/docs/latest/develop/reference/client-side-caching/
public final class ClientTracking {
  /// What was asked for.
  ///
  /// @param redirect the id of the client that is told instead, 0 for none
  public record Options(
      long redirect, boolean broadcast, boolean optIn, boolean optOut, boolean noLoop) {}

  private final Client client;
  private Options options;
  private final List<Bytes> prefixes = new ArrayList<>();
  private boolean caching;
  private boolean brokenRedirect;
  private boolean active = true;

  ClientTracking(Client client, Options options) {
    this.client = client;
    this.options = options;
  }

  Client client() {
    return client;
  }

  public Options options() {
    return options;
  }

  void options(Options newOptions) {
    options = newOptions;
    brokenRedirect = false;
  }

  /// Of which it is told all that changes, if it wants that.
  public List<Bytes> prefixes() {
    return prefixes;
  }

  /// Whether `CLIENT CACHING` was said for the command that comes next.
  public boolean isCaching() {
    return caching;
  }

  public void caching(boolean on) {
    caching = on;
  }

  /// Whether who was to be told has gone.
  public boolean isRedirectBroken() {
    return brokenRedirect;
  }

  void redirectBroken() {
    brokenRedirect = true;
  }

  boolean isActive() {
    return active;
  }

  void end() {
    active = false;
  }

  /// Whether the keys that its command reads are remembered.
  boolean remembers() {
    return active
        && !options.broadcast()
        && (!options.optIn() || caching)
        && (!options.optOut() || !caching);
  }
}
