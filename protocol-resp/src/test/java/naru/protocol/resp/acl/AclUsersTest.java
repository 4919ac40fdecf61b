package naru.protocol.resp.acl;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;

class AclUsersTest {
  private final Bench bench = new Bench();
  private final Bench.Connection admin = bench.connect();

  private String line(String... rules) {
    admin.run("ACL DELUSER u");
    assertThat(admin.run(command(rules))).isEqualTo("OK");
    return admin.run("ACL LIST").replaceAll(".*\"user u ([^\"]*)\".*", "$1");
  }

  private static String[] command(String... rules) {
    String[] words = new String[3 + rules.length];
    words[0] = "ACL";
    words[1] = "SETUSER";
    words[2] = "u";
    System.arraycopy(rules, 0, words, 3, rules.length);
    return words;
  }

  private String refusal(String... rules) {
    return admin.run(command(rules));
  }

  @Test
  void atFirstThereIsOneUserWhoMayDoEverything() {
    assertThat(admin.run("ACL WHOAMI")).isEqualTo("\"default\"");
    assertThat(admin.run("ACL USERS")).isEqualTo("[\"default\"]");
    assertThat(admin.run("ACL LIST"))
        .isEqualTo("[\"user default on nopass sanitize-payload ~* &* +@all\"]");
  }

  @Test
  void aNewUserMayDoNothing() {
    assertThat(line()).isEqualTo("off sanitize-payload resetchannels -@all");
  }

  @Test
  void rulesAreShownAsTheyWereSaidWithoutWhatIsVoid() {
    assertThat(line("+@all", "-@hash", "-@slow", "+hget")).endsWith("+@all -@hash -@slow +hget");
    assertThat(line("+@all", "-@hash", "-@slow", "+hget", "-@HASH"))
        .endsWith("+@all -@slow +hget -@hash");
    assertThat(line("+client|list", "+CLIENT|LIST", "+config|get", "+config", "+acl|list", "-acl"))
        .endsWith("-@all +client|list +config -acl");
    assertThat(line("+select|0", "+select|0", "+get", "-get")).endsWith("-@all +select|0 -get");
    assertThat(line("+get", "allcommands", "+set", "nocommands")).endsWith(" -@all");
    assertThat(line("+config", "+config|get", "-config|set", "+config")).endsWith("-@all +config");
  }

  @Test
  void patternsAreKeptOnceAndGrow() {
    assertThat(line("~a", "~b", "~a", "%R~c", "%RW~d", "%W~e", "%R~e"))
        .isEqualTo("off sanitize-payload ~a ~b %R~c ~d ~e resetchannels -@all");
    assertThat(line("%R~*", "allkeys")).isEqualTo("off sanitize-payload ~* resetchannels -@all");
    assertThat(line("&a", "&b", "&a")).isEqualTo("off sanitize-payload resetchannels &a &b -@all");
    assertThat(line("~", "&")).isEqualTo("off sanitize-payload ~ resetchannels & -@all");
  }

  @Test
  void permissionsInParenthesesMayBeCutAtSpaces() {
    assertThat(line("(+get ~a)", "(+set", "%R~b", "&c)", "on", "nopass", "()"))
        .isEqualTo(
            "on nopass sanitize-payload resetchannels -@all (~a resetchannels -@all +get)"
                + " (%R~b resetchannels &c -@all +set) (resetchannels -@all)");
    assertThat(line("(+get ~a)", "clearselectors")).doesNotContain("(");
  }

  @Test
  void passwordsAreKeptAsHashes() {
    assertThat(line(">p", ">p", ">q", "<q"))
        .contains(" #148de9c5a7a44d19e56cd9ae1a554bf67847afb0c58f6e12fa29ac7ddfca9940 ")
        .doesNotContain("nopass");
    assertThat(line(">p", "nopass")).startsWith("on nopass".replace("on", "off"));
    assertThat(line(">p", "resetpass")).isEqualTo("off sanitize-payload resetchannels -@all");
    assertThat(line(">p", "on", "allkeys", "&x", "+@all", "(+get)", "reset"))
        .isEqualTo("off sanitize-payload resetchannels -@all");
  }

  @Test
  void whatIsNoRuleIsRefusedAsRedisRefusesIt() {
    String head = "-ERR Error in ACL SETUSER modifier '";
    assertThat(refusal("foo")).isEqualTo(head + "foo': Syntax error");
    assertThat(refusal("+nosuch"))
        .isEqualTo(head + "+nosuch': Unknown command or category name in ACL");
    assertThat(refusal("+@nosuch"))
        .isEqualTo(head + "+@nosuch': Unknown command or category name in ACL");
    assertThat(refusal("-select|0"))
        .isEqualTo(head + "-select|0': Unknown command or category name in ACL");
    assertThat(refusal("+select|")).isEqualTo(head + "+select|': Syntax error");
    assertThat(refusal("+config|get|x"))
        .isEqualTo(head + "+config|get|x': Allowing first-arg of a subcommand is not supported");
    assertThat(refusal("%X~a")).isEqualTo(head + "%X~a': Syntax error");
    assertThat(refusal("~a b")).isEqualTo(head + "~a b': Syntax error");
    assertThat(refusal("allkeys", "~x"))
        .isEqualTo(
            head
                + "~x': Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid"
                + " and does not have any effect. Try 'resetkeys' to start with an empty list of"
                + " patterns");
    assertThat(refusal("allchannels", "&x"))
        .contains("(or the 'allchannels' flag)")
        .endsWith("Try 'resetchannels' to start with an empty list of channels");
    assertThat(refusal("<nope"))
        .isEqualTo(
            head + "<nope': The password you are trying to remove from the user does not exist");
    assertThat(refusal("#abc")).contains("must be exactly 64 characters");
    assertThat(refusal("(on)")).isEqualTo(head + "(on)': Syntax error");
    assertThat(refusal("(+get"))
        .isEqualTo("-ERR Unmatched parenthesis in acl selector starting at '(+get'.");
    assertThat(admin.run("ACL", "SETUSER", "a b"))
        .isEqualTo("-ERR Usernames can't contain spaces or null characters");
  }

