package naru.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import naru.bytes.Bytes;
import naru.engine.stream.block.BlockLimits;
import org.junit.jupiter.api.Test;

class TrimTest {
  private static final List<Bytes> PAIRS = List.of(Bytes.of("f"), Bytes.of("v"));

  private static StreamValue stream(int entries) {
    StreamValue stream = new StreamValue();
    for (int i = 1; i <= entries; i++) {
      stream.add(i, 0, stream.opensBlock(PAIRS, BlockLimits.DEFAULT), PAIRS);
    }
    return stream;
  }

  private static long carryOut(StreamValue stream, Trim trim) {
    if (trim.through() != null) {
      stream.trim(trim.place());
    }
    for (int i = 0; trim.ids() != null && i < trim.ids().size(); i++) {
      stream.delete(trim.ids().ms(i), trim.ids().seq(i), trim.places().get(i), false);
    }
    return stream.length();
  }

  @Test
  void anExactLengthIsMetExactly() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      StreamValue stream = stream(350);
      for (int j = random.nextInt(100); j > 0; j--) {
        Places.delete(stream, new StreamId(1 + random.nextInt(350), 0), true);
      }
      long before = stream.length();
      int max = random.nextInt(360);
      Trim trim = Trim.plan(stream, null, new Trim.Limit.Length(max), false, 0);
      assertThat(carryOut(stream, trim)).isEqualTo(Math.min(before, max));
      assertThat(trim.removed()).isEqualTo(before - stream.length());
    }
  }

  @Test
  void anApproximateLengthTakesWholeBlocksOnly() {
    StreamValue stream = stream(1000);
    Trim trim = Trim.plan(stream, null, new Trim.Limit.Length(555), true, 0);
    assertThat(trim.removed()).isEqualTo(400);
    assertThat(carryOut(stream, trim)).isEqualTo(600);
    assertThat(stream.firstId()).isEqualTo(new StreamId(401, 0));
  }

  @Test
  void aLimitOnTheWorkStopsBeforeTheBlockThatPassesIt() {
    Trim trim = Trim.plan(stream(1000), null, new Trim.Limit.Length(0), true, 250);
    assertThat(trim.removed()).isEqualTo(200);
  }

  @Test
  void aLeastIdTakesAllBelow() {
    StreamValue stream = stream(1000);
    Trim.Limit limit = new Trim.Limit.From(new StreamId(451, 0));
    assertThat(Trim.plan(stream, null, limit, true, 0).removed()).isEqualTo(400);
    assertThat(carryOut(stream, Trim.plan(stream, null, limit, false, 0))).isEqualTo(550);
    assertThat(stream.firstId()).isEqualTo(new StreamId(451, 0));
  }

  @Test
  void entriesThatAGroupAwaitsStay() {
    StreamValue stream = stream(300);
    ConsumerGroup group = stream.createGroup(Bytes.of("g"), new StreamId(250, 0), 250);
    Consumer consumer = group.join(Bytes.of("c"), 1);
    group.assign(3, 0, consumer, 1, 1);
    group.assign(150, 0, consumer, 1, 1);
    Trim trim =
        Trim.planSingly(stream, null, new Trim.Limit.Length(10), Trim.References.AWAITED, 0);
    assertThat(trim.removed()).isEqualTo(248);
    carryOut(stream, trim);
    assertThat(stream.lookup().contains(3, 0)).isTrue();
    assertThat(stream.lookup().contains(4, 0)).isFalse();
    assertThat(stream.lookup().contains(150, 0)).isTrue();
    assertThat(stream.lookup().contains(251, 0)).isTrue();
  }

  @Test
  void anEntryThatComesCountsAsIfItWereThere() {
    Random random = new Random(11);
    for (int i = 0; i < 400; i++) {
      StreamValue stream = stream(190 + random.nextInt(20));
      StreamValue twin = stream.copy();
      StreamOp.Added coming =
          new StreamOp.Added(
              0,
              Bytes.EMPTY,
              new StreamId(999, 0),
              stream.opensBlock(PAIRS, BlockLimits.DEFAULT),
              PAIRS);
      twin.add(999, 0, coming.opensBlock(), PAIRS);
      Trim.Limit limit =
          random.nextBoolean()
              ? new Trim.Limit.Length(random.nextInt(220))
              : new Trim.Limit.From(new StreamId(random.nextInt(1200), 0));
      boolean whole = random.nextBoolean();
      assertThat(Trim.plan(stream, coming, limit, whole, 0))
          .isEqualTo(Trim.plan(twin, null, limit, whole, 0));
      assertThat(Trim.planSingly(stream, coming, limit, Trim.References.DROPPED, 150))
          .isEqualTo(Trim.planSingly(twin, null, limit, Trim.References.DROPPED, 150));
    }
  }

  @Test
  void nothingToTakeIsNothing() {
    assertThat(Trim.plan(stream(5), null, new Trim.Limit.Length(5), false, 0).through()).isNull();
    assertThat(Trim.plan(new StreamValue(), null, new Trim.Limit.Length(0), false, 0).removed())
        .isZero();
  }
}
