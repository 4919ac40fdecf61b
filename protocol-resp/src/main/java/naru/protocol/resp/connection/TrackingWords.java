package naru.protocol.resp.connection;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Refusal;
import naru.protocol.resp.server.ClientTracking;
import naru.protocol.resp.verb.Call;
import org.jspecify.annotations.Nullable;

/// What stands behind `CLIENT TRACKING ON`.
record TrackingWords(ClientTracking.Options options, List<Bytes> prefixes) {
  private static final String NO_OVERLAP = "Prefixes for a single client must not overlap.";

  static TrackingWords read(Call call) {
    long redirect = 0;
    boolean broadcast = false;
    boolean optIn = false;
    boolean optOut = false;
    boolean noLoop = false;
    List<Bytes> prefixes = new ArrayList<>();
    for (int i = 3; i < call.count(); i++) {
      boolean more = i + 1 < call.count();
      if (call.is(i, "REDIRECT") && more) {
        redirect = redirect(call, ++i, redirect);
      } else if (call.is(i, "BCAST")) {
        broadcast = true;
      } else if (call.is(i, "OPTIN")) {
        optIn = true;
      } else if (call.is(i, "OPTOUT")) {
        optOut = true;
      } else if (call.is(i, "NOLOOP")) {
        noLoop = true;
      } else if (call.is(i, "PREFIX") && more) {
        prefixes.add(call.arg(++i));
      } else {
        throw Call.syntaxError();
      }
    }
    return new TrackingWords(
        new ClientTracking.Options(redirect, broadcast, optIn, optOut, noLoop), prefixes);
  }

  private static long redirect(Call call, int index, long before) {
    if (before != 0) {
      throw new Refusal("A client can only redirect to a single other client");
    }
    long id = call.integer(index);
    if (call.server().client(id) == null) {
      throw new Refusal("The client ID you want redirect to does not exist");
    }
    return id;
  }

  /// Refuses what contradicts itself, or what the client has asked for before.
  ///
  /// @param before null if it does not track
  void check(@Nullable ClientTracking before) {
    if (!options.broadcast() && !prefixes.isEmpty()) {
      throw new Refusal("PREFIX option requires BCAST mode to be enabled");
    }
    if (before != null && before.options().broadcast() != options.broadcast()) {
      throw new Refusal(
          "You can't switch BCAST mode on/off before disabling tracking for this client, and then"
              + " re-enabling it with a different mode.");
    }
    if (options.broadcast() && (options.optIn() || options.optOut())) {
      throw new Refusal("OPTIN and OPTOUT are not compatible with BCAST");
    }
    if (options.optIn() && options.optOut()) {
      throw new Refusal("You can't specify both OPTIN mode and OPTOUT mode");
    }
    if (before != null
        && ((options.optIn() && before.options().optOut())
            || (options.optOut() && before.options().optIn()))) {
      throw new Refusal(
          "You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and then"
              + " re-enabling it with a different mode.");
    }
    if (options.broadcast()) {
      checkOverlaps(before == null ? List.of() : before.prefixes());
    }
  }

  private void checkOverlaps(List<Bytes> existing) {
    for (int i = 0; i < prefixes.size(); i++) {
      Bytes prefix = prefixes.get(i);
      for (Bytes other : existing) {
        refuseOverlap(prefix, other, "an existing");
      }
      for (Bytes other : prefixes.subList(i + 1, prefixes.size())) {
        refuseOverlap(prefix, other, "another provided");
      }
    }
  }

  private static void refuseOverlap(Bytes prefix, Bytes other, String which) {
    if (prefix.startsWith(other) || other.startsWith(prefix)) {
      throw new Refusal(
          "Prefix '"
              + prefix.printed()
              + "' overlaps with "
              + which
              + " prefix '"
              + other.printed()
              + "'. "
              + NO_OVERLAP);
    }
  }
}