  @Test
  void oneWrongRuleAndNoneIsTaken() {
    line("+get");
    assertThat(refusal("+set", "foo")).startsWith("-ERR");
    assertThat(admin.run("ACL GETUSER u")).contains("\"-@all +get\"");
    admin.run("ACL DELUSER u");
    assertThat(refusal("+set", "foo")).startsWith("-ERR");
    assertThat(admin.run("ACL GETUSER u")).isEqualTo("nil");
  }

  @Test
  void getUserTellsEverything() {
    line("on", ">p", "~a", "%R~b", "&c", "+get", "(+set ~x)");
    assertThat(admin.run("ACL GETUSER u"))
        .isEqualTo(
            "[\"flags\", [\"on\", \"sanitize-payload\"], \"passwords\","
                + " [\"148de9c5a7a44d19e56cd9ae1a554bf67847afb0c58f6e12fa29ac7ddfca9940\"],"
                + " \"commands\", \"-@all +get\", \"keys\", \"~a %R~b\", \"channels\", \"&c\","
                + " \"selectors\", [[\"commands\", \"-@all +set\", \"keys\", \"~x\","
                + " \"channels\", \"\"]]]");
    assertThat(bench.connect3().run("ACL GETUSER u"))
        .startsWith("{\"flags\": ~[\"on\", \"sanitize-payload\"], \"passwords\": [");
  }

  @Test
  void whoIsDeletedIsDisconnected() {
    line("on", "nopass", "+@all", "~*");
    Bench.Connection one = bench.connect();
    one.run("AUTH u x");
    assertThat(admin.run("ACL DELUSER u nosuch")).isEqualTo(":1");
    assertThat(one.isClosed()).isTrue();
    assertThat(admin.run("ACL DELUSER default"))
        .isEqualTo("-ERR The 'default' user cannot be removed");
  }

  @Test
  void whoDeletesItselfIsToldSo() {
    line("on", "nopass", "+@all");
    Bench.Connection one = bench.connect();
    one.run("AUTH u x");
    assertThat(one.run("ACL DELUSER u")).isEqualTo(":1");
    assertThat(one.isClosed()).isTrue();
  }

  @Test
  void whoIsSwitchedOffStaysButCannotComeBack() {
    line("on", "nopass", "+@all", "~*");
    Bench.Connection one = bench.connect();
    one.run("AUTH u x");
    admin.run("ACL SETUSER u off");
    assertThat(one.run("GET a")).isEqualTo("nil");
    assertThat(bench.connect().run("AUTH u x")).startsWith("-WRONGPASS");
  }

  @Test
  void thePasswordOfTheSettingsIsTheDefaultUsers() {
    admin.run("CONFIG SET requirepass foobar");
    assertThat(admin.run("ACL GETUSER default"))
        .contains("c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2");
    admin.run("ACL SETUSER default >second");
    assertThat(bench.connect().run("AUTH second")).isEqualTo("OK");
    assertThat(bench.connect().run("AUTH foobar")).isEqualTo("OK");
    admin.run("CONFIG", "SET", "requirepass", "");
    assertThat(admin.run("ACL LIST")).contains("user default on nopass");
  }

  @Test
  void whereTheDefaultUserIsOffNewcomersAreStrangers() {
    admin.run("ACL SETUSER default off");
    assertThat(bench.connect().run("GET a")).isEqualTo("-NOAUTH Authentication required.");
    admin.run("ACL SETUSER default on");
    assertThat(bench.connect().run("GET a")).isEqualTo("nil");
  }

  @Test
  void newUsersMayListenIfTheSettingSaysSo() {
    admin.run("CONFIG SET acl-pubsub-default allchannels");
    assertThat(line()).isEqualTo("off sanitize-payload &* -@all");
    assertThat(line("&x".replace("&x", "resetchannels"), "reset")).contains(" &* ");
  }

  @Test
  void clientsAreKilledByUser() {
    line("on", "nopass", "+@all", "~*");
    Bench.Connection one = bench.connect();
    one.run("AUTH u x");
    assertThat(one.run("CLIENT INFO")).contains(" user=u ");
    assertThat(admin.run("CLIENT KILL USER nosuch")).isEqualTo("-ERR No such user 'nosuch'");
    assertThat(admin.run("CLIENT KILL USER u")).isEqualTo(":1");
    assertThat(one.isClosed()).isTrue();
    assertThat(admin.run("PING")).isEqualTo("PONG");
  }
}
