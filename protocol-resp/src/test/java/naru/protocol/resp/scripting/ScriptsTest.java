package naru.protocol.resp.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptsTest {
  private static final String RELEASE_SHA1 = "c3f8721cbb97f72bc19e972846bd7aaf91901658";
  private static final String EXTEND_SHA1 = "a4e8783852e6b949f9ef3a97212805108459a890";
  private static final String REACQUIRE_SHA1 = "1cac51482acf5858da00f6d685d68f886cd6b6b2";

  /// As redis-py sends it, to the space.
  private static final String RELEASE =
      String.join(
          "\n",
          "",
          "        local token = redis.call('get', KEYS[1])",
          "        if not token or token ~= ARGV[1] then",
          "            return 0",
          "        end",
          "        redis.call('del', KEYS[1])",
          "        return 1",
          "    ");

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aLockIsGivenBackByItsOwnerAlone() {
    bench.run("SET lock mine");
    assertThat(bench.run("EVALSHA", RELEASE_SHA1, "1", "lock", "yours")).isEqualTo(":0");
    assertThat(bench.run("GET lock")).isEqualTo("\"mine\"");
    assertThat(bench.run("EVALSHA", RELEASE_SHA1, "1", "lock", "mine")).isEqualTo(":1");
    assertThat(bench.run("GET lock")).isEqualTo("nil");
    assertThat(bench.run("EVALSHA", RELEASE_SHA1, "1", "lock", "mine")).isEqualTo(":0");
  }

  @Test
  void aLockIsProlongedByWhatIsLeftOrAnew() {
    bench.run("SET lock mine PX 1000");
    assertThat(bench.run("EVALSHA", EXTEND_SHA1, "1", "lock", "mine", "500", "0")).isEqualTo(":1");
    assertThat(bench.run("PTTL lock")).isEqualTo(":1500");
    assertThat(bench.run("EVALSHA", EXTEND_SHA1, "1", "lock", "mine", "500", "1")).isEqualTo(":1");
    assertThat(bench.run("PTTL lock")).isEqualTo(":500");
    assertThat(bench.run("EVALSHA", REACQUIRE_SHA1, "1", "lock", "mine", "900")).isEqualTo(":1");
    assertThat(bench.run("PTTL lock")).isEqualTo(":900");
  }

  @Test
  void aLockWithoutEndIsNotProlonged() {
    bench.run("SET lock mine");
    assertThat(bench.run("EVALSHA", EXTEND_SHA1, "1", "lock", "mine", "500", "0")).isEqualTo(":0");
  }

  @Test
  void theTextOfAKnownScriptWillDoToo() {
    bench.run("SET lock mine");
    assertThat(bench.run("SCRIPT", "LOAD", RELEASE)).isEqualTo('"' + RELEASE_SHA1 + '"');
    assertThat(bench.run("EVAL", RELEASE, "1", "lock", "mine")).isEqualTo(":1");
  }

  @Test
  void otherScriptsAreRefusedWithAClearWord() {
    assertThat(bench.run("EVAL", "return 1", "0")).startsWith("-ERR There is no Lua here yet");
    assertThat(bench.run("SCRIPT", "LOAD", "return 1")).startsWith("-ERR There is no Lua here yet");
    assertThat(bench.run("EVALSHA", "ffffffffffffffffffffffffffffffffffffffff", "0"))
        .isEqualTo("-NOSCRIPT No matching script. Please use EVAL.");
    assertThat(bench.run("SCRIPT", "EXISTS", RELEASE_SHA1, "abc")).isEqualTo("[:1, :0]");
  }
}
