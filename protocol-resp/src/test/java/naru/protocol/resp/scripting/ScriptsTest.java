package naru.protocol.resp.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptsTest {
  private static final String UNKNOWN_SHA1 = "0123456789012345678901234567890123456789";

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private String eval(String script, String... rest) {
    String[] words = new String[3 + rest.length];
    words[0] = "EVAL";
    words[1] = script;
    words[2] = rest.length > 0 ? "1" : "0";
    System.arraycopy(rest, 0, words, 3, rest.length);
    return bench.run(words);
  }

  @Test
  void aScriptCallsCommandsAndReturnsAValue() {
    assertThat(
            eval("redis.call('set', KEYS[1], ARGV[1]) return redis.call('get', KEYS[1])", "k", "v"))
        .isEqualTo("\"v\"");
    assertThat(eval("return {1, 'a', true, 3.9}")).isEqualTo("[:1, \"a\", :1, :3]");
  }

  @Test
  void whatAScriptThatFailsHasDoneStays() {
    assertThat(eval("redis.call('set', KEYS[1], 'x') error('no')", "k"))
        .startsWith("-ERR user_script:1: no script: ");
    assertThat(bench.run("GET k")).isEqualTo("\"x\"");
  }

  @Test
  void aLoadedScriptIsCalledByItsDigest() {
    String sha1 = bench.run("SCRIPT", "LOAD", "return 7").replace("\"", "");
    assertThat(bench.run("EVALSHA", sha1, "0")).isEqualTo(":7");
    assertThat(bench.run("SCRIPT", "EXISTS", sha1, UNKNOWN_SHA1)).isEqualTo("[:1, :0]");
    assertThat(bench.run("SCRIPT", "SHOW", sha1)).isEqualTo("\"return 7\"");
    assertThat(bench.run("SCRIPT", "SHOW", UNKNOWN_SHA1))
        .isEqualTo("-NOSCRIPT No matching script. Please use EVAL.");
    assertThat(bench.run("SCRIPT FLUSH")).isEqualTo("OK");
    assertThat(bench.run("EVALSHA", sha1, "0"))
        .isEqualTo("-NOSCRIPT No matching script. Please use EVAL.");
  }

  @Test
  void aScriptThatOnlyReadsCannotWrite() {
    assertThat(bench.run("EVAL_RO", "return redis.call('set', KEYS[1], 1)", "1", "k"))
        .startsWith("-ERR Write commands are not allowed from read-only scripts.");
    assertThat(eval("#!lua flags=no-writes\nreturn redis.call('del', KEYS[1])", "k"))
        .startsWith("-ERR Write commands are not allowed from read-only scripts.");
  }

  @Test
  void nothingOfAScriptIsLeftInTheMachine() {
    assertThat(eval("leak = 1"))
        .startsWith("-ERR user_script:1: Attempt to modify a readonly table");
    assertThat(eval("string.format = nil")).contains("readonly table");
    assertThat(eval("getmetatable('').__index = nil")).contains("readonly table");
    assertThat(eval("return string.format('%d', 5)")).isEqualTo("\"5\"");
  }

  @Test
  void aScriptInATransactionIsOneOfItsSteps() {
    bench.run("MULTI");
    assertThat(bench.run("SET", "k", "1")).isEqualTo("QUEUED");
    assertThat(bench.run("EVAL", "return redis.call('incr', KEYS[1])", "1", "k"))
        .isEqualTo("QUEUED");
    assertThat(bench.run("EXEC")).isEqualTo("[OK, :2]");
  }

  @Test
  void aScriptBreaksAWatch() {
    bench.run("WATCH k");
    eval("return redis.call('set', KEYS[1], 1)", "k");
    bench.run("MULTI");
    bench.run("GET k");
    assertThat(bench.run("EXEC")).isIn("nil", "nil array");
  }

  @Test
  void theDatabaseThatAScriptSelectsIsItsOwn() {
    eval("redis.call('select', 2) redis.call('set', KEYS[1], 'two')", "k");
    assertThat(bench.run("GET k")).isEqualTo("nil");
    bench.run("SELECT 2");
    assertThat(bench.run("GET k")).isEqualTo("\"two\"");
  }

  @Test
  void anErrorOfACommandCanBeCaught() {
    assertThat(eval("redis.call('set', KEYS[1], 'x') return redis.pcall('incr', KEYS[1])", "k"))
        .isEqualTo("-ERR value is not an integer or out of range");
    assertThat(eval("return redis.pcall('nosuch').err"))
        .isEqualTo("\"ERR Unknown Redis command called from script\"");
    assertThat(eval("return redis.call('multi')"))
        .startsWith("-ERR This Redis command is not allowed from script");
  }

  @Test
  void scriptsThatTakeTooMuchAreEnded() {
    assertThat(eval("local s = 'x' while true do s = s .. s end"))
        .startsWith("-ERR not enough memory");
    assertThat(eval("local function f() return 1 + f() end return f()")).contains("stack overflow");
    assertThat(eval("local t = {} t[1] = t return t")).contains("reached lua stack limit");
    assertThat(eval("return 1")).isEqualTo(":1");
  }
}
