package naru.protocol.resp.admin;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Refusal;
import naru.log.HeldFiles;
import naru.log.OpsLog;
import naru.protocol.resp.server.RespServer;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.RespReply;
import naru.protocol.resp.verb.Verb;
import naru.world.WorldFailure;

/// Backups beside the clients' work: whoever makes one, on the same machine, is told which files
/// belong together, and copies them while the broker goes on and leaves them alone. `naru backup`
/// does this. Redis has no such command; the dot keeps the name apart from those that it may get.
public final class Backups {
  private static final List<String> HELP =
      List.of(
          "NARU.BACKUP <subcommand>. Subcommands are:",
          "BEGIN",
          "    Return the directory, the position, and name and bytes of each file to copy.",
          "    The files stay as they are until END, or until the connection is closed.",
          "END",
          "    Let the files go.",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("NARU.BACKUP BEGIN", Backups::begin)
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_MULTI)
              .summary("Names the files that a backup has to copy, and holds them.")
              .complexity("O(N) where N is the number of files"),
          Verb.of("NARU.BACKUP END", Backups::end)
              .flags(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_MULTI)
              .summary("Lets go the files that a backup has copied.")
              .complexity("O(1)"),
          Verb.of("NARU.BACKUP HELP", _ -> Decision.done(Replies.lines(HELP)))
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private Backups() {}

  private static Decision begin(Call call) {
    RespServer server = call.server();
    OpsLog log = server.reactor().log();
    if (server.isBackingUp(call.client())) {
      throw new Refusal("this connection has begun a backup already");
    }
    HeldFiles held;
    try {
      log.seal();
      held = log.hold();
    } catch (WorldFailure refused) {
      throw new Refusal("no backup: " + refused.getMessage());
    }
    if (held == null) {
      throw new Refusal("no backup: nothing is kept on disk (--log off)");
    }
    server.backsUp(call.client());
    List<RespReply> reply = new ArrayList<>();
    reply.add(Replies.bulk(Bytes.of(server.settings().dir.text())));
    reply.add(Replies.integer(held.position()));
    for (HeldFiles.Piece piece : held.files()) {
      reply.add(Replies.bulk(piece.name()));
      reply.add(Replies.integer(piece.bytes()));
    }
    return Decision.done(Replies.array(reply));
  }

  private static Decision end(Call call) {
    if (!call.server().endBackup(call.client())) {
      throw new Refusal("this connection has begun no backup");
    }
    return Decision.done(Replies.OK);
  }
}
