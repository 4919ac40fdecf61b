package naru.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Users outlive the process: in the file that `aclfile` names, or in the settings file.
@DisabledIfSystemProperty(
    named = "naru.peer",
    matches = "redis",
    disabledReason = "redis-server is started without these files")
final class AclKeptTest {
  private static final String ANNA = "user anna on >first ~a:* &* +@all\n";

  @TempDir Path folder;

  private static void assertMayUse(Broker broker, String user, String password, String key) {
    try (RawClient client = RawClient.to(broker)) {
      assertThat(client.call("AUTH", user, password).text()).isEqualTo("OK");
      assertThat(client.call("SET", key, "1").text()).isEqualTo("OK");
      assertThat(client.call("SET", "z:1", "1").text())
          .isEqualTo("-NOPERM No permissions to access a key");
    }
  }

  private static void call(Broker broker, String command) {
    try (RawClient admin = RawClient.to(broker)) {
      assertThat(admin.call(command.split(" ")).text()).isEqualTo("OK");
    }
  }

  private static void assertBothOutlive(Broker broker) {
    broker.kill9();
    broker.restart();
    assertMayUse(broker, "anna", "first", "a:1");
    assertMayUse(broker, "ben", "second", "b:1");
  }

  @Test
  void inAnAclFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("users.acl"), "user default on nopass +@all ~* &*\n" + ANNA);
    try (Broker broker = Broker.start(List.of("--aclfile", file.toString()))) {
      assertMayUse(broker, "anna", "first", "a:1");
      call(broker, "ACL SETUSER ben on >second ~b:* +@all");
      call(broker, "ACL SAVE");
      call(broker, "ACL SETUSER carl on >third ~c:* +@all");
      assertBothOutlive(broker);
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("ACL", "USERS").texts()).containsExactly("anna", "ben", "default");
      }
      assertThat(Files.readString(file)).doesNotContain("first").doesNotContain("second");

      Files.writeString(file, "user anna on >new ~a:* +@all\nuser ben nosuch\n");
      try (RawClient admin = RawClient.to(broker)) {
        assertThat(admin.call("ACL", "LOAD").text()).startsWith("-ERR ").contains("users.acl:2");
      }
      assertMayUse(broker, "anna", "first", "a:1");
    }
  }

  @Test
  void inATableOfASettingsFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("naru.toml"),
            "timeout = 0\n"
                + "[user]\n"
                + "anna = 'on >first ~a:* &* +@all'  # she\n"
                + "[slowlog]\n"
                + "max-len = 5\n");
    try (Broker broker = Broker.start(List.of("--config", file.toString()))) {
      assertMayUse(broker, "anna", "first", "a:1");
      call(broker, "ACL SETUSER ben on >second ~b:* +@all");
      call(broker, "CONFIG REWRITE");
      assertBothOutlive(broker);
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("CONFIG", "GET", "slowlog-max-len").texts()).endsWith("5");
      }
      assertThat(Files.readString(file)).contains("[user]").doesNotContain("first");
    }
  }

  @Test
  void inASettingsFile() throws Exception {
    Path file = Files.writeString(folder.resolve("redis.conf"), "timeout 0\n" + ANNA);
    try (Broker broker = Broker.start(List.of("--config", file.toString()))) {
      assertMayUse(broker, "anna", "first", "a:1");
      call(broker, "ACL SETUSER ben on >second ~b:* +@all");
      call(broker, "CONFIG REWRITE");
      call(broker, "ACL SETUSER carl on >third ~c:* +@all");
      assertBothOutlive(broker);
      try (RawClient client = RawClient.to(broker)) {
        assertThat(client.call("ACL", "USERS").texts()).containsExactly("anna", "ben", "default");
        assertThat(client.call("ACL", "SAVE").text()).startsWith("-ERR ");
      }
    }
  }
}
