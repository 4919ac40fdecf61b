package naru.protocol.resp.verb;

import java.util.List;

/// One argument of a usage line, as `COMMAND DOCS` describes it: a word of the client's, a fixed
/// word, a choice, or several arguments together.
///
/// @param name what it is called
/// @param type `key`, `string`, `integer`, `double`, `pattern`, `unix-time`, `pure-token`, `oneof`
///     or `block`
/// @param token the fixed word before it, or that it is; empty for none
/// @param optional whether it may be left out
/// @param multiple whether it may be repeated
/// @param multipleToken whether its token is then said again
/// @param keySpec which of the verb's keys it stands for; -1 if it is that of its place
/// @param parts what it consists of, for `oneof` and `block`
public record UsageArgument(
    String name,
    String type,
    String token,
    boolean optional,
    boolean multiple,
    boolean multipleToken,
    int keySpec,
    List<UsageArgument> parts) {
  static UsageArgument word(String name, String type, int keySpec) {
    return new UsageArgument(name, type, "", false, false, false, keySpec, List.of());
  }

  static UsageArgument fixed(String name, String token) {
    return new UsageArgument(name, "pure-token", token, false, false, false, -1, List.of());
  }

  static UsageArgument group(String name, String type, List<UsageArgument> parts) {
    return new UsageArgument(name, type, "", false, false, false, -1, List.copyOf(parts));
  }

  public boolean hasToken() {
    return !token.isEmpty();
  }

  /// Whether it is a word that has to stand as it is.
  public boolean isFixed() {
    return type.equals("pure-token");
  }

  /// Whether it is a word of the client's and nothing else.
  boolean isPlain() {
    return parts.isEmpty() && !hasToken() && !optional;
  }

  UsageArgument called(String newName) {
    return new UsageArgument(
        newName, type, token, optional, multiple, multipleToken, keySpec, parts);
  }

  UsageArgument madeOptional() {
    return new UsageArgument(name, type, token, true, multiple, multipleToken, keySpec, parts);
  }

  UsageArgument repeated(boolean withToken) {
    return new UsageArgument(name, type, token, optional, true, withToken, keySpec, parts);
  }

  UsageArgument after(String newToken) {
    return new UsageArgument(
        name, type, newToken, optional, multiple, multipleToken, keySpec, parts);
  }
}
