package naru.world.real;

/// A place where connections are accepted.
interface Listener {
  int port();

  void close();
}
