package naru.protocol.resp.connection;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// What a client says of itself, and how it wants to be treated: `CLIENT SETNAME` and its like.
public final class ClientIdentity {
  private static final Flag[] FLAGS = {Flag.NOSCRIPT, Flag.LOADING, Flag.STALE};

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("CLIENT ID", call -> Decision.done(Replies.integer(call.client().id())))
              .since("5.0.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Returns the unique client ID of the connection.")
              .complexity("O(1)"),
          Verb.of("CLIENT SETNAME connection-name", ClientIdentity::setName)
              .since("2.6.9")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Sets the connection name.")
              .complexity("O(1)"),
          Verb.of("CLIENT GETNAME", ClientIdentity::getName)
              .since("2.6.9")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Returns the name of the connection.")
              .complexity("O(1)"),
          Verb.of("CLIENT SETINFO <LIB-NAME libname | LIB-VER libver>", ClientIdentity::setInfo)
              .since("7.2.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Sets information specific to the client or connection.")
              .complexity("O(1)"),
          Verb.of("CLIENT REPLY <ON | OFF | SKIP>", ClientIdentity::reply)
              .since("3.2.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Instructs the server whether to reply to commands.")
              .complexity("O(1)"),
          Verb.of("CLIENT NO-EVICT <enabled= ON | OFF>", ClientIdentity::noEvict)
              .since("7.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Sets the client eviction mode of the connection.")
              .complexity("O(1)"),
          Verb.of("CLIENT NO-TOUCH <enabled= ON | OFF>", ClientIdentity::noTouch)
              .since("7.2.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary(
                  "Controls whether commands sent by the client affect the LRU/LFU of accessed"
                      + " keys.")
              .complexity("O(1)"));

  private ClientIdentity() {}

  private static Decision setName(Call call) {
    ClientNames.check(call.arg(2), "Client names");
    call.client().name(call.arg(2));
    return Decision.done(Replies.OK);
  }

  private static Decision getName(Call call) {
    Bytes name = call.client().name();
    return Decision.done(name.isEmpty() ? Replies.NULL : Replies.bulk(name));
  }

  private static Decision setInfo(Call call) {
    Bytes value = call.arg(3);
    if (call.is(2, "LIB-NAME")) {
      ClientNames.check(value, call.arg(2).printed());
      call.client().libraryName(value);
    } else if (call.is(2, "LIB-VER")) {
      ClientNames.check(value, call.arg(2).printed());
      call.client().libraryVersion(value);
    } else {
      throw new Refusal("Unrecognized option '" + call.arg(2).printed() + "'");
    }
    return Decision.done(Replies.OK);
  }

  private static Decision reply(Call call) {
    Client client = call.client();
    if (call.is(2, "ON")) {
      client.replies(Client.Replies.ON);
      return Decision.done(Replies.OK);
    }
    if (call.is(2, "OFF")) {
      client.replies(Client.Replies.OFF);
    } else if (!call.is(2, "SKIP")) {
      throw Call.syntaxError();
    } else if (client.replies() != Client.Replies.OFF) {
      client.replies(Client.Replies.SKIP_NEXT);
    }
    return Decision.done(Replies.NONE);
  }

  private static Decision noEvict(Call call) {
    call.client().evictable(!isOn(call));
    return Decision.done(Replies.OK);
  }

  private static Decision noTouch(Call call) {
    call.client().touchesKeys(!isOn(call));
    return Decision.done(Replies.OK);
  }

  private static boolean isOn(Call call) {
    if (!call.is(2, "ON") && !call.is(2, "OFF")) {
      throw Call.syntaxError();
    }
    return call.is(2, "ON");
  }
}
