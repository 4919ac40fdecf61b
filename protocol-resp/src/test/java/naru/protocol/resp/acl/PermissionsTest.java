package naru.protocol.resp.acl;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PermissionsTest {
  private static final String NO_KEY = "-NOPERM No permissions to access a key";
  private static final String NO_CHANNEL = "-NOPERM No permissions to access a channel";

  private final Bench bench = new Bench();
  private final Bench.Connection admin = bench.connect();
  private final Bench.Connection user = bench.connect();

  @AfterEach
  void close() {
    bench.close();
  }

  private void may(String rules) {
    assertThat(admin.run("ACL SETUSER u reset on nopass " + rules)).isEqualTo("OK");
    assertThat(user.run("AUTH u x")).isEqualTo("OK");
  }

  private static String noCommand(String name) {
    return "-NOPERM User u has no permissions to run the '" + name + "' command";
  }

  @Test
  void onlyTheCommandsThatAreAllowedAreRun() {
    may("~* +get +config|get +select|1");
    assertThat(user.run("GET a")).isEqualTo("nil");
    assertThat(user.run("SET a 1")).isEqualTo(noCommand("set"));
    assertThat(user.run("CONFIG GET port")).startsWith("[");
    assertThat(user.run("CONFIG SET timeout 1")).isEqualTo(noCommand("config|set"));
    assertThat(user.run("SELECT 1")).isEqualTo("OK");
    assertThat(user.run("SELECT 2")).isEqualTo(noCommand("select"));
    assertThat(user.run("NOSUCH")).startsWith("-ERR unknown command");
    assertThat(user.run("AUTH default x")).isEqualTo("OK");
  }

  @Test
  void keysAreReadAndWrittenByPattern() {
    may("%R~r* %W~w* ~b* +@all");
    assertThat(user.run("GET r1")).isEqualTo("nil");
    assertThat(user.run("SET w1 x")).isEqualTo("OK");
    assertThat(user.run("SET r1 x")).isEqualTo(NO_KEY);
    assertThat(user.run("GET w1")).isEqualTo(NO_KEY);
    assertThat(user.run("COPY r1 w2")).isEqualTo(":0");
    assertThat(user.run("COPY w1 r2")).isEqualTo(NO_KEY);
    assertThat(user.run("GETDEL w1")).isEqualTo(NO_KEY);
    assertThat(user.run("GETDEL b1")).isEqualTo("nil");
    assertThat(user.run("EXISTS w1")).isEqualTo(":1");
    assertThat(user.run("EXISTS c1")).isEqualTo(NO_KEY);
    assertThat(user.run("MGET r1 b1 c1")).isEqualTo(NO_KEY);
  }

  @Test
  void eachSetOfPermissionsAllowsByItself() {
    may("+get ~a (+set ~b)");
    assertThat(user.run("GET a")).isEqualTo("nil");
    assertThat(user.run("SET b 1")).isEqualTo("OK");
    assertThat(user.run("SET a 1")).isEqualTo(NO_KEY);
    assertThat(user.run("GET b")).isEqualTo(NO_KEY);
    assertThat(user.run("DEL a")).isEqualTo(noCommand("del"));
  }

  @Test
  void channelsAreAllowedByPatternAndPatternsAsTheyStand() {
    may("+@all &c* &p?");
    assertThat(user.run("PUBLISH c1 x")).isEqualTo(":0");
    assertThat(user.run("PUBLISH d1 x")).isEqualTo(NO_CHANNEL);
    assertThat(user.run("SPUBLISH d1 x")).isEqualTo(NO_CHANNEL);
    assertThat(user.run("SUBSCRIBE c1 d1")).isEqualTo(NO_CHANNEL);
    assertThat(user.run("PSUBSCRIBE c1*")).isEqualTo(NO_CHANNEL);
    assertThat(user.run("SSUBSCRIBE d1")).isEqualTo(NO_CHANNEL);
    assertThat(user.run("PSUBSCRIBE c* p?")).startsWith("[\"psubscribe\", \"c*\", :1]");
  }

  @Test
  void whoMayNoLongerListenIsDisconnected() {
    may("+@all &c* &d");
    user.run("SUBSCRIBE c1 d");
    Bench.Connection other = bench.connect();
    other.run("AUTH u x");
    other.run("SUBSCRIBE c1");
    Bench.Connection third = bench.connect();
    third.run("AUTH u x");
    admin.run("ACL SETUSER u resetchannels &c*");
    assertThat(user.isClosed()).isTrue();
    assertThat(other.isClosed()).isFalse();
    assertThat(third.isClosed()).isFalse();
    admin.run("ACL SETUSER u allchannels");
    admin.run("ACL SETUSER u resetchannels");
    assertThat(other.isClosed()).isTrue();
    assertThat(third.isClosed()).isFalse();
  }

  @Test
  void whatIsQueuedIsCheckedWhenItIsQueuedAndWhenItIsRun() {
    may("~a ~b +get +set +multi +exec");
    user.run("MULTI");
    assertThat(user.run("GET c")).isEqualTo(NO_KEY);
    assertThat(user.run("EXEC"))
        .isEqualTo("-EXECABORT Transaction discarded because of previous errors.");
    user.run("MULTI");
    user.run("SET a 1");
    user.run("SET b 1");
    user.run("GET a");
    admin.run("ACL SETUSER u resetkeys ~a -get");
    String why =
        "-NOPERM ACLs rules changed between the moment the transaction was accumulated and the"
            + " EXEC call. This command is no longer allowed for the following reason: ";
    assertThat(user.run("EXEC"))
        .isEqualTo(
            "[OK, "
                + why
                + "no permission to touch the specified keys, "
                + why
                + "no permission to execute the command or subcommand]");
  }

  @Test
  void aTransactionThatMayNotBeRunIsOver() {
    may("~* +get +multi +exec");
    user.run("MULTI");
    admin.run("ACL SETUSER u -exec");
    assertThat(user.run("EXEC"))
        .isEqualTo(
            "-EXECABORT Transaction discarded because of: NOPERM User u has no permissions to run"
                + " the 'exec' command");
    admin.run("ACL SETUSER u +exec");
    assertThat(user.run("EXEC")).isEqualTo("-ERR EXEC without MULTI");
  }

  @Test
  void scriptsMayDoWhatTheirCallerMay() {
    may("~a* +get +eval +config|get");
    admin.run("SET a1 x");
    assertThat(user.run("EVAL", "return redis.call('get', KEYS[1])", "1", "a1")).isEqualTo("\"x\"");
    assertThat(user.run("EVAL", "return 1", "1", "b")).isEqualTo(NO_KEY);
    assertThat(user.run("EVAL", "return redis.call('get', 'b')", "0"))
        .startsWith("-NOPERM ACL failure in script: No permissions to access a key");
    assertThat(user.run("EVAL", "return redis.pcall('set', 'a1', 1)", "0"))
        .isEqualTo(
            "-NOPERM ACL failure in script: User u has no permissions to run the 'set' command");
    assertThat(
            user.run(
                "EVAL",
                "return {redis.acl_check_cmd('get', 'a'), redis.acl_check_cmd('get', 'b'),"
                    + " redis.acl_check_cmd('config', 'get', 'x'),"
                    + " redis.acl_check_cmd('config', 'set', 'x', 'y')}",
                "0"))
        .isEqualTo("[:1, nil, :1, nil]");
    assertThat(user.run("EVAL", "return redis.acl_check_cmd('foo')", "0"))
        .startsWith("-ERR Invalid command passed to redis.acl_check_cmd()");
  }

  @Test
  void whoWaitsIsCheckedAgainWhenItIsServed() {
    may("~l +blpop");
    user.send("BLPOP", "l", "0");
    admin.run("ACL SETUSER u resetkeys");
    admin.run("RPUSH l x");
    assertThat(user.receive()).isEqualTo(NO_KEY);
    assertThat(admin.run("LLEN l")).isEqualTo(":1");
  }

  @Test
  void whoWaitsInAStreamsGroupIsCheckedAgain() {
    admin.run("XGROUP CREATE s g $ MKSTREAM");
    may("~s +xreadgroup");
    user.send("XREADGROUP", "GROUP", "g", "c", "BLOCK", "0", "STREAMS", "s", ">");
    admin.run("ACL SETUSER u -xreadgroup");
    admin.run("XADD s * f v");
    assertThat(user.receive()).isEqualTo(noCommand("xreadgroup"));
    assertThat(admin.run("XPENDING s g")).startsWith("[:0");
  }

  @Test
  void patternsOfSortNeedEveryKey() {
    may("~l* +sort +sort_ro");
    assertThat(user.run("SORT l BY nosort")).isEqualTo("[]");
    assertThat(user.run("SORT l BY w*"))
        .isEqualTo("-ERR BY option of SORT denied due to insufficient ACL permissions.");
    assertThat(user.run("SORT_RO l GET #"))
        .isEqualTo("-ERR GET option of SORT denied due to insufficient ACL permissions.");
    assertThat(user.run("SORT l STORE x")).isEqualTo(NO_KEY);
    assertThat(user.run("SORT l STORE l GET STORE ALPHA"))
        .isEqualTo("-ERR GET option of SORT denied due to insufficient ACL permissions.");
    may("%R~* ~l +sort");
    assertThat(user.run("SORT l BY w*")).isEqualTo("[]");
    assertThat(user.run("SORT l BY w* STORE l")).isEqualTo(":0");
    assertThat(user.run("SORT l BY w* STORE x")).isEqualTo(NO_KEY);
  }

  @Test
  void aKeywordIsNotLookedForAmongOtherOptionsWords() {
    may("~a ~STREAMS ~STORE +@all");
    admin.run("XADD b * f v");
    admin.run("XGROUP CREATE b STREAMS 0");
    assertThat(user.run("XREADGROUP COUNT 1 GROUP STREAMS a STREAMS b >")).isEqualTo(NO_KEY);
    assertThat(user.run("GEORADIUS a 0 0 1 m STORE b STORE a")).isEqualTo(":0");
    assertThat(user.run("GEORADIUS a 0 0 1 m STORE a STOREDIST b")).isEqualTo(NO_KEY);
    assertThat(user.run("GEORADIUS a 0 0 1 m STOREDIST a STORE b")).isEqualTo(NO_KEY);
  }

  @Test
  void dryRunSaysWhatWouldBe() {
    may("~a &c +get +publish");
    assertThat(admin.run("ACL DRYRUN u GET a")).isEqualTo("OK");
    assertThat(admin.run("ACL DRYRUN u GET b"))
        .isEqualTo("\"User u has no permissions to access the 'b' key\"");
    assertThat(admin.run("ACL DRYRUN u PUBLISH d x"))
        .isEqualTo("\"User u has no permissions to access the 'd' channel\"");
    assertThat(admin.run("ACL DRYRUN u DEL a"))
        .isEqualTo("\"User u has no permissions to run the 'del' command\"");
    assertThat(admin.run("ACL DRYRUN nosuch GET a")).isEqualTo("-ERR User 'nosuch' not found");
    assertThat(admin.run("ACL DRYRUN u NOSUCH")).isEqualTo("-ERR Command 'NOSUCH' not found");
    assertThat(admin.run("ACL DRYRUN u GET"))
        .isEqualTo("-ERR wrong number of arguments for 'get' command");
  }
}
