package naru.protocol.resp.acl;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.acl.Denial.Reason;
import naru.protocol.resp.verb.Commands;
import naru.protocol.resp.verb.KeySpec;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import naru.structures.Glob;
import org.jspecify.annotations.Nullable;

/// One set of permissions: these commands on these keys and channels. A user has one, and may have
/// more, of which each allows what it allows by itself.
final class Selector {
  final CommandRules commands;
  private final List<KeyPattern> keys = new ArrayList<>(1);
  private final List<Glob> channels = new ArrayList<>(1);
  private boolean allKeys;
  private boolean allChannels;

  Selector(Commands commands, boolean allChannels) {
    this.commands = new CommandRules(commands);
    this.allChannels = allChannels;
  }

  Selector(Selector other) {
    commands = new CommandRules(other.commands);
    keys.addAll(other.keys);
    channels.addAll(other.channels);
    allKeys = other.allKeys;
    allChannels = other.allChannels;
  }

  /// Whether everything is allowed.
  boolean isUnlimited() {
    return commands.allowsAll() && allKeys && allChannels;
  }

  boolean allowsAllChannels() {
    return allChannels;
  }

  List<Glob> channels() {
    return channels;
  }

  void allKeys(boolean now) {
    allKeys = now;
    keys.clear();
  }

  void allChannels(boolean now) {
    allChannels = now;
    channels.clear();
  }

  void addKeys(Bytes pattern, boolean read, boolean write) {
    for (int i = 0; i < keys.size(); i++) {
      KeyPattern present = keys.get(i);
      if (present.pattern().equals(pattern)) {
        keys.set(
            i, new KeyPattern(present.glob(), present.reads() || read, present.writes() || write));
        return;
      }
    }
    keys.add(new KeyPattern(new Glob(pattern.owned()), read, write));
  }

  boolean allowsAllKeys() {
    return allKeys;
  }

  void addChannels(Bytes pattern) {
    if (channels.stream().noneMatch(present -> present.pattern().equals(pattern))) {
      channels.add(new Glob(pattern.owned()));
    }
  }

  /// Why a call is not allowed, null if it is.
  @Nullable Denial denial(Verb verb, Arguments words) {
    if (!commands.allows(verb, words)) {
      return Denial.COMMAND;
    }
    int key = allKeys ? 0 : deniedKey(verb, words);
    if (key > 0) {
      return new Denial(Reason.KEY, key);
    }
    int channel = allChannels ? 0 : deniedChannel(verb, words);
    return channel > 0 ? new Denial(Reason.CHANNEL, channel) : null;
  }

  /// Where the first key stands that may not be used so, 0 if there is none.
  private int deniedKey(Verb verb, Arguments words) {
    int[] denied = {0};
    for (KeySpec spec : verb.keys()) {
      if (spec.isKey()) {
        String access = verb.access(spec, words);
        boolean read = KeySpec.reads(access);
        boolean write = KeySpec.writes(access);
        spec.forEachIndex(
            words,
            i -> {
              if (denied[0] == 0 && !allowsKey(words.get(i), read, write)) {
                denied[0] = i;
              }
            });
      }
    }
    return denied[0];
  }

  private boolean allowsKey(Bytes key, boolean read, boolean write) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).allows(key, read, write)) {
        return true;
      }
    }
    return false;
  }

  private int deniedChannel(Verb verb, Arguments words) {
    int last =
        switch (verb.channels()) {
          case NONE -> 0;
          case FIRST -> 1;
          case ALL, PATTERNS -> words.count() - 1;
        };
    boolean literal = verb.channels() == Verb.Channels.PATTERNS;
    for (int i = 1; i <= last; i++) {
      if (!allowsChannel(words.get(i), literal)) {
        return i;
      }
    }
    return 0;
  }

  /// @param literal whether `channel` is a pattern itself, which has to be allowed as it stands
  boolean allowsChannel(Bytes channel, boolean literal) {
    if (allChannels) {
      return true;
    }
    for (int i = 0; i < channels.size(); i++) {
      Glob allowed = channels.get(i);
      if (literal ? allowed.pattern().equals(channel) : allowed.matches(channel)) {
        return true;
      }
    }
    return false;
  }

  /// Whether every key may be read, whatever its name.
  boolean readsEveryKey() {
    return allKeys
        || keys.stream().anyMatch(each -> each.covers(true, false) && each.glob().matchesAll());
  }

  /// `~a %R~b`
  String keysText() {
    return allKeys ? "~*" : String.join(" ", keys.stream().map(KeyPattern::text).toList());
  }

  /// `&a &b`
  String channelsText() {
    return allChannels
        ? "&*"
        : String.join(
            " ", channels.stream().map(glob -> "&" + Latin.text(glob.pattern())).toList());
  }

  /// Rules that make the same of a new one.
  String text() {
    StringBuilder text = new StringBuilder();
    if (!keysText().isEmpty()) {
      text.append(keysText()).append(' ');
    }
    if (!allChannels) {
      text.append("resetchannels ");
    }
    if (!channelsText().isEmpty()) {
      text.append(channelsText()).append(' ');
    }
    return text.append(commands.text()).toString();
  }
}
