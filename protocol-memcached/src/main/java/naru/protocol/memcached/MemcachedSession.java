package naru.protocol.memcached;

import naru.bytes.ByteReader;
import naru.bytes.Bytes;
import naru.protocol.memcached.wire.Line;
import naru.reactor.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A memcached connection: cuts lines and the data behind them, and has them carried out.
///
/// ```
/// set key 0 0 5\r\n hello\r\n        a line, and as many bytes as it announces
/// get key1 key2 …\r\n                a line, worked on a part at a time if it is long
/// ```
///
/// A line stays in the input until all that it announces is there, so nothing is copied aside but
/// what the connection keeps. What is too long to be taken is announced as such, and passed over
/// as it comes.
final class MemcachedSession implements Session {
  private static final Logger LOG = LoggerFactory.getLogger(MemcachedSession.class);

  /// The first byte of each request of the binary protocol.
  private static final byte BINARY_MAGIC = (byte) 0x80;

  private static final int LINE_MAX_BYTES = 2048;

  /// Of many keys.
  private static final int GET_LINE_MAX_BYTES = 8 << 20;

  private final Client client;
  private final Login login;
  private final Storage storage;
  private final Retrieval retrieval;
  private final Commands commands;
  private final Line line = new Line();

  /// How much of the input is known to hold no line feed.
  private int searched;

  /// Less input than this is not worth a look.
  private int needed;

  /// How many bytes are to be passed over.
  private long swallowing;

  /// Whether the input begins within the keys of a line, which is there as a whole.
  private boolean isWithinKeys;

  MemcachedSession(Client client) {
    this.client = client;
    this.login = new Login(client);
    this.storage = new Storage(client);
    this.retrieval = new Retrieval(client);
    this.commands = new Commands(client);
  }

  @Override
  public void received(ByteReader input) {
    boolean more = true;
    while (more && input.remaining() > 0 && !client.peer().isHeld()) {
      if (swallowing > 0) {
        swallow(input);
      } else if (isWithinKeys) {
        goOn(input);
      } else {
        more = input.remaining() >= needed && readNext(input);
      }
    }
  }

  private void swallow(ByteReader input) {
    int count = (int) Math.min(swallowing, input.remaining());
    input.position(input.position() + count);
    swallowing -= count;
  }

  /// Takes the next command; returns false if it is not there as a whole.
  private boolean readNext(ByteReader input) {
    int start = input.position();
    byte[] array = input.array();
    if (array[start] == BINARY_MAGIC) {
      LOG.info(
          "{} speaks memcached's binary protocol, which is not spoken here: cut off",
          client.peer().remoteAddress());
      cutOff(input);
      return false;
    }
    int feed = start + searched;
    while (feed < input.limit() && array[feed] != '\n') {
      feed++;
    }
    if (feed == input.limit()) {
      searched = feed - start;
      checkLength(input);
      return false;
    }
    line.read(array, start, feed);
    client.quiet(false);
    if (!client.isAuthenticated()) {
      return logIn(input, feed + 1);
    }
    if (client.isForsaken()) {
      client.complain("CLIENT_ERROR unauthenticated");
      cutOff(input);
      return false;
    }
    if (line.count() > 1 && storage.begins(line)) {
      return store(input, feed + 1);
    }
    taken(input, feed + 1);
    if (!get(input)) {
      commands.run(line);
    }
    return true;
  }

  private void taken(ByteReader input, int end) {
    input.position(end);
    searched = 0;
    needed = 0;
  }

  /// A line without end is junk, unless it is one of many keys.
  private void checkLength(ByteReader input) {
    if (searched <= LINE_MAX_BYTES
        || (searched <= GET_LINE_MAX_BYTES && client.isAuthenticated() && isGet(input))) {
      return;
    }
    client.complain("CLIENT_ERROR line too long");
    cutOff(input);
  }

  private static boolean isGet(ByteReader input) {
    byte[] array = input.array();
    int at = input.position();
    return array[at] == 'g'
        && ((array[at + 1] == 'e' && array[at + 2] == 't')
            || (array[at + 1] == 'a' && array[at + 2] == 't'));
  }

  private void cutOff(ByteReader input) {
    taken(input, input.limit());
    client.peer().closeAfterOutput();
  }

  private boolean logIn(ByteReader input, int dataStart) {
    int size = login.announced(line);
    if (size < 0) {
      taken(input, dataStart);
      client.complain("CLIENT_ERROR unauthenticated");
      return true;
    }
    int end = dataStart + size + 2;
    if (end > input.limit()) {
      needed = end - input.position();
      return false;
    }
    taken(input, end);
    login.decide(Bytes.of(input.array(), dataStart, size + 2));
    return true;
  }

  private boolean store(ByteReader input, int dataStart) {
    Storage.Announced announced = storage.read(line);
    if (announced.isRefused()) {
      taken(input, dataStart);
      swallowing = announced.bytes();
      return true;
    }
    long end = dataStart + announced.bytes();
    if (end > input.limit()) {
      needed = (int) (end - input.position());
      return false;
    }
    taken(input, (int) end);
    storage.store(Bytes.of(input.array(), dataStart, (int) announced.bytes()));
    return true;
  }

  /// Runs the line if it is one of keys to get; returns whether it is.
  private boolean get(ByteReader input) {
    int firstKey = commands.firstKeyToGet(line, retrieval);
    if (firstKey == 0) {
      return false;
    }
    if (firstKey < 0) {
      return true;
    }
    int at = firstKey < line.count() ? line.start(firstKey) : line.end();
    if (hasLongKey(line.array(), at, line.end())) {
      client.complain("CLIENT_ERROR bad command line format");
      return true;
    }
    isWithinKeys = true;
    get(input, at, line.end());
    return true;
  }

  private static boolean hasLongKey(byte[] array, int from, int end) {
    int keyStart = from;
    for (int i = from; i <= end; i++) {
      if (i == end || array[i] == ' ') {
        if (i - keyStart > Command.KEY_MAX_BYTES) {
          return true;
        }
        keyStart = i + 1;
      }
    }
    return false;
  }

  /// Gets the keys up to `end`, behind which stands what ends the line and was taken already.
  private void get(ByteReader input, int from, int end) {
    int behind = input.position();
    int at = from;
    while (at < end && !client.peer().isHeld()) {
      at = retrieval.get(input.array(), at, end);
    }
    if (at < end) {
      input.position(at);
      return;
    }
    input.position(behind);
    isWithinKeys = false;
    if (!retrieval.isRefused()) {
      client.complain("END");
    }
  }

  private void goOn(ByteReader input) {
    byte[] array = input.array();
    int start = input.position();
    int feed = start;
    while (array[feed] != '\n') {
      feed++;
    }
    line.read(array, start, feed);
    input.position(feed + 1);
    get(input, start, line.end());
  }

  @Override
  public void closed() {
    client.server().leave();
  }
}
