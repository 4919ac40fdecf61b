package naru.protocol.resp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import naru.bytes.ByteReader;
import naru.bytes.Bytes;
import naru.engine.Keyspace;
import naru.engine.State;
import naru.engine.hash.HashOp;
import naru.engine.sortedset.ScoredMember;
import naru.engine.sortedset.SortedSetOp;
import naru.engine.string.StringOp;
import org.junit.jupiter.api.Test;

class KeysAheadTest {
  private final State state = new State(7);
  private final Keyspace keys = state.database(0);
  private final KeysAhead ahead = new KeysAhead();

  private void fill() {
    for (int i = 0; i < 2_000; i++) {
      state.apply(new StringOp.Set(0, Bytes.of("key:" + i), Bytes.of("value")));
    }
  }

  private static String get(int key) {
    String word = "key:" + key;
    return "*2\r\n$3\r\nGET\r\n$" + word.length() + "\r\n" + word + "\r\n";
  }

  /// Up to where it looked, from the start of the input; the input must be as it was.
  private int look(String input) {
    byte[] bytes = ("behind" + input + get(1)).getBytes(StandardCharsets.ISO_8859_1);
    int limit = 6 + input.length();
    ByteReader in = new ByteReader(bytes, 6, limit);
    int seenTo = ahead.look(in, keys);
    assertThat(in.position()).isEqualTo(6);
    assertThat(in.limit()).isEqualTo(limit);
    return seenTo - 6;
  }

  private static String requests(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(get(i));
    }
    return text.toString();
  }

  @Test
  void aLongPipelineIsLookedAtInParts() {
    fill();
    String input = requests(Keyspace.AHEAD_MAX) + requests(5);
    assertThat(look(input)).isEqualTo(requests(Keyspace.AHEAD_MAX).length());
    long entriesBytes = 0;
    for (int i = 0; i < Keyspace.AHEAD_MAX; i++) {
      entriesBytes += keys.entry(Bytes.of("key:" + i)).sizeBytes();
    }
    // Now and then a guess is another entry.
    assertThat(ahead.seenBytes()).isBetween(entriesBytes * 9 / 10, entriesBytes * 11 / 10);
    assertThat(look(requests(5))).isEqualTo(requests(5).length());
  }

  @Test
  void oneKeyAskedForAgainAndAgainIsNotLookedAt() {
    fill();
    assertThat(look(get(1).repeat(100))).isEqualTo(get(1).length() * 100);
    assertThat(ahead.seenBytes()).isZero();
  }

  private static String request(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  @Test
  void elementsOfOneLargeHashAreLookedAt() {
    for (int i = 0; i < 2_000; i++) {
      Bytes name = Bytes.of("field:" + i);
      state.apply(new HashOp.Set(0, Bytes.of("hash"), List.of(name, Bytes.of("value"))));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 100; i < 110; i++) {
      text.append(request("HSET", "hash", "field:" + i, "other"));
    }
    assertThat(look(text.toString())).isEqualTo(text.length());
    // A byte for the length of the name, the name, the value.
    assertThat(ahead.seenBytes()).isEqualTo(10 * (1 + 9 + 5));

    look(request("HGET", "hash", "none").repeat(10));
    assertThat(ahead.seenBytes()).as("fields that are not there").isEqualTo(150);
    look(request("HGETALL", "hash").repeat(10));
    assertThat(ahead.seenBytes()).as("no fields are named").isEqualTo(150);
  }

  @Test
  void membersOfOneLargeSortedSetAreLookedAt() {
    for (int i = 0; i < 2_000; i++) {
      ScoredMember member = new ScoredMember(Bytes.of("member:" + i), i);
      state.apply(new SortedSetOp.Scored(0, Bytes.of("sorted"), List.of(member)));
    }
    look(request("ZADD", "sorted", "1.5", "member:100").repeat(3));
    assertThat(ahead.seenBytes()).isEqualTo(3 * (8 + 10));
    look(request("zscore", "sorted", "member:100").repeat(3));
    assertThat(ahead.seenBytes()).isEqualTo(6 * (8 + 10));
  }

  @Test
  void aSmallHashIsNotLookedAt() {
    Bytes name = Bytes.of("field");
    state.apply(new HashOp.Set(0, Bytes.of("hash"), List.of(name, Bytes.of("value"))));
    look(request("HGET", "hash", "field").repeat(10));
    assertThat(ahead.seenBytes()).isZero();
  }

  @Test
  void nothingIsLookedAtWhereKeysAreFew() {
    assertThat(look(requests(100))).isEqualTo(requests(100).length());
    assertThat(ahead.seenBytes()).isZero();
  }

  @Test
  void whateverComesIsPassedOver() {
    fill();
    String pieces = "*$\r\n0123456789GETkey:";
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(requests(random.nextInt(3)));
      text.setLength(random.nextInt(text.length() + 1));
      for (int length = random.nextInt(30); length > 0; length--) {
        text.append(pieces.charAt(random.nextInt(pieces.length())));
      }
      assertThat(look(text.toString())).isEqualTo(text.length());
    }
  }

  @Test
  void lengthsThatAreNotTrueAreNotBelieved() {
    fill();
    for (String input :
        new String[] {"*2\r\n$9999\r\nGET\r\n", "*9\r\n", "*2\r\n$-1\r\n", "*2\r\n$3", "*", ""}) {
      assertThat(look(get(1) + input)).isEqualTo((get(1) + input).length());
    }
  }
}
