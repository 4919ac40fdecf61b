package naru.benchmarks;

import java.util.concurrent.TimeUnit;
import naru.bytes.Bytes;
import naru.bytes.Numbers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Numbers in ASCII, as every length and integer of RESP is.
///
/// Estimate: a multiplication, or a division by a constant, per digit: about a nanosecond a digit.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NumbersBenchmark {
  @Param({"7", "4711", "1234567890123456789"})
  private long value;

  private Bytes text = Bytes.of(new byte[0]);
  private final byte[] target = new byte[Numbers.LONG_DIGITS_MAX];

  @Setup
  public void writeText() {
    text = Bytes.of(Numbers.toAscii(value));
  }

  @Benchmark
  public long parse() {
    return Numbers.parseLong(text);
  }

  @Benchmark
  public int write() {
    return Numbers.write(value, target, target.length);
  }
}
