package naru.broker;

/// What somebody said that something should be.
///
/// @param origin who: `--fsync`, `NARU_FSYNC`, `naru.toml, line 3`
record Told(String value, String origin) {
  static final String DEFAULT = "default";

  /// Behind the words about an option's value: where it was said, unless that is the option itself.
  String place() {
    return origin.startsWith("--") || origin.equals(DEFAULT) ? "" : " (" + origin + ")";
  }
}
