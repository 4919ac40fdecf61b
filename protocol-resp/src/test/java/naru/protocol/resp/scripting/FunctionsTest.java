package naru.protocol.resp.scripting;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FunctionsTest {
  private static final String COUNTER =
      "#!lua name=counter\n"
          + "redis.register_function('add', function(keys, args)"
          + " return redis.call('incrby', keys[1], args[1]) end)\n"
          + "redis.register_function{function_name='look', callback=function(keys)"
          + " return redis.call('get', keys[1]) end, flags={'no-writes'}, description='looks'}";

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private String load(String text) {
    return bench.run("FUNCTION", "LOAD", text);
  }

  @Test
  void aFunctionIsCalledWithItsKeysAndArguments() {
    assertThat(load(COUNTER)).isEqualTo("\"counter\"");
    assertThat(bench.run("FCALL add 1 k 5")).isEqualTo(":5");
    assertThat(bench.run("FCALL_RO look 1 k")).isEqualTo("\"5\"");
    assertThat(bench.run("FCALL_RO add 1 k 5"))
        .isEqualTo("-ERR Can not execute a script with write flag using *_ro command.");
  }

  @Test
  void librariesSurviveARestartAndFlushall() {
    load(COUNTER);
    bench.run("FLUSHALL");
    try (Bench later = bench.replayed()) {
      assertThat(later.run("FCALL add 1 k 2")).isEqualTo(":2");
      assertThat(later.run("FUNCTION LIST LIBRARYNAME COUNT*"))
          .contains("\"library_name\", \"counter\"", "\"looks\"", "no-writes");
    }
  }

  @Test
  void aLibraryIsReplacedOnlyIfThatIsSaid() {
    load(COUNTER);
    assertThat(load(COUNTER)).isEqualTo("-ERR Library 'counter' already exists");
    String other = "#!lua name=counter\nredis.register_function('one', function() return 1 end)";
    assertThat(bench.run("FUNCTION", "LOAD", "REPLACE", other)).isEqualTo("\"counter\"");
    assertThat(bench.run("FCALL one 0")).isEqualTo(":1");
    assertThat(bench.run("FCALL add 1 k 5")).isEqualTo("-ERR Function not found");
  }

  @Test
  void aNameThatAnotherLibraryUsesIsRefused() {
    load(COUNTER);
    assertThat(load("#!lua name=b\nredis.register_function('add', function() end)"))
        .isEqualTo("-ERR Function add already exists");
    assertThat(bench.run("FUNCTION LIST LIBRARYNAME b")).isEqualTo("[]");
  }

  @Test
  void whileALibraryIsLoadedNothingCanBeCalledOrChanged() {
    assertThat(load("#!lua name=b\nredis.call('set', 'a', 'b')"))
        .contains("nonexistent global variable 'call'");
    assertThat(load("#!lua name=b\nlocal x = math.random()"))
        .contains("nonexistent global variable 'math'");
    assertThat(load("#!lua name=b\nx = 1")).contains("Attempt to modify a readonly table");
    assertThat(bench.run("FUNCTION STATS")).contains("\"libraries_count\", :0");
  }

  @Test
  void aLibraryLoadedInATransactionIsThereForTheNextCommand() {
    bench.run("MULTI");
    load(COUNTER);
    bench.run("FCALL add 1 k 3");
    bench.run("FUNCTION DELETE counter");
    assertThat(bench.run("EXEC")).isEqualTo("[\"counter\", :3, OK]");
    assertThat(bench.run("FCALL add 1 k 3")).isEqualTo("-ERR Function not found");
  }

  @Test
  void flushTakesAllLibraries() {
    load(COUNTER);
    assertThat(bench.run("FUNCTION FLUSH")).isEqualTo("OK");
    assertThat(bench.run("FUNCTION LIST")).isEqualTo("[]");
    assertThat(bench.run("FUNCTION DELETE counter")).isEqualTo("-ERR Library not found");
  }
}
