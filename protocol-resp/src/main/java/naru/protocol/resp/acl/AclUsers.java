package naru.protocol.resp.acl;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.RespWriter;
import naru.world.WorldFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looking at users, and changing them.
public final class AclUsers {
  private static final Logger LOG = LoggerFactory.getLogger(AclUsers.class);
  private static final Flag[] FLAGS = {Flag.NOSCRIPT, Flag.LOADING, Flag.STALE};
  private static final String NO_FILE =
      "This Redis instance is not configured to use an ACL file. You may want to specify users via"
          + " the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a Redis"
          + " configuration file set) in order to store users in the Redis configuration.";

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("ACL DELUSER username [username ...]", AclUsers::delete)
              .since("6.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .secret()
              .summary("Deletes ACL users, and terminates their connections.")
              .complexity("O(1) amortized time considering the typical user."),
          Verb.of("ACL GETUSER username", AclUsers::get)
              .since("6.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .secret()
              .summary("Lists the ACL rules of a user.")
              .complexity(
                  "O(N). Where N is the number of password, command and pattern rules that the user"
                      + " has."),
          Verb.of("ACL LIST", AclUsers::list)
              .since("6.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Dumps the effective rules in ACL file format.")
              .complexity("O(N). Where N is the number of configured users."),
          Verb.of("ACL LOAD", AclUsers::load)
              .since("6.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Reloads the rules from the configured ACL file.")
              .complexity("O(N). Where N is the number of configured users."),
          Verb.of("ACL SAVE", AclUsers::save)
              .since("6.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Saves the effective ACL rules in the configured ACL file.")
              .complexity("O(N). Where N is the number of configured users."),
          Verb.of("ACL SETUSER username [rule [rule ...]]", AclUsers::set)
              .since("6.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .secret()
              .summary("Creates and modifies an ACL user and its rules.")
              .complexity("O(N). Where N is the number of rules provided."),
          Verb.of("ACL USERS", AclUsers::names)
              .since("6.0.0")
              .flags(Flag.ADMIN, FLAGS)
              .summary("Lists all ACL users.")
              .complexity("O(N). Where N is the number of configured users."),
          Verb.of("ACL WHOAMI", AclUsers::whoAmI)
              .since("6.0.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Returns the authenticated username of the current connection.")
              .complexity("O(1)"));

  private AclUsers() {}

  private static Decision set(Call call) {
    List<Bytes> rules = call.words().from(3);
    call.server().access().change(call.arg(2), rules, call.client());
    return Decision.done(Replies.OK);
  }

  private static Decision delete(Call call) {
    for (Bytes name : call.words().from(2)) {
      if (name.equals(Users.DEFAULT)) {
        throw new Refusal("The 'default' user cannot be removed");
      }
    }
    int removed = 0;
    for (Bytes name : call.words().from(2)) {
      removed += call.server().access().remove(name, call.client()) ? 1 : 0;
    }
    return Decision.done(Replies.integer(removed));
  }

  private static Decision get(Call call) {
    User user = call.server().access().users().find(call.arg(2));
    return Decision.done(user == null ? Replies.NULL : Replies.of(out -> write(user, out)));
  }

  private static void write(User user, RespWriter out) {
    out.map(6);
    out.bulk("flags");
    out.set(user.flags().size());
    user.flags().forEach(out::bulk);
    out.bulk("passwords");
    out.array(user.passwords().size());
    user.passwords().forEach(out::bulk);
    write(user.root(), out);
    out.bulk("selectors");
    out.array(user.others().size());
    for (Selector selector : user.others()) {
      out.map(3);
      write(selector, out);
    }
  }

  private static void write(Selector selector, RespWriter out) {
    out.bulk("commands");
    out.bulk(Latin.bytes(selector.commands.text()));
    out.bulk("keys");
    out.bulk(Latin.bytes(selector.keysText()));
    out.bulk("channels");
    out.bulk(Latin.bytes(selector.channelsText()));
  }

  private static Decision list(Call call) {
    return Decision.done(Replies.bulks(call.server().access().users().lines()));
  }

  private static Decision names(Call call) {
    List<Bytes> names = call.server().access().users().all().stream().map(User::name).toList();
    return Decision.done(Replies.bulks(names));
  }

  private static Decision whoAmI(Call call) {
    return Decision.done(Replies.bulk(call.client().user().name()));
  }

  private static Decision load(Call call) {
    AccessControl access = call.server().access();
    if (!access.hasFile()) {
      throw new Refusal(NO_FILE);
    }
    try {
      access.load(call.client());
    } catch (WorldFailure failure) {
      throw new Refusal("Error loading ACLs, " + failure.getMessage());
    }
    return Decision.done(Replies.OK);
  }

  private static Decision save(Call call) {
    AccessControl access = call.server().access();
    if (!access.hasFile()) {
      throw new Refusal(NO_FILE);
    }
    try {
      access.save();
    } catch (WorldFailure failure) {
      LOG.warn("ACL SAVE: {}", failure.getMessage());
      throw new Refusal(
          "There was an error trying to save the ACLs. Please check the server logs for more"
              + " information");
    }
    return Decision.done(Replies.OK);
  }
}
