package naru.protocol.resp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamInspectTest {
  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private String run(String line) {
    return bench.run(line);
  }

  @Test
  void aStreamIsToldInFigures() {
    run("XADD s 1-0 f v");
    run("XADD s 2-0 f w");
    run("XADD s 3-0 f x");
    run("XDEL s 2-0");
    assertThat(run("XINFO STREAM s"))
        .isEqualTo(
            "[\"length\", :2, \"radix-tree-keys\", :1, \"radix-tree-nodes\", :2,"
                + " \"last-generated-id\", \"3-0\", \"max-deleted-entry-id\", \"2-0\","
                + " \"entries-added\", :3, \"recorded-first-entry-id\", \"1-0\","
                + " \"idmp-duration\", :100, \"idmp-maxsize\", :100, \"pids-tracked\", :0,"
                + " \"iids-tracked\", :0, \"iids-added\", :0, \"iids-duplicates\", :0,"
                + " \"groups\", :0, \"first-entry\", [\"1-0\", [\"f\", \"v\"]], \"last-entry\","
                + " [\"3-0\", [\"f\", \"x\"]]]");
    run("XTRIM s MAXLEN 0");
    assertThat(run("XINFO STREAM s"))
        .contains("\"recorded-first-entry-id\", \"0-0\"", "\"first-entry\", nil");
  }

  @Test
  void resp3HasMaps() {
    run("XADD s 1-0 f v");
    run("XGROUP CREATE s g 0");
    Bench.Connection three = bench.connect3();
    three.receive();
    assertThat(three.run("XINFO STREAM s")).startsWith("{\"length\": :1, \"radix-tree-keys\": :1");
    assertThat(three.run("XINFO GROUPS s"))
        .isEqualTo(
            "[{\"name\": \"g\", \"consumers\": :0, \"pending\": :0, \"last-delivered-id\":"
                + " \"0-0\", \"entries-read\": nil, \"lag\": :1}]");
    assertThat(three.run("XINFO STREAM s FULL"))
        .contains(
            "\"groups\": [{\"name\": \"g\", \"last-delivered-id\": \"0-0\", \"entries-read\": nil,"
                + " \"lag\": :1, \"pel-count\": :0, \"nacked-count\": :0, \"pending\": [],"
                + " \"consumers\": []}]");
  }

  @Test
  void fullShowsWhatIsPendingAndWithWhom() {
    run("XGROUP CREATE s g 0 MKSTREAM");
    for (int i = 1; i <= 3; i++) {
      run("XADD s " + i + "-0 f v");
    }
    run("XREADGROUP GROUP g c STREAMS s >");
    long now = bench.nowMs();
    assertThat(run("XINFO STREAM s FULL COUNT 1"))
        .endsWith(
            "\"entries\", [[\"1-0\", [\"f\", \"v\"]]], \"groups\", [[\"name\", \"g\","
                + " \"last-delivered-id\", \"3-0\", \"entries-read\", :3, \"lag\", :0,"
                + " \"pel-count\", :3, \"nacked-count\", :0, \"pending\", [[\"1-0\", \"c\", :"
                + now
                + ", :1]], \"consumers\", [[\"name\", \"c\", \"seen-time\", :"
                + now
                + ", \"active-time\", :"
                + now
                + ", \"pel-count\", :3, \"pending\", [[\"1-0\", :"
                + now
                + ", :1]]]]]]]");
  }

  @Test
  void seenAndActiveAreTold() {
    run("XGROUP CREATE s g 0 MKSTREAM");
    run("XADD s 1-0 f v");
    run("XREADGROUP GROUP g c STREAMS s >");
    bench.sleepMs(30);
    run("XREADGROUP GROUP g c STREAMS s >");
    bench.sleepMs(20);
    assertThat(run("XINFO CONSUMERS s g"))
        .isEqualTo("[[\"name\", \"c\", \"pending\", :1, \"idle\", :20, \"inactive\", :50]]");
  }

  @Test
  void lagIsToldWhereItIsKnown() {
    for (int i = 1; i <= 5; i++) {
      run("XADD s " + i + "-0 f v");
    }
    run("XGROUP CREATE s g 0");
    assertThat(run("XINFO GROUPS s")).contains("\"entries-read\", nil, \"lag\", :5");
    run("XREADGROUP GROUP g c COUNT 2 STREAMS s >");
    assertThat(run("XINFO GROUPS s")).contains("\"entries-read\", :2, \"lag\", :3");
    run("XDEL s 4-0");
    assertThat(run("XINFO GROUPS s")).contains("\"entries-read\", :2, \"lag\", nil");
    run("XREADGROUP GROUP g c STREAMS s >");
    assertThat(run("XINFO GROUPS s")).contains("\"entries-read\", :5, \"lag\", :0");
  }

  @Test
  void whatIsMissingIsRefused() {
    assertThat(run("XINFO STREAM none")).isEqualTo("-ERR no such key");
    run("XADD s 1-0 f v");
    assertThat(run("XINFO CONSUMERS s g"))
        .isEqualTo("-NOGROUP No such consumer group 'g' for key name 's'");
    assertThat(run("XINFO STREAM s FOO"))
        .isEqualTo(
            "-ERR unknown subcommand or wrong number of arguments for 'STREAM'. Try XINFO HELP.");
    assertThat(run("XINFO HELP")).startsWith("[XINFO <subcommand>");
  }

  @Test
  void settingsOfAStream() {
    run("XADD s 5-0 f v");
    assertThat(run("XSETID s 9-0 ENTRIESADDED 20 MAXDELETEDID 4-0")).isEqualTo("OK");
    assertThat(run("XINFO STREAM s"))
        .contains(
            "\"last-generated-id\", \"9-0\", \"max-deleted-entry-id\", \"4-0\","
                + " \"entries-added\", :20");
    assertThat(run("XSETID s 4-5"))
        .isEqualTo("-ERR The ID specified in XSETID is smaller than the target stream top item");
    assertThat(run("XSETID s 9-0 ENTRIESADDED 0"))
        .isEqualTo(
            "-ERR The entries_added specified in XSETID is smaller than the target stream length");
    assertThat(run("XSETID s 9-0 MAXDELETEDID 10"))
        .isEqualTo(
            "-ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id");
    assertThat(run("XSETID none 1")).isEqualTo("-ERR no such key");
  }

  @Test
  void settingsOfIdempotence() {
    run("XADD s IDMP p m * f v");
    assertThat(run("XCFGSET s")).isEqualTo("-ERR At least one parameter must be specified");
    assertThat(run("XCFGSET s IDMP-DURATION 100")).isEqualTo("OK");
    assertThat(run("XINFO STREAM s")).contains("\"iids-tracked\", :1");
    assertThat(run("XCFGSET s IDMP-MAXSIZE 5 IDMP-DURATION 60")).isEqualTo("OK");
    assertThat(run("XINFO STREAM s"))
        .contains("\"idmp-duration\", :60, \"idmp-maxsize\", :5, \"pids-tracked\", :0");
    assertThat(run("XCFGSET s IDMP-DURATION 0"))
        .isEqualTo("-ERR IDMP-DURATION must be between 1 and 86400 seconds");
    assertThat(run("XCFGSET s IDMP-MAXSIZE 10001"))
        .isEqualTo("-ERR IDMP-MAXSIZE must be between 1 and 10000 entries");
    assertThat(run("XCFGSET none IDMP-MAXSIZE 1")).isEqualTo("-ERR no such key");
  }

  @Test
  void newStreamsBeginWithTheSettingsOfTheServer() {
    run("XADD old 1-0 f v");
    run("CONFIG SET stream-idmp-duration 7 stream-idmp-maxsize 8");
    run("XADD s 1-0 f v");
    run("XGROUP CREATE t g 0 MKSTREAM");
    assertThat(run("XINFO STREAM old")).contains("\"idmp-duration\", :100, \"idmp-maxsize\", :100");
    assertThat(run("XINFO STREAM s")).contains("\"idmp-duration\", :7, \"idmp-maxsize\", :8");
    assertThat(run("XINFO STREAM t")).contains("\"idmp-duration\", :7, \"idmp-maxsize\", :8");
  }

  @Test
  void aMessageCanBeRecordedAfterwards() {
    String id = run("XADD s * f v");
    String bare = id.substring(1, id.length() - 1);
    assertThat(run("XIDMPRECORD s p m " + bare)).isEqualTo("OK");
    assertThat(run("XIDMPRECORD s p m " + bare)).isEqualTo("OK");
    assertThat(run("XADD s IDMP p m * f v")).isEqualTo(id);
    assertThat(run("XIDMPRECORD s p m 9-9")).isEqualTo("-ERR No such message in stream");
    String other = run("XADD s * f v");
    assertThat(run("XIDMPRECORD s p m " + other.substring(1, other.length() - 1)))
        .isEqualTo("-ERR IID already exists for this producer with a different stream ID");
  }

  @Test
  void listenersAreTold() {
    run("CONFIG SET notify-keyspace-events Kt");
    Bench.Connection listener = bench.connect();
    listener.run("PSUBSCRIBE __keyspace@0__:*");
    run("XGROUP CREATE s g 0 MKSTREAM");
    run("XADD s MAXLEN 1 1-0 f v");
    run("XADD s MAXLEN 1 2-0 f v");
    run("XREADGROUP GROUP g c STREAMS s >");
    run("XDEL s 2-0");
    run("XSETID s 9-0");
    run("XGROUP SETID s g 0");
    run("XGROUP DELCONSUMER s g c");
    run("XGROUP DESTROY s g");
    assertThat(listener.receive().replaceAll(".*?:s\", (\"[^\"]*\")\\]", "$1 "))
        .isEqualTo(
            "\"xgroup-create\" \"xadd\" \"xadd\" \"xtrim\" \"xgroup-createconsumer\" \"xdel\""
                + " \"xsetid\" \"xgroup-setid\" \"xgroup-delconsumer\" \"xgroup-destroy\" ");
  }
}
