package naru.lua.library;

/// A value that is nothing but itself, as C's light userdata: `cjson.null`.
final class LightValue {
  private final String address;

  LightValue(String address) {
    this.address = address;
  }

  @Override
  public String toString() {
    return "userdata: " + address;
  }
}
