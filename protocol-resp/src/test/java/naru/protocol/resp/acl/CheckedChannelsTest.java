package naru.protocol.resp.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import naru.bytes.Bytes;
import naru.protocol.resp.Bench;
import naru.protocol.resp.Catalog;
import naru.protocol.resp.server.Client;
import naru.protocol.resp.server.Subscriptions.Kind;
import naru.protocol.resp.verb.Commands.Command;
import org.junit.jupiter.api.Test;

/// Calls of all commands of publishing and listening, by a user of one channel: nothing comes to
/// and
/// from any other, and nothing is refused that is about this one alone.
class CheckedChannelsTest {
  private static final String OWN = "own";
  private static final List<String> CHANNELS = List.of(OWN, "own*", "other", "*");
  private static final int CALLS_A_COMMAND = 40;

  /// Of channels, only that there are some.
  private static final Set<String> FORGIVEN = Set.of("unsubscribe", "punsubscribe", "sunsubscribe");

  private final Random random = new Random(1);
  private final Bench bench = new Bench();
  private final Bench.Connection admin = bench.connect();
  private final Bench.Connection listener = bench.connect();

  private List<String> call(Command command) {
    Map<String, List<String>> values =
        Map.of(
            "channel", CHANNELS,
            "shardchannel", CHANNELS,
            "pattern", CHANNELS,
            "message", List.of("hello"));
    return new CallMaker(random, values).call(command, command.verb().usage().line());
  }

  /// All that the clients of the user listen to.
  private Set<String> listenedTo() {
    Set<String> channels = new TreeSet<>();
    for (Client client : bench.server().clients()) {
      if (client.user().name().equals(Bytes.of("u"))) {
        for (Kind kind : Kind.values()) {
          client.listening(kind).forEach(channel -> channels.add(channel.toString()));
        }
      }
    }
    return channels;
  }

  @Test
  void nothingComesToOrFromAChannelThatWasNotChecked() {
    admin.run("ACL SETUSER u on nopass +@all ~* resetchannels &" + OWN);
    listener.run("PSUBSCRIBE", "*");
    listener.run("SSUBSCRIBE", OWN, "own*", "other", "*");
    int heard = 0;
    int listened = 0;
    int refused = 0;
    for (Command command : Catalog.commands().callable().toList()) {
      for (int i = 0; command.group().equals("pubsub") && i < CALLS_A_COMMAND; i++) {
        List<String> call = call(command);
        Bench.Connection user = bench.connect();
        user.run("AUTH u x");
        boolean isOwn =
            CHANNELS.stream().noneMatch(each -> !each.equals(OWN) && call.contains(each));
        String reply = user.run(call.toArray(String[]::new));
        String message = listener.receive();
        assertThat(listenedTo()).as(call + ": " + reply).isSubsetOf(OWN);
        assertThat(message).as(call + ": " + reply).doesNotContain("other", "own*\"", "\"*\"]");
        if (isOwn || FORGIVEN.contains(command.name())) {
          assertThat(reply).as(call.toString()).doesNotContain("NOPERM");
        }
        heard += message.isEmpty() ? 0 : 1;
        listened += listenedTo().size();
        refused += reply.startsWith("-NOPERM No permissions to access a channel") ? 1 : 0;
        user.close();
      }
    }
    assertThat(List.of(heard, listened, refused)).allMatch(count -> count > 15);
  }
}
