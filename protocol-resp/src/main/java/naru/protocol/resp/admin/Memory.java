package naru.protocol.resp.admin;

import java.util.List;
import naru.bytes.Bytes;
import naru.engine.Decision;
import naru.engine.Entry;
import naru.engine.Value;
import naru.engine.hash.HashValue;
import naru.engine.list.ListValue;
import naru.engine.set.SetValue;
import naru.engine.sortedset.SortedSetValue;
import naru.engine.stream.StreamValue;
import naru.engine.string.StringValue;
import naru.protocol.resp.verb.Call;
import naru.protocol.resp.verb.Flag;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Replies;
import naru.protocol.resp.verb.Verb;

/// How much memory a key takes: `MEMORY USAGE`. Lists, strings and streams know; of large hashes,
/// sets and sorted sets some elements are looked at and the rest is taken to be like them.
public final class Memory {
  private static final int SAMPLES_BY_DEFAULT = 5;

  /// A node of the table of keys and its place there, the key left out.
  private static final long ENTRY_BYTES = 48;

  private static final long ARRAY_BYTES = 16;

  /// References, hashes and free room that an element of a large value costs beside its bytes.
  private static final long ELEMENT_BYTES = 24;

  private static final List<String> HELP =
      List.of(
          "MEMORY <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
          "USAGE <key> [SAMPLES <count>]",
          "    Return memory in bytes used by <key> and its value. Nested values are",
          "    sampled up to <count> times (default: 5, 0 means sample all).",
          "HELP",
          "    Print this help.");

  public static final List<Verb> VERBS =
      List.of(
          Verb.of("MEMORY USAGE key [SAMPLES count]", Memory::usage)
              .since("4.0.0")
              .flags(Flag.READONLY)
              .keySpecs(new KeySpec("", 2, KeySpec.Extent.ONE, "RO"))
              .summary("Estimates the memory usage of a key.")
              .complexity("O(N) where N is the number of samples."),
          Verb.of("MEMORY HELP", _ -> Decision.done(Replies.lines(HELP)))
              .since("4.0.0")
              .flags(Flag.LOADING, Flag.STALE)
              .summary("Returns helpful text about the different subcommands.")
              .complexity("O(1)"));

  private Memory() {}

  private static Decision usage(Call call) {
    int samples = SAMPLES_BY_DEFAULT;
    if (call.count() == 5 && call.is(3, "SAMPLES")) {
      long asked = call.integer(4);
      if (asked < 0) {
        throw Call.syntaxError();
      }
      samples = asked == 0 ? Integer.MAX_VALUE : (int) Math.min(asked, Integer.MAX_VALUE);
    } else if (call.count() != 3) {
      throw Call.syntaxError();
    }
    Entry entry = call.keys().entry(call.arg(2));
    if (entry == null) {
      return Decision.done(Replies.NULL);
    }
    long keyBytes = ENTRY_BYTES + array(entry.key().length);
    return Decision.done(Replies.integer(keyBytes + of(entry.value(), samples)));
  }

  private static long of(Value value, int samples) {
    return switch (value) {
      case StringValue string -> 16 + array(string.capacityBytes());
      case ListValue list -> 16 + list.elements().footprintBytes();
      case StreamValue stream -> stream.sizeBytes();
      case HashValue hash -> of(hash, samples);
      case SetValue set -> of(set, samples);
      case SortedSetValue sortedSet -> of(sortedSet, samples);
    };
  }

  private static long of(HashValue hash, int samples) {
    Sample sample = new Sample();
    hash.scan(0, samples, (name, value) -> sample.add(name.length() + value.length()));
    return sample.total(hash.size());
  }

  private static long of(SetValue set, int samples) {
    Sample sample = new Sample();
    set.scan(0, samples, (Bytes member) -> sample.add(member.length()));
    return sample.total(set.size());
  }

  private static long of(SortedSetValue sortedSet, int samples) {
    Sample sample = new Sample();
    sortedSet.scan(0, samples, (member, _) -> sample.add(member.length() + Double.BYTES));
    return sample.total(sortedSet.size());
  }

  private static long array(int length) {
    return ARRAY_BYTES + ((length + 7L) & ~7L);
  }

  /// Some elements, to guess the others by.
  private static final class Sample {
    private long count;
    private long bytes;

    void add(int elementBytes) {
      count++;
      bytes += elementBytes;
    }

    long total(int size) {
      return 64 + (count == 0 ? 0 : size * (ELEMENT_BYTES + bytes / count));
    }
  }
}
