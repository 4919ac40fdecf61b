package naru.broker;

/// Where the process starts.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("usage: naru server [options]");
  }
}
