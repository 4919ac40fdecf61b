/// Lets a broker live a short, ordinary life, so that its JVM can write down what it needed.
/// Arguments: the command that starts a server. It is ended with SIGTERM; its exit code is ours.

static final int LIFE_MAX_S = 60;

/// What most clients do first, and the verbs of a queue; one reply to each.
static final List<String> ORDINARY_LIFE =
    List.of(
        "HELLO 3",
        "CLIENT SETINFO LIB-NAME training",
        "CLIENT ID",
        "COMMAND COUNT",
        "INFO",
        "PING",
        "SET a 1 EX 100",
        "GET a",
        "INCR a",
        "EXPIRE a 100",
        "HSET h f v",
        "HGETALL h",
        "SADD s m",
        "SMEMBERS s",
        "ZADD z 1 m",
        "ZRANGE z 0 -1",
        "RPUSH l v w",
        "LRANGE l 0 -1",
        "BLPOP l 1",
        "BRPOP l 1",
        "XADD x * f v",
        "XGROUP CREATE x g 0",
        "XREADGROUP GROUP g c COUNT 1 STREAMS x >",
        "XRANGE x - +",
        "MULTI",
        "SET b 2",
        "EXEC",
        "NOSUCHCOMMAND",
        "DEL a b h s z l x",
        "QUIT");

void main(String[] command) throws Exception {
  Process server =
      new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  CompletableFuture.delayedExecutor(LIFE_MAX_S, TimeUnit.SECONDS).execute(server::destroyForcibly);
  try (BufferedReader output = server.inputReader()) {
    int port = portWhenReady(output);
    if (port > 0) {
      live(port);
    }
    server.toHandle().destroy(); // Process.destroy would close the output as well
    output.lines().forEach(IO::println);
  }
  System.exit(server.waitFor());
}

/// The port of the Redis protocol, 0 if the server ended instead.
int portWhenReady(BufferedReader output) throws IOException {
  Pattern ready = Pattern.compile("^ready .*resp=\\S+:(\\d+)");
  for (String line = output.readLine(); line != null; line = output.readLine()) {
    Matcher port = ready.matcher(line);
    if (port.find()) {
      return Integer.parseInt(port.group(1));
    }
    IO.println(line);
  }
  return 0;
}

/// A failing command is part of life, too: only that the server answers matters here.
void live(int port) throws IOException {
  try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
    socket.setSoTimeout(5_000);
    byte[] answer = new byte[64 << 10];
    for (String command : ORDINARY_LIFE) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      if (socket.getInputStream().read(answer) < 0) {
        return;
      }
    }
  }
}
