package naru.protocol.resp.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.Bench;
import naru.world.WorldFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersFileTest {
  private final Bench bench = new Bench();
  private final Bench.Connection admin = bench.connect();
  private final Text file = new Text();

  /// A file whose disk can fail.
  private static final class Text implements AccessControl.UsersFile {
    private String text = "";
    private boolean fails;

    @Override
    public String name() {
      return "users.acl";
    }

    @Override
    public Bytes read() {
      if (fails) {
        throw new WorldFailure("opening file 'users.acl': gone");
      }
      return Bytes.of(text);
    }

    @Override
    public void replace(List<Bytes> lines) {
      if (fails) {
        throw new WorldFailure("write users.acl");
      }
      text = String.join("\n", lines.stream().map(Bytes::toString).toList()) + "\n";
    }
  }

  @BeforeEach
  void begin() {
    bench.server().access().file(file);
    admin.run("ACL SETUSER u on >p ~a* %R~b &c +get (+set ~x)");
    admin.run("ACL SETUSER v on nopass +@all ~* &*");
  }

  @Test
  void whatIsSavedIsLoadedAsItWas() {
    String users = admin.run("ACL LIST");
    assertThat(admin.run("ACL SAVE")).isEqualTo("OK");
    admin.run("ACL SETUSER u reset");
    admin.run("ACL DELUSER v");
    admin.run("ACL SETUSER w on");
    assertThat(admin.run("ACL LOAD")).isEqualTo("OK");
    assertThat(admin.run("ACL LIST")).isEqualTo(users);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user u on +@all\nuser v on +nosuch\n",
        "user u on +@all\nuser v on (+get\n",
        "user u on +@all\nuser u off\n",
        "user u on +@all\nno user\n",
        "user u on +@all\nuse",
        "user u on #123\n",
        "user default off\nuser\n"
      })
  void oneWrongLineAndNothingChanges(String text) {
    String users = admin.run("ACL LIST");
    Bench.Connection one = bench.connect();
    one.run("AUTH v x");
    file.text = text;
    assertThat(admin.run("ACL LOAD"))
        .startsWith("-ERR ")
        .contains("no change to the previously active ACL rules was performed");
    assertThat(admin.run("ACL LIST")).isEqualTo(users);
    assertThat(one.run("SET k v")).isEqualTo("OK");
  }

  @Test
  void aDiskThatFailsChangesNothing() {
    String users = admin.run("ACL LIST");
    admin.run("ACL SAVE");
    file.fails = true;
    assertThat(admin.run("ACL LOAD"))
        .isEqualTo("-ERR Error loading ACLs, opening file 'users.acl': gone");
    assertThat(admin.run("ACL SAVE")).startsWith("-ERR There was an error trying to save the ACLs");
    assertThat(admin.run("ACL LIST")).isEqualTo(users);
  }

  @Test
  void whoIsNotInTheFileIsGoneAndWhoIsStaysConnected() {
    Bench.Connection u = bench.connect();
    u.run("AUTH u p");
    Bench.Connection v = bench.connect();
    v.run("AUTH v x");
    file.text = "user u on nopass +set ~*\n";
    assertThat(admin.run("ACL LOAD")).isEqualTo("OK");
    assertThat(v.isClosed()).isTrue();
    assertThat(u.run("SET k v")).isEqualTo("OK");
    assertThat(u.run("GET a")).startsWith("-NOPERM");
    assertThat(admin.run("ACL USERS")).isEqualTo("[\"default\", \"u\"]");
  }
}
