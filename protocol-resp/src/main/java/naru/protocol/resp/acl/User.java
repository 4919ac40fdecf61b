package naru.protocol.resp.acl;

import java.util.ArrayList;
import java.util.List;
import naru.bytes.Bytes;
import naru.protocol.resp.verb.Commands;
import naru.protocol.resp.verb.Verb;
import naru.protocol.resp.wire.Arguments;
import naru.structures.Glob;
import org.jspecify.annotations.Nullable;

/// Somebody whom connections act for. A connection holds the user itself, so that what the user may
/// no longer do, the connection may not from that moment on.
public final class User {
  private final Bytes name;
  private final Commands commands;
  private Passwords passwords = new Passwords();
  private List<Selector> selectors = new ArrayList<>(1);
  private boolean enabled;
  private boolean takesAnyPassword;
  private boolean sanitizes = true;
  private boolean skipsSanitizing;
  private boolean unlimited;
  private boolean removed;

  /// A user that may do nothing, not even log in.
  User(Bytes name, Commands commands, boolean allChannels) {
    this.name = name.owned();
    this.commands = commands;
    selectors.add(new Selector(commands, allChannels));
  }

  /// A draft: to be changed, and then taken.
  User draft() {
    User draft = new User(name, commands, false);
    draft.take(this);
    draft.passwords = new Passwords(passwords);
    draft.selectors = new ArrayList<>(selectors.stream().map(Selector::new).toList());
    return draft;
  }

  /// Becomes what `draft` is, which is not used any more.
  void take(User draft) {
    passwords = draft.passwords;
    selectors = draft.selectors;
    enabled = draft.enabled;
    takesAnyPassword = draft.takesAnyPassword;
    sanitizes = draft.sanitizes;
    skipsSanitizing = draft.skipsSanitizing;
    unlimited = selectors.stream().anyMatch(Selector::isUnlimited);
  }

  public Bytes name() {
    return name;
  }

  /// Whether everything is allowed, so that nothing needs to be checked.
  public boolean isUnlimited() {
    return unlimited;
  }

  /// Whether there is no such user any more.
  public boolean isRemoved() {
    return removed;
  }

  void removed() {
    removed = true;
  }

  public boolean isEnabled() {
    return enabled;
  }

  /// Whether anyone may be this user who says so.
  public boolean isOpen() {
    return enabled && takesAnyPassword;
  }

  /// Whether it has no password, so that any will do.
  public boolean takesAnyPassword() {
    return takesAnyPassword;
  }

  /// Whether a password with that hash opens.
  boolean admits(byte[] hash) {
    boolean right = passwords.have(hash);
    return enabled && (takesAnyPassword || right);
  }

  /// Why a call is not allowed, null if it is.
  public @Nullable Denial denial(Verb verb, Arguments words) {
    Denial denial = Denial.COMMAND;
    for (Selector selector : selectors) {
      Denial its = selector.denial(verb, words);
      if (its == null) {
        return null;
      }
      denial = denial.nearer(its);
    }
    return denial;
  }

  /// Whether a call is allowed by permissions that allow to read every key, too.
  public boolean mayReadEveryKey(Verb verb, Arguments words) {
    return unlimited
        || selectors.stream()
            .anyMatch(each -> each.readsEveryKey() && each.denial(verb, words) == null);
  }

  public boolean mayListen(Bytes channel, boolean isPattern) {
    return selectors.stream().anyMatch(each -> each.allowsChannel(channel, isPattern));
  }

  /// Whether there is a channel that `other`'s rules name and this one's do not.
  boolean listensToLessThan(User other) {
    if (selectors.stream().anyMatch(Selector::allowsAllChannels)) {
      return false;
    }
    List<Bytes> patterns = patterns();
    return other.selectors.stream().anyMatch(Selector::allowsAllChannels)
        || !patterns.containsAll(other.patterns());
  }

  private List<Bytes> patterns() {
    return selectors.stream().flatMap(each -> each.channels().stream()).map(Glob::pattern).toList();
  }

  Selector root() {
    return selectors.getFirst();
  }

  /// The permissions beside those of the user itself.
  List<Selector> others() {
    return selectors.subList(1, selectors.size());
  }

  void add(Selector selector) {
    selectors.add(selector);
  }

  Selector newSelector(boolean allChannels) {
    return new Selector(commands, allChannels);
  }

  void enabled(boolean now) {
    enabled = now;
  }

  void sanitizes(boolean now) {
    sanitizes = now;
    skipsSanitizing = !now;
  }

  void takesAnyPassword(boolean now) {
    takesAnyPassword = now;
    passwords.clear();
  }

  void addPassword(byte[] hash) {
    passwords.add(hash);
    takesAnyPassword = false;
  }

  void removePassword(byte[] hash) {
    passwords.remove(hash);
  }

  /// `on`, `off`, `nopass` and the like.
  List<String> flags() {
    List<String> flags = new ArrayList<>(3);
    flags.add(enabled ? "on" : "off");
    if (takesAnyPassword) {
      flags.add("nopass");
    }
    if (skipsSanitizing) {
      flags.add("skip-sanitize-payload");
    }
    if (sanitizes) {
      flags.add("sanitize-payload");
    }
    return flags;
  }

  /// The hashes of the passwords in hexadecimal digits.
  List<String> passwords() {
    return passwords.hex();
  }

  /// `user name rules`, as it stands in files. The same user is made by loading it.
  public Bytes line() {
    List<String> words = new ArrayList<>();
    words.add("user");
    words.add(Latin.text(name));
    words.addAll(flags());
    passwords().forEach(hash -> words.add("#" + hash));
    words.add(root().text());
    others().forEach(selector -> words.add("(" + selector.text() + ")"));
    return Latin.bytes(String.join(" ", words));
  }
}
