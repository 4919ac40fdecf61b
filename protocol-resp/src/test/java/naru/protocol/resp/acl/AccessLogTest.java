package naru.protocol.resp.acl;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.Test;

class AccessLogTest {
  private final Bench bench = new Bench();
  private final Bench.Connection admin = bench.connect();
  private final Bench.Connection user = bench.connect();

  private void may(String rules) {
    admin.run("ACL SETUSER u reset on >p " + rules);
    assertThat(user.run("AUTH u p")).isEqualTo("OK");
  }

  private String newest() {
    return admin.run("ACL LOG 1").replaceAll("\"id=[^\"]*\"", "<client>");
  }

  @Test
  void anEntryTellsWhatWasRefusedAndToWhom() {
    may("+get ~a");
    user.run("GET b");
    assertThat(newest())
        .isEqualTo(
            "[[\"count\", :1, \"reason\", \"key\", \"context\", \"toplevel\", \"object\", \"b\","
                + " \"username\", \"u\", \"age-seconds\", \"0\", \"client-info\", <client>,"
                + " \"entry-id\", :0, \"timestamp-created\", :1700000000000,"
                + " \"timestamp-last-updated\", :1700000000000]]");
    assertThat(admin.run("ACL LOG")).contains(" cmd=get user=u ");
  }

  @Test
  void whatIsTheSameWithinAMinuteIsCounted() {
    may("+get ~a");
    user.run("GET b");
    bench.sleepMs(59_000);
    user.run("SET a 1");
    user.run("GET b");
    assertThat(newest())
        .contains("\"count\", :2", "\"entry-id\", :0", "last-updated\", :1700000059");
    assertThat(admin.run("ACL LOG")).contains("\"object\", \"set\"");
    bench.sleepMs(61_000);
    user.run("GET b");
    assertThat(newest()).contains("\"count\", :1", "\"entry-id\", :2");
  }

  @Test
  void whereItCameFromIsTold() {
    may("+get +multi +exec +eval +publish ~a &c");
    user.run("MULTI");
    user.run("SET a 1");
    user.run("DISCARD");
    assertThat(newest()).contains("\"context\", \"multi\", \"object\", \"discard\"");
    assertThat(admin.run("ACL LOG 2")).contains("\"context\", \"multi\", \"object\", \"set\"");
    user.run("EXEC");
    user.run("EVAL", "return redis.call('publish', 'd', 'x')", "0");
    assertThat(newest())
        .contains("\"reason\", \"channel\", \"context\", \"lua\", \"object\", \"d\"");
    assertThat(admin.run("ACL LOG 1")).contains("cmd=eval");
  }

  @Test
  void wrongPasswordsAreThereTooButNotThePasswords() {
    user.run("AUTH nosuch secret");
    assertThat(newest())
        .contains("\"reason\", \"auth\"", "\"object\", \"AUTH\"", "\"username\", \"nosuch\"")
        .doesNotContain("secret");
    user.run("HELLO 3 AUTH other secret");
    assertThat(newest()).contains("\"object\", \"HELLO\"", "\"username\", \"other\"");
    assertThat(admin.run("INFO stats")).contains("acl_access_denied_auth:2");
  }

  @Test
  void itHoldsAsManyAsTheSettingSays() {
    admin.run("CONFIG SET acllog-max-len 3");
    may("+get");
    for (int i = 0; i < 5; i++) {
      user.run("GET k" + i);
    }
    assertThat(admin.run("ACL LOG")).contains("\"k4\"", "\"k2\"").doesNotContain("\"k1\"");
    assertThat(admin.run("ACL LOG 0")).isEqualTo("[]");
    assertThat(admin.run("ACL LOG -1")).isEqualTo("[]");
    assertThat(admin.run("ACL LOG x")).isEqualTo("-ERR value is not an integer or out of range");
    assertThat(admin.run("ACL LOG RESET")).isEqualTo("OK");
    assertThat(admin.run("ACL LOG")).isEqualTo("[]");
    admin.run("CONFIG SET acllog-max-len 0");
    user.run("GET k");
    assertThat(admin.run("ACL LOG")).isEqualTo("[]");
  }

  @Test
  void categoriesAndPasswords() {
    assertThat(admin.run("ACL CAT")).startsWith("[\"keyspace\", \"read\", \"write\", \"set\"");
    assertThat(admin.run("ACL CAT transaction"))
        .contains("\"multi\"", "\"exec\"")
        .doesNotContain("\"get\"");
    assertThat(admin.run("ACL CAT slow")).contains("\"config\"", "\"config|get\"");
    assertThat(admin.run("ACL CAT foo")).isEqualTo("-ERR Unknown category 'foo'");
    assertThat(admin.run("ACL GENPASS")).matches("\"[0-9a-f]{64}\"");
    assertThat(admin.run("ACL GENPASS 5")).matches("\"[0-9a-f]{2}\"");
    assertThat(admin.run("ACL GENPASS")).isNotEqualTo(admin.run("ACL GENPASS"));
    assertThat(admin.run("ACL GENPASS 0")).startsWith("-ERR ACL GENPASS argument must be");
    assertThat(admin.run("ACL GENPASS 4097")).startsWith("-ERR ACL GENPASS argument must be");
  }
}
