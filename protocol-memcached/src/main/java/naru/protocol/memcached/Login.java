package naru.protocol.memcached;

import java.util.List;
import java.util.function.Consumer;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Failure;
import naru.engine.Key;
import naru.engine.Moment;
import naru.engine.Reply;
import naru.engine.Request;
import naru.engine.State;
import naru.protocol.memcached.wire.Line;

/// How a client says who it is: `set` of any key, whose data is a name and a password.
final class Login {
  /// Name and password.
  private static final int DATA_MAX_BYTES = 2048;

  private final Client client;

  Login(Client client) {
    this.client = client;
  }

  /// How many bytes of data the line announces, what ends them left out; -1 if it is no login.
  int announced(Line line) {
    if (line.count() < 5 || !line.is(0, "set") || !line.isUnsigned(4, 0)) {
      return -1;
    }
    long size = line.number();
    return size >= 0 && size <= DATA_MAX_BYTES ? (int) size : -1;
  }

  /// @param data the two bytes that end it included
  void decide(Bytes data) {
    client.statistics().logins++;
    int length = data.length() - 2;
    if (data.at(length) != '\r' || data.at(length + 1) != '\n') {
      client.complain("CLIENT_ERROR bad command line termination");
      return;
    }
    int space = data.slice(0, length).indexOf((byte) ' ', 0);
    if (space <= 0 || space == length - 1) {
      client.complain("CLIENT_ERROR bad authentication token format");
      return;
    }
    Bytes user = data.slice(0, space);
    Bytes password = data.slice(space + 1, length);
    switch (client.server().admission().enter(client.peer().remoteAddress(), user, password)) {
      case Admission.Verdict.Welcome(Guest guest) -> {
        client.actsFor(guest);
        client.complain("STORED");
      }
      case Admission.Verdict.Wrong(long delayMs) -> {
        client.statistics().loginErrors++;
        client.peer().submit(new WrongPassword(client, delayMs));
      }
    }
  }

  /// Tells that a password was wrong, now or later; until then nothing else is read.
  private record WrongPassword(Client client, long delayMs) implements Request, Reply {
    @Override
    public void forEachKey(Consumer<Key> visitor) {}

    @Override
    public Decision decide(State state, Moment moment) {
      return delayMs == 0
          ? Decision.done(this)
          : new Decision.Wait(List.of(), moment.wallMs() + delayMs, this);
    }

    @Override
    public void answer(Reply reply) {
      client.complain("CLIENT_ERROR authentication failure");
    }

    @Override
    public void decline(Failure failure) {
      client.say(failure);
    }

    @Override
    public Request kept() {
      return this;
    }
  }
}
