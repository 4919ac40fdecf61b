package naru.broker;

import naru.bytes.Bytes;
import naru.protocol.memcached.Admission;
import naru.protocol.memcached.Guest;
import naru.protocol.memcached.Permission;
import naru.protocol.resp.acl.AccessControl;
import naru.protocol.resp.acl.User;
import naru.protocol.resp.acl.Users;
import naru.protocol.resp.server.RespServer;
import org.jspecify.annotations.Nullable;

/// Memcached clients are users too: the same names and passwords open, and the same rules hold.
final class UsersAdmission implements Admission {
  private final RespServer server;

  UsersAdmission(RespServer server) {
    this.server = server;
  }

  private AccessControl access() {
    return server.access();
  }

  @Override
  public boolean turnsAway(String address) {
    return server.turnsAway(address);
  }

  @Override
  public @Nullable Guest newcomer() {
    User user = access().users().defaultUser();
    return user.isOpen() ? new UserGuest(user) : null;
  }

  /// A name that is no user's stands for the default user, as where only a password is said.
  @Override
  public Verdict enter(String address, Bytes name, Bytes password) {
    Bytes user = access().users().find(name) == null ? Users.DEFAULT : name;
    User entered = access().enter(address, user, password, line(address, user));
    return entered == null
        ? new Verdict.Wrong(access().wrong(address))
        : new Verdict.Welcome(new UserGuest(entered));
  }

  private static String line(String address, Bytes user) {
    return "addr=" + address + " user=" + user.printed() + " protocol=memcached";
  }

  /// A user whom a connection acts for.
  private final class UserGuest implements Guest {
    private final User user;

    private UserGuest(User user) {
      this.user = user;
    }

    @Override
    public boolean isGone() {
      return user.isRemoved();
    }

    @Override
    public boolean isUnlimited() {
      return user.isUnlimited();
    }

    @Override
    public @Nullable String refusal(Permission permission, Bytes key, String address) {
      return access().refusal(user, permission.command(), key, line(address, user.name()));
    }
  }
}
