package naru.protocol.resp.connection;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import naru.bytes.Numbers;
import naru.engine.Refusal;
import naru.protocol.resp.acl.User;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.verb.Call;

/// Which clients are meant: the `ID 3 4 TYPE normal ADDR ip:port` of `CLIENT LIST` and `CLIENT
/// KILL`. A client is meant if it passes every filter.
final class ClientFilter {
  private static final String BAD_ID = "client-id should be greater than 0";

  private Predicate<Client> all = _ -> true;
  private boolean skipsSelf = true;

  private ClientFilter() {}

  /// Reads the filters from word `from` on, each a name and a value; `ID` may have several values.
  static ClientFilter of(Call call, int from) {
    ClientFilter filter = new ClientFilter();
    int at = from;
    while (at < call.count()) {
      if (at + 1 >= call.count()) {
        throw Call.syntaxError();
      }
      at = call.is(at, "ID") ? filter.addIds(call, at + 1) : filter.addOne(call, at);
    }
    return filter;
  }

  boolean matches(Client client) {
    return all.test(client);
  }

  /// Whether the caller itself is left out, for `CLIENT KILL`.
  boolean skipsSelf() {
    return skipsSelf;
  }

  private int addIds(Call call, int from) {
    Set<Long> ids = new HashSet<>();
    int at = from;
    while (at < call.count() && (at == from || Numbers.isLong(call.arg(at)))) {
      ids.add(call.integerBetween(at, 1, Long.MAX_VALUE, BAD_ID));
      at++;
    }
    and(client -> ids.contains(client.id()));
    return at;
  }

  private int addOne(Call call, int at) {
    String value = call.arg(at + 1).toString();
    if (call.is(at, "TYPE")) {
      and(type(call, at + 1));
    } else if (call.is(at, "ADDR")) {
      and(client -> client.peer().remoteAddress().equals(value));
    } else if (call.is(at, "LADDR")) {
      and(client -> client.peer().localAddress().equals(value));
    } else if (call.is(at, "USER")) {
      User user = call.server().access().users().find(call.arg(at + 1));
      if (user == null) {
        throw new Refusal("No such user '" + value + "'");
      }
      and(client -> client.user() == user);
    } else if (call.is(at, "MAXAGE")) {
      long seconds =
          call.integerBetween(
              at + 1, 1, Long.MAX_VALUE, "maxage is not an integer or out of range");
      long nowMs = call.nowMs();
      and(client -> (nowMs - client.createdMs()) / 1000 >= seconds);
    } else if (call.is(at, "SKIPME")) {
      skipsSelf = isYes(call, at + 1);
    } else {
      throw Call.syntaxError();
    }
    return at + 2;
  }

  private static boolean isYes(Call call, int at) {
    if (!call.is(at, "YES") && !call.is(at, "NO")) {
      throw Call.syntaxError();
    }
    return call.is(at, "YES");
  }

  private static Predicate<Client> type(Call call, int at) {
    if (call.is(at, "NORMAL")) {
      return client -> !client.isListening() && !client.isReplica();
    }
    if (call.is(at, "PUBSUB")) {
      return client -> client.isListening() && !client.isReplica();
    }
    if (call.is(at, "REPLICA") || call.is(at, "SLAVE")) {
      return Client::isReplica;
    }
    if (call.is(at, "MASTER")) {
      return _ -> false;
    }
    throw new Refusal("Unknown client type '" + call.arg(at).printed() + "'");
  }

  private void and(Predicate<Client> filter) {
    all = all.and(filter);
  }
}
