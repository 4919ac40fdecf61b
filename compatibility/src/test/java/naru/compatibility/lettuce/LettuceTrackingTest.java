package naru.compatibility.lettuce;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import naru.compatibility.Eventually;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Shows(value = Client.LETTUCE, area = "client-side caching")
final class LettuceTrackingTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private final BlockingQueue<String> invalidated = new LinkedBlockingQueue<>();
  private OneLettuce lettuce;
  private StatefulRedisConnection<String, String> tracking;
  private RedisCommands<String, String> other;

  @BeforeEach
  void open() {
    lettuce = new OneLettuce(shared.broker(), ProtocolVersion.RESP3);
    tracking = lettuce.client().connect();
    tracking.addListener(
        message -> {
          if (message.getType().equals("invalidate")) {
            invalidated.add(String.valueOf(message.getContent(StringCodec.UTF8::decodeKey).get(1)));
          }
        });
    other = lettuce.commands();
  }

  @AfterEach
  void close() {
    lettuce.close();
  }

  @Test
  void aCachedValueIsKeptUntilAnotherChangesIt() throws Exception {
    Map<String, String> cache = new ConcurrentHashMap<>();
    try (CacheFrontend<String, String> values =
        ClientSideCaching.enable(
            CacheAccessor.forMap(cache), tracking, TrackingArgs.Builder.enabled())) {
      other.set("name", "anna");
      assertThat(values.get("name")).isEqualTo("anna");
      assertThat(cache).containsEntry("name", "anna");
      other.set("name", "berta");
      Eventually.get(() -> cache, Map::isEmpty);
      assertThat(values.get("name")).isEqualTo("berta");
      other.set("unread", "by anybody");
      other.pexpire("name", 50);
      Eventually.get(() -> values.get("name") == null, gone -> gone);
    }
  }

  @Test
  void onlyWhatWasReadIsToldAndOnlyOnce() throws Exception {
    tracking.sync().clientTracking(TrackingArgs.Builder.enabled());
    other.mset(Map.of("read", "1", "unread", "1"));
    tracking.sync().get("read");
    other.incr("unread");
    other.incr("read");
    assertThat(next()).isEqualTo("[read]");
    other.incr("read");
    tracking.sync().get("unread");
    other.del("unread");
    assertThat(next()).isEqualTo("[unread]");
  }

  @Test
  void whatFitsAPrefixIsToldThoughItWasNeverRead() throws Exception {
    tracking
        .sync()
        .clientTracking(TrackingArgs.Builder.enabled().bcast().prefixes("user:", "order:"));
    other.set("other:1", "a");
    other.set("order:1", "a");
    assertThat(next()).isEqualTo("[order:1]");
    tracking.sync().set("user:1", "a");
    assertThat(next()).isEqualTo("[user:1]");
  }

  @Test
  void onesOwnChangesAreNotToldIfThatIsAsked() throws Exception {
    tracking.sync().clientTracking(TrackingArgs.Builder.enabled().noloop());
    tracking.sync().set("mine", "1");
    tracking.sync().get("mine");
    tracking.sync().set("mine", "2");
    tracking.sync().get("mine");
    other.set("mine", "3");
    assertThat(next()).isEqualTo("[mine]");
    assertThat(invalidated).isEmpty();
  }

  @Test
  void whenAllIsFlushedAllIsForgotten() throws Exception {
    tracking.sync().clientTracking(TrackingArgs.Builder.enabled());
    other.set("key", "1");
    tracking.sync().get("key");
    other.flushall();
    assertThat(next()).isEqualTo("null");
  }

  @Test
  void trackingEndsWhenItIsTurnedOff() throws Exception {
    tracking.sync().clientTracking(TrackingArgs.Builder.enabled());
    other.mset(Map.of("a", "1", "b", "1"));
    tracking.sync().get("a");
    tracking.sync().clientTracking(TrackingArgs.Builder.enabled(false));
    other.incr("a");
    tracking.sync().clientTracking(TrackingArgs.Builder.enabled());
    tracking.sync().get("b");
    other.incr("b");
    assertThat(next()).isEqualTo("[b]");
  }

  private String next() throws InterruptedException {
    return invalidated.poll(20, SECONDS);
  }
}
