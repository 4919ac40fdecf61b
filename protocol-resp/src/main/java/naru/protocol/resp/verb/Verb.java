package naru.protocol.resp.verb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import naru.engine.Decision;
import naru.engine.Procedure;
import naru.protocol.resp.wire.Arguments;
import org.jspecify.annotations.Nullable;

/// The declaration of a command: the one place where it is described.
///
/// From the usage line follow name, arity, key positions, `COMMAND DOCS` and the page in the
/// reference. A group of verbs is a file with a `List<Verb> VERBS`, listed in the catalog.
///
/// ```java
/// static final List<Verb> VERBS = List.of(
///     Verb.of("LPUSH key element [element ...]", call -> push(call, true))
///         .since("1.0.0").flags(WRITE, DENYOOM, FAST).keys("RW insert")
///         .summary("Prepends one or more elements to a list.")
///         .complexity("O(1) for each element added, so O(N) to add N elements."));
/// ```
public final class Verb {
  /// Which of its words are channels that it publishes to or listens to.
  public enum Channels {
    NONE,
    /// The first word behind the name.
    FIRST,
    /// All words behind the name.
    ALL,
    /// All words behind the name, and they are patterns.
    PATTERNS
  }

  private final Usage usage;
  private final Handler handler;
  private @Nullable Function<Call, Procedure> procedure;
  private int arity;
  private int number;
  private List<KeySpec> keys;
  private Set<Flag> flags = EnumSet.noneOf(Flag.class);
  private List<String> categories = List.of();
  private String since = "1.0.0";
  private List<String> tips = List.of();
  private boolean reads;
  private boolean secret;
  private @Nullable Function<Arguments, String> accessOfCall;
  private Channels channels = Channels.NONE;
  private String deprecatedSince = "";
  private String replacedBy = "";
  private boolean forSystem;
  private String summary = "";
  private String complexity = "";

  private Verb(Usage usage, Handler handler) {
    this.usage = usage;
    this.handler = handler;
    this.arity = usage.arity();
    this.keys = usage.keys();
  }

  /// A verb by its usage line, see [Usage].
  public static Verb of(String usageLine, Handler handler) {
    return new Verb(Usage.of(usageLine), handler);
  }

  /// A verb that is a procedure: it performs requests of its own.
  public static Verb procedure(String usageLine, Function<Call, Procedure> procedure) {
    Verb verb = new Verb(Usage.of(usageLine), Verb::neverDecided);
    verb.procedure = procedure;
    return verb;
  }

  private static Decision neverDecided(Call call) {
    throw new IllegalStateException("a procedure is run, not decided: " + call.verb());
  }

  /// Whether it is a procedure, which may run for long.
  public boolean isProcedure() {
    return procedure != null;
  }

  /// What a call of it runs; null if it is decided as a request.
  public @Nullable Procedure procedure(Call call) {
    return procedure == null ? null : procedure.apply(call);
  }

  /// The first version of Redis that had it.
  public Verb since(String version) {
    since = version;
    return this;
  }

  public Verb flags(Flag first, Flag... more) {
    flags = EnumSet.of(first, more);
    reads = reads || flags.contains(Flag.READONLY);
    return this;
  }

  /// It looks for keys as those do that only read, although it writes: that counts as a hit or a
  /// miss.
  public Verb reading() {
    reads = true;
    return this;
  }

  /// Whether a key that it looks for counts as a hit or a miss.
  public boolean reads() {
    return reads;
  }

  /// Categories of access control that do not follow from the flags, instead of the one that
  /// belongs to the verb's group: `keyspace`, `dangerous`.
  public Verb categories(String... names) {
    categories = List.of(names);
    return this;
  }

  /// What proxies and those who compare replies should know, in Redis' words:
  /// https://redis.io/docs/latest/develop/reference/command-tips/
  public Verb tips(String... words) {
    tips = List.of(words);
    return this;
  }

  public Verb summary(String sentence) {
    summary = sentence;
    return this;
  }

  public Verb complexity(String sentence) {
    complexity = sentence;
    return this;
  }

  /// Others are better since a version of Redis.
  ///
  /// @param what the ones to use instead, in Markdown
  public Verb deprecated(String version, String what) {
    deprecatedSince = version;
    replacedBy = what;
    return this;
  }

  /// It is not for applications: servers say it to each other, or testers to servers.
  public Verb forSystem() {
    forSystem = true;
    return this;
  }

  /// What is done to the keys, one string for each key position of the usage line, in Redis' words:
  /// `RO access`, `RW insert`, `OW update`, `RM delete`.
  public Verb keys(String... access) {
    List<KeySpec> described = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      described.add(keys.get(i).access(access[Math.min(i, access.length - 1)]));
    }
    keys = List.copyOf(described);
    return this;
  }

  /// What is done to the keys follows from the words of a call: `variable_flags`.
  public Verb accessOfCall(Function<Arguments, String> access) {
    accessOfCall = access;
    return this;
  }

  /// What a call does to the keys of one of the verb's [#keys].
  public String access(KeySpec spec, Arguments words) {
    return accessOfCall == null ? spec.access() : accessOfCall.apply(words);
  }

  /// Key positions that the usage line cannot tell.
  public Verb keySpecs(KeySpec... specs) {
    keys = List.copyOf(Arrays.asList(specs));
    return this;
  }

  /// An arity that the usage line cannot tell.
  public Verb arity(int newArity) {
    arity = newArity;
    return this;
  }

  /// Its words are nobody's business: they are not kept in logs.
  public Verb secret() {
    secret = true;
    return this;
  }

  public boolean isSecret() {
    return secret;
  }

  public Verb channels(Channels which) {
    channels = which;
    return this;
  }

  public Channels channels() {
    return channels;
  }

  /// Its place in the table of commands, from 0: for statistics by verb.
  public int number() {
    return number;
  }

  void number(int newNumber) {
    number = newNumber;
  }

  /// `lpush`; `client|kill` for a subcommand.
  public String name() {
    return usage.name();
  }

  public Usage usage() {
    return usage;
  }

  public Handler handler() {
    return handler;
  }

  public int arity() {
    return arity;
  }

  public boolean accepts(int words) {
    return arity >= 0 ? words == arity : words >= -arity;
  }

  public List<KeySpec> keys() {
    return keys;
  }

  public Set<Flag> flags() {
    return flags;
  }

  public boolean is(Flag flag) {
    return flags.contains(flag);
  }

  /// Set by [#categories(String...)], else empty.
  public List<String> categories() {
    return categories;
  }

  /// Set by [#tips(String...)], else empty.
  public List<String> tips() {
    return tips;
  }

  public String since() {
    return since;
  }

  public String summary() {
    return summary;
  }

  public String complexity() {
    return complexity;
  }

  /// Set by [#deprecated(String, String)], else empty.
  public String deprecatedSince() {
    return deprecatedSince;
  }

  /// Set by [#deprecated(String, String)], else empty.
  public String replacedBy() {
    return replacedBy;
  }

  public boolean isForSystem() {
    return forSystem;
  }

  @Override
  public String toString() {
    return usage.line();
  }
}
