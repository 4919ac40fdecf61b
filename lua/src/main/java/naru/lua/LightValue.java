package naru.lua;

/// A value that is nothing but itself, as C's light userdata: `cjson.null`.
public final class LightValue {
  private final String address;

  public LightValue(String address) {
    this.address = address;
  }

  @Override
  public String toString() {
    return "userdata: " + address;
  }
}
