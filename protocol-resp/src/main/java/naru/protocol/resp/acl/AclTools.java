package naru.protocol.resp.acl;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.protocol.resp.verb.AclCategories;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Commands.Command;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import naru.protocol.resp.wire.RespWriter;

/// What helps with users: categories, passwords, trying what a user may, what was refused.
public final class AclTools {
  private static final int PASSWORD_BITS = 256;
  private static final int PASSWORD_BITS_MAX = 4096;
  private static final int LOG_ENTRIES = 10;
  private static final int CATEGORY_SHOWN_MAX = 128;

  private static final List<String> HELP =
      List.of(
          "ACL <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "CAT [<category>]",
          "    List all commands that belong to <category>, or all command categories",
          "    when no category is specified.",
          "DELUSER <username> [<username> ...]",
          "    Delete a list of users.",
          "DRYRUN <username> <command> [<arg> ...]",
          "    Returns whether the user can execute the given command without executing the"
              + " command.",
          "GETUSER <username>",
          "    Get the user's details.",
          "GENPASS [<bits>]",
          "    Generate a secure 256-bit user password. The optional `bits` argument can",
          "    be used to specify a different size.",
          "LIST",
          "    Show users details in config file format.",
          "LOAD",
          "    Reload users from the ACL file.",
          "LOG [<count> | RESET]",
          "    Show the ACL log entries.",
          "SAVE",
          "    Save the current config to the ACL file.",
          "SETUSER <username> <attribute> [<attribute> ...]",
          "    Create or modify a user with the specified attributes.",
          "USERS",
          "    List all the registered usernames.",
          "WHOAMI",
          "    Return the current connection username.",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("ACL CAT [category(categoryname:)]", AclTools::categories)
              .since("6.0.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Lists the ACL categories, or the commands inside a category.")
              .complexity("O(1) since the categories and commands are a fixed set."),
          Verb.of("ACL DRYRUN username command [arg [arg ...]]", AclTools::dryRun)
              .since("7.0.0")
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary(
                  "Simulates the execution of a command by a user, without executing the command.")
              .complexity("O(1)."),
          Verb.of("ACL GENPASS [bits]", AclTools::password)
              .since("6.0.0")
              .flags(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary(
                  "Generates a pseudorandom, secure password that can be used to identify ACL"
                      + " users.")
              .complexity("O(1)"),
          Verb.of("ACL LOG [operation= count | RESET]", AclTools::log)
              .since("6.0.0")
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .summary("Lists recent security events generated due to ACL rules.")
              .complexity("O(N) with N being the number of entries shown."),
          Verb.of("ACL HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("6.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private AclTools() {}

  private static Decision categories(Call call) {
    if (call.count() > 3) {
      throw call.subcommandSyntax();
    }
    if (call.count() == 2) {
      return Decision.done(Replies.bulks(AclCategories.names().stream().map(Bytes::of).toList()));
    }
    String name = call.arg(2).printed();
    if (!AclCategories.names().contains(name.toLowerCase(Locale.ROOT))) {
      throw new Refusal(
          "Unknown category '"
              + name.substring(0, Math.min(name.length(), CATEGORY_SHOWN_MAX))
              + "'");
    }
    List<Bytes> members =
        call.commands()
            .withSubcommands()
            .filter(command -> isIn(command, name))
            .map(command -> Bytes.of(command.name()))
            .toList();
    return Decision.done(Replies.bulks(members));
  }

  private static boolean isIn(Command command, String category) {
    Verb verb = command.verb();
    return verb == null
        ? category.equalsIgnoreCase("slow")
        : AclCategories.contains(verb, command.group(), category);
  }

  private static Decision dryRun(Call call) {
    User user = call.server().access().users().find(call.arg(2));
    if (user == null) {
      throw new Refusal("User '" + call.arg(2).printed() + "' not found");
    }
    Arguments words = Arguments.of(call.words().from(3).toArray(Bytes[]::new));
    Command command = call.commands().find(words.get(0));
    if (command != null && words.count() > 1 && !command.subcommands().isEmpty()) {
      command = command.subcommand(words.get(1));
    }
    if (command == null) {
      throw new Refusal("Command '" + words.get(0).printed() + "' not found");
    }
    Verb verb = command.verb();
    if (verb == null || !verb.accepts(words.count())) {
      throw new Refusal("wrong number of arguments for '" + command.name() + "' command");
    }
    Denial denial = user.denial(verb, words);
    return Decision.done(
        denial == null
            ? Replies.OK
            : Replies.bulk(Latin.bytes(AccessControl.longSentence(user, denial, verb, words))));
  }

  private static Decision password(Call call) {
    if (call.count() > 3) {
      throw call.subcommandSyntax();
    }
    long bits = call.count() == 3 ? call.integer(2) : PASSWORD_BITS;
    if (bits <= 0 || bits > PASSWORD_BITS_MAX) {
      throw new Refusal(
          "ACL GENPASS argument must be the number of bits for the output password, a positive"
              + " number up to "
              + PASSWORD_BITS_MAX);
    }
    int digits = (int) (bits + 3) / 4;
    StringBuilder text = new StringBuilder();
    while (text.length() < digits) {
      text.append(HexFormat.of().toHexDigits(call.server().secrets().nextLong()));
    }
    return Decision.done(Replies.bulk(text.substring(0, digits)));
  }

  private static Decision log(Call call) {
    if (call.count() > 3) {
      throw call.subcommandSyntax();
    }
    AccessLog log = call.server().access().log();
    if (call.count() == 3 && call.is(2, "RESET")) {
      log.clear();
      return Decision.done(Replies.OK);
    }
    long count = call.count() == 3 ? call.integer(2) : LOG_ENTRIES;
    List<AccessLog.Entry> entries = log.newest(count);
    long nowMs = call.nowMs();
    return Decision.done(
        Replies.of(
            out -> {
              out.array(entries.size());
              entries.forEach(entry -> write(entry, nowMs, out));
            }));
  }

  private static void write(AccessLog.Entry entry, long nowMs, RespWriter out) {
    out.map(10);
    out.bulk("count");
    out.integer(entry.count());
    out.bulk("reason");
    out.bulk(entry.reason().word());
    out.bulk("context");
    out.bulk(entry.context().name().toLowerCase(Locale.ROOT));
    out.bulk("object");
    out.bulk(entry.object());
    out.bulk("username");
    out.bulk(entry.user());
    out.bulk("age-seconds");
    out.number((nowMs - entry.updatedMs()) / 1000.0);
    out.bulk("client-info");
    out.bulk(entry.client());
    out.bulk("entry-id");
    out.integer(entry.id());
    out.bulk("timestamp-created");
    out.integer(entry.createdMs());
    out.bulk("timestamp-last-updated");
    out.integer(entry.updatedMs());
  }
}
