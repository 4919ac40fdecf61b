package naru.compatibility.jedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static redis.clients.jedis.StreamEntryID.NEW_ENTRY;
import static redis.clients.jedis.StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import naru.compatibility.BlockedClients;
import naru.compatibility.NewerThanRedis7;
import naru.compatibility.OneBroker;
import naru.compatibility.Together;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XPendingParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamConsumerInfo;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamEntryDeletionResult;
import redis.clients.jedis.resps.StreamGroupInfo;
import redis.clients.jedis.resps.StreamInfo;
import redis.clients.jedis.resps.StreamPendingEntry;
import redis.clients.jedis.resps.StreamPendingSummary;

@Shows(value = Client.JEDIS, area = "streams")
@ParameterizedClass
@EnumSource(names = {"RESP2", "RESP3"})
final class JedisStreamsTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  @Parameter RedisProtocol protocol;

  private RedisClient jedis;

  @BeforeEach
  void open() {
    jedis = Jedises.pool(shared.broker(), protocol);
  }

  @AfterEach
  void close() {
    jedis.close();
  }

  @Test
  void entriesAreReadInTheOrderOfTheirIds() {
    StreamEntryID first = jedis.xadd("orders", NEW_ENTRY, Map.of("n", "1"));
    StreamEntryID second = jedis.xadd("orders", NEW_ENTRY, Map.of("n", "2"));
    assertThat(second).isGreaterThan(first);
    List<StreamEntry> entries = jedis.xrange("orders", "-", "+");
    assertThat(ids(entries)).containsExactly(first, second);
    assertThat(entries.getLast().getFields()).containsExactly(Map.entry("n", "2"));
    assertThat(ids(jedis.xrevrange("orders", "+", "-", 1))).containsExactly(second);
    assertThat(jedis.xlen("orders")).isEqualTo(2);
  }

  @Test
  void anIdThatIsNotRisingIsRefused() {
    jedis.xadd("orders", new StreamEntryID(5, 1), Map.of("n", "1"));
    assertThatThrownBy(() -> jedis.xadd("orders", new StreamEntryID(5, 1), Map.of("n", "2")))
        .isInstanceOf(JedisDataException.class)
        .hasMessage(
            "ERR The ID specified in XADD is equal or smaller than the target stream top item");
  }

  @Test
  void aStreamIsTrimmedToItsLength() {
    for (int i = 0; i < 20; i++) {
      jedis.xadd("orders", XAddParams.xAddParams().maxLen(5), Map.of("n", "" + i));
    }
    assertThat(jedis.xlen("orders")).isEqualTo(5);
    assertThat(jedis.xrange("orders", "-", "+").getFirst().getFields()).containsEntry("n", "15");
  }

  @Test
  void aBlockingReadGetsWhatIsAddedLater() throws Exception {
    jedis.xadd("orders", NEW_ENTRY, Map.of("n", "old"));
    XReadParams params = XReadParams.xReadParams().block(10_000);
    try (Together together = new Together()) {
      Future<Map<String, List<StreamEntry>>> waiting =
          together.begin(
              () ->
                  jedis.xreadAsMap(
                      params,
                      Map.of(
                          "orders", StreamEntryID.XREAD_NEW_ENTRY,
                          "other", StreamEntryID.XREAD_NEW_ENTRY)));
      BlockedClients.await(shared.broker(), 1);
      StreamEntryID added = jedis.xadd("orders", NEW_ENTRY, Map.of("n", "new"));
      Map<String, List<StreamEntry>> read = Together.result(waiting);
      assertThat(read).containsOnlyKeys("orders");
      assertThat(ids(read.get("orders"))).containsExactly(added);
    }
  }

  @Test
  void aGroupHandsEachEntryToOneConsumerAndKeepsItUntilItIsAcknowledged() {
    jedis.xgroupCreate("orders", "workers", new StreamEntryID(), true);
    List<StreamEntryID> added = add(3);
    assertThat(ids(read("anna", 2))).isEqualTo(added.subList(0, 2));
    assertThat(ids(read("berta", 2))).isEqualTo(added.subList(2, 3));

    StreamPendingSummary summary = jedis.xpending("orders", "workers");
    assertThat(summary.getTotal()).isEqualTo(3);
    assertThat(summary.getMinId()).isEqualTo(added.getFirst());
    assertThat(summary.getMaxId()).isEqualTo(added.getLast());
    assertThat(summary.getConsumerMessageCount()).isEqualTo(Map.of("anna", 2L, "berta", 1L));

    assertThat(jedis.xack("orders", "workers", added.getFirst(), added.getLast())).isEqualTo(2);
    assertThat(jedis.xack("orders", "workers", added.getFirst())).isZero();
    List<StreamPendingEntry> pending =
        jedis.xpending("orders", "workers", XPendingParams.xPendingParams("-", "+", 10));
    assertThat(pending).hasSize(1);
    assertThat(pending.getFirst().getID()).isEqualTo(added.get(1));
    assertThat(pending.getFirst().getConsumerName()).isEqualTo("anna");
    assertThat(pending.getFirst().getDeliveredTimes()).isEqualTo(1);
    assertThat(ids(reread("anna"))).containsExactly(added.get(1));
  }

  @Test
  void aGroupThatWaitsIsServedOnce() throws Exception {
    jedis.xgroupCreate("orders", "workers", new StreamEntryID(), true);
    try (Together together = new Together()) {
      List<Future<List<StreamEntry>>> waiting = new ArrayList<>();
      for (String consumer : List.of("anna", "berta")) {
        waiting.add(together.begin(() -> readBlocking(consumer, 10_000)));
      }
      BlockedClients.await(shared.broker(), 2);
      List<StreamEntryID> added = add(2);
      List<StreamEntryID> read = new ArrayList<>();
      Together.results(waiting).forEach(entries -> read.addAll(ids(entries)));
      assertThat(read).containsExactlyInAnyOrderElementsOf(added);
    }
  }

  @Test
  void theEntriesOfADeadConsumerAreClaimed() throws Exception {
    jedis.xgroupCreate("orders", "workers", new StreamEntryID(), true);
    List<StreamEntryID> added = add(5);
    read("dead", 5);
    assertThat(claim("alive", 60_000, 10).getValue()).isEmpty();

    Map.Entry<StreamEntryID, List<StreamEntry>> first = claim("alive", 0, 3);
    assertThat(ids(first.getValue())).isEqualTo(added.subList(0, 3));
    assertThat(first.getKey()).isEqualTo(added.get(3));
    Map.Entry<StreamEntryID, List<StreamEntryID>> rest =
        jedis.xautoclaimJustId(
            "orders", "workers", "alive", 0, first.getKey(), XAutoClaimParams.xAutoClaimParams());
    assertThat(rest.getValue()).isEqualTo(added.subList(3, 5));
    assertThat(rest.getKey()).isEqualTo(new StreamEntryID(0, 0));

    List<StreamPendingEntry> pending =
        jedis.xpending(
            "orders", "workers", XPendingParams.xPendingParams("-", "+", 10).consumer("alive"));
    assertThat(pending.stream().map(StreamPendingEntry::getDeliveredTimes))
        .containsExactly(2L, 2L, 2L, 1L, 1L);
  }

  @Test
  void aStreamTellsAboutItselfItsGroupsAndTheirConsumers() {
    jedis.xgroupCreate("orders", "workers", new StreamEntryID(), true);
    List<StreamEntryID> added = add(3);
    read("anna", 2);

    StreamInfo stream = jedis.xinfoStream("orders");
    assertThat(stream.getLength()).isEqualTo(3);
    assertThat(stream.getGroups()).isEqualTo(1);
    assertThat(stream.getFirstEntry().getID()).isEqualTo(added.getFirst());
    assertThat(stream.getLastGeneratedId()).isEqualTo(added.getLast());

    StreamGroupInfo group = jedis.xinfoGroups("orders").getFirst();
    assertThat(group.getName()).isEqualTo("workers");
    assertThat(group.getPending()).isEqualTo(2);
    assertThat(group.getLastDeliveredId()).isEqualTo(added.get(1));
    assertThat(group.getGroupInfo()).containsEntry("entries-read", 2L).containsEntry("lag", 1L);

    StreamConsumerInfo consumer = jedis.xinfoConsumers2("orders", "workers").getFirst();
    assertThat(consumer.getName()).isEqualTo("anna");
    assertThat(consumer.getPending()).isEqualTo(2);

    assertThat(jedis.xinfoStreamFull("orders").getGroups().getFirst().getPending()).hasSize(2);
  }

  @Test
  void groupsAndConsumersComeAndGo() {
    jedis.xgroupCreate("orders", "workers", new StreamEntryID(), true);
    assertThatThrownBy(() -> jedis.xgroupCreate("orders", "workers", new StreamEntryID(), true))
        .hasMessage("BUSYGROUP Consumer Group name already exists");
    assertThat(jedis.xgroupCreateConsumer("orders", "workers", "anna")).isTrue();
    add(1);
    read("anna", 1);
    assertThat(jedis.xgroupDelConsumer("orders", "workers", "anna")).isEqualTo(1);
    assertThat(jedis.xgroupDestroy("orders", "workers")).isEqualTo(1);
    assertThatThrownBy(() -> read("anna", 1)).hasMessageStartingWith("NOGROUP No such key");
  }

  @Test
  @NewerThanRedis7
  void acknowledgingAndDeletingIsOneStep() {
    jedis.xgroupCreate("orders", "workers", new StreamEntryID(), true);
    List<StreamEntryID> added = add(2);
    read("anna", 2);
    assertThat(jedis.xackdel("orders", "workers", added.getFirst()))
        .containsExactly(StreamEntryDeletionResult.DELETED);
    assertThat(jedis.xlen("orders")).isEqualTo(1);
    assertThat(jedis.xpending("orders", "workers").getTotal()).isEqualTo(1);
    assertThat(jedis.xdelex("orders", added.getFirst(), added.getLast()))
        .containsExactly(StreamEntryDeletionResult.NOT_FOUND, StreamEntryDeletionResult.DELETED);
  }

  @Test
  @NewerThanRedis7
  void aReadMayClaimWhatOthersLeftLyingFirst() {
    jedis.xgroupCreate("orders", "workers", new StreamEntryID(), true);
    List<StreamEntryID> added = add(2);
    read("dead", 1);
    List<StreamEntry> read =
        jedis
            .xreadGroupAsMap(
                "workers",
                "alive",
                XReadGroupParams.xReadGroupParams().count(10).claim(0),
                Map.of("orders", XREADGROUP_UNDELIVERED_ENTRY))
            .get("orders");
    assertThat(ids(read)).isEqualTo(added);
    assertThat(read.getFirst().isClaimed()).isTrue();
    assertThat(read.getFirst().getDeliveredCount()).isEqualTo(1);
  }

  private List<StreamEntryID> add(int count) {
    List<StreamEntryID> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(jedis.xadd("orders", NEW_ENTRY, Map.of("n", "" + i)));
    }
    return ids;
  }

  private List<StreamEntry> read(String consumer, int count) {
    XReadGroupParams params = XReadGroupParams.xReadGroupParams().count(count);
    return readGroup(consumer, params, XREADGROUP_UNDELIVERED_ENTRY);
  }

  private List<StreamEntry> readBlocking(String consumer, int blockMs) {
    XReadGroupParams params = XReadGroupParams.xReadGroupParams().count(1).block(blockMs);
    return readGroup(consumer, params, XREADGROUP_UNDELIVERED_ENTRY);
  }

  private List<StreamEntry> reread(String consumer) {
    return readGroup(consumer, XReadGroupParams.xReadGroupParams(), new StreamEntryID());
  }

  private List<StreamEntry> readGroup(
      String consumer, XReadGroupParams params, StreamEntryID after) {
    return jedis
        .xreadGroupAsMap("workers", consumer, params, Map.of("orders", after))
        .get("orders");
  }

  private Map.Entry<StreamEntryID, List<StreamEntry>> claim(
      String consumer, long idleMs, int count) {
    return jedis.xautoclaim(
        "orders",
        "workers",
        consumer,
        idleMs,
        new StreamEntryID(),
        XAutoClaimParams.xAutoClaimParams().count(count));
  }

  private static List<StreamEntryID> ids(List<StreamEntry> entries) {
    return entries.stream().map(StreamEntry::getID).toList();
  }
}
