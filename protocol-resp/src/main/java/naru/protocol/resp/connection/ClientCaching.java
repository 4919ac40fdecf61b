package naru.protocol.resp.connection;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.ClientTracking;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// `CLIENT TRACKING` and its kin: being told of changes of keys that the client keeps copies of.
public final class ClientCaching {
  public static final List<Verb> VERBS =
      List.of(
          Verb.of("CLIENT CACHING <YES | NO>", ClientCaching::caching)
              .since("6.0.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Instructs the server whether to track the keys in the next request.")
              .complexity("O(1)"),
          Verb.of("CLIENT GETREDIR", ClientCaching::redirect)
              .since("6.0.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary(
                  "Returns the client ID to which the connection's tracking notifications are"
                      + " redirected.")
              .complexity("O(1)"),
          Verb.of(
                  "CLIENT TRACKING <status= ON | OFF> [REDIRECT client-id] [PREFIX prefix [PREFIX"
                      + " prefix ...]] [BCAST] [OPTIN] [OPTOUT] [NOLOOP]",
                  ClientCaching::tracking)
              .since("6.0.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Controls server-assisted client-side caching for the connection.")
              .complexity("O(1). Some options may introduce additional complexity."),
          Verb.of("CLIENT TRACKINGINFO", ClientCaching::trackingState)
              .since("6.2.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary(
                  "Returns information about server-assisted client-side caching for the"
                      + " connection.")
              .complexity("O(1)"));

  private ClientCaching() {}

  private static Decision tracking(Call call) {
    TrackingWords words = TrackingWords.read(call);
    if (call.is(2, "ON")) {
      words.check(call.client().tracking());
      call.server().tracking().begin(call.client(), words.options(), words.prefixes());
    } else if (call.is(2, "OFF")) {
      call.server().tracking().end(call.client());
    } else {
      throw Call.syntaxError();
    }
    return Decision.done(Replies.OK);
  }

  private static Decision caching(Call call) {
    ClientTracking tracking = call.client().tracking();
    if (tracking == null) {
      throw new Refusal(
          "CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or"
              + " OPTOUT mode enabled");
    }
    if (call.is(2, "YES")) {
      if (!tracking.options().optIn()) {
        throw new Refusal(
            "CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
      }
    } else if (call.is(2, "NO")) {
      if (!tracking.options().optOut()) {
        throw new Refusal(
            "CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
      }
    } else {
      throw Call.syntaxError();
    }
    tracking.caching(true);
    return Decision.done(Replies.OK);
  }

  private static Decision redirect(Call call) {
    ClientTracking tracking = call.client().tracking();
    return Decision.done(Replies.integer(tracking == null ? -1 : tracking.options().redirect()));
  }

  private static Decision trackingState(Call call) {
    Client client = call.client();
    ClientTracking tracking = client.tracking();
    List<String> flags = tracking == null ? List.of("off") : flags(tracking, call.server());
    List<Bytes> prefixes =
        tracking == null ? List.of() : tracking.prefixes().stream().sorted().toList();
    return Decision.done(
        Replies.of(
            out -> {
              out.map(3);
              out.bulk("flags");
              out.set(flags.size());
              flags.forEach(out::bulk);
              out.bulk("redirect");
              out.integer(tracking == null ? -1 : tracking.options().redirect());
              out.bulk("prefixes");
              out.array(prefixes.size());
              prefixes.forEach(out::bulk);
            }));
  }

  private static List<String> flags(ClientTracking tracking, RespServer server) {
    ClientTracking.Options options = tracking.options();
    List<String> flags = new ArrayList<>(List.of("on"));
    add(flags, options.broadcast(), "bcast");
    add(flags, options.optIn(), "optin");
    add(flags, options.optIn() && tracking.isCaching(), "caching-yes");
    add(flags, options.optOut(), "optout");
    add(flags, options.optOut() && tracking.isCaching(), "caching-no");
    add(flags, options.noLoop(), "noloop");
    boolean broken = options.redirect() != 0 && server.client(options.redirect()) == null;
    add(flags, broken || tracking.isRedirectBroken(), "broken_redirect");
    return flags;
  }

  private static void add(List<String> flags, boolean applies, String flag) {
    if (applies) {
      flags.add(flag);
    }
  }
}
