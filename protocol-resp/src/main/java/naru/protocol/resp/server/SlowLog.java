package naru.protocol.resp.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import naru.bytes.Bytes;
import naru.protocol.resp.setting.Settings;
import naru.protocol.resp.wire.Arguments;

/// The commands that took long, newest first.
public final class SlowLog {
  private static final Bytes REDACTED = Bytes.of("(redacted)");
  private static final Set<String> SECRETS =
      Set.of("requirepass", "masterauth", "masteruser", "tls-key-file-pass");

  private static final int ARGUMENTS_MAX = 32;
  private static final int ARGUMENT_MAX_BYTES = 128;

  /// One command that took long.
  ///
  /// @param atS wall clock in seconds
  public record Entry(
      long id, long atS, long tookUs, List<Bytes> arguments, String address, Bytes clientName) {}

  private final Settings settings;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long idNext;

  SlowLog(Settings settings) {
    this.settings = settings;
  }

  /// Keeps the command if it took long enough.
  public void note(Client client, Arguments words, long tookNs, long nowMs) {
    long slowUs = settings.slowlogLogSlowerThan.value();
    if (slowUs < 0 || tookNs / 1000 < slowUs || settings.slowlogMaxLen.value() == 0) {
      return;
    }
    entries.addFirst(
        new Entry(
            idNext++,
            nowMs / 1000,
            tookNs / 1000,
            shortened(words),
            client.peer().remoteAddress(),
            client.name()));
    while (entries.size() > settings.slowlogMaxLen.value()) {
      entries.removeLast();
    }
  }

  private static List<Bytes> shortened(Arguments words) {
    int count = Math.min(words.count(), ARGUMENTS_MAX);
    List<Bytes> shortened = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      if (i == ARGUMENTS_MAX - 1 && words.count() > ARGUMENTS_MAX) {
        int more = words.count() - ARGUMENTS_MAX + 1;
        shortened.add(Bytes.of("... (" + more + " more arguments)"));
      } else {
        shortened.add(isSecret(words, i) ? REDACTED : shortened(words.get(i)));
      }
    }
    return shortened;
  }

  /// Whether a word is a password that `CONFIG SET` sets.
  private static boolean isSecret(Arguments words, int index) {
    return index >= 3
        && index % 2 == 1
        && words.get(0).equalsIgnoreCase("CONFIG")
        && words.get(1).equalsIgnoreCase("SET")
        && SECRETS.contains(words.get(index - 1).toString().toLowerCase(Locale.ROOT));
  }

  private static Bytes shortened(Bytes word) {
    if (word.length() <= ARGUMENT_MAX_BYTES) {
      return Bytes.of(word.copy());
    }
    int more = word.length() - ARGUMENT_MAX_BYTES;
    byte[] tail = Bytes.of("... (" + more + " more bytes)").array();
    byte[] text = new byte[ARGUMENT_MAX_BYTES + tail.length];
    System.arraycopy(word.array(), word.offset(), text, 0, ARGUMENT_MAX_BYTES);
    System.arraycopy(tail, 0, text, ARGUMENT_MAX_BYTES, tail.length);
    return Bytes.of(text);
  }

  /// Up to `count` entries, newest first.
  public List<Entry> newest(long count) {
    return entries.stream().limit(count).toList();
  }

  public int size() {
    return entries.size();
  }

  public void clear() {
    entries.clear();
  }
}
