package naru.protocol.memcached;

import naru.protocol.memcached.wire.Line;

/// Reads the lines of the commands that bring no data, and has them carried out.
final class Commands {
  private final Client client;
  private final Arithmetic arithmetic;
  private final Deletion deletion;
  private final Touch touch;
  private final Flush flush;
  private final MetaGet metaGet;
  private final MetaDebug metaDebug;
  private final Figures figures;
  private final MetaFlags flags = new MetaFlags();

  Commands(Client client) {
    this.client = client;
    this.arithmetic = new Arithmetic(client);
    this.deletion = new Deletion(client);
    this.touch = new Touch(client);
    this.flush = new Flush(client);
    this.metaGet = new MetaGet(client);
    this.metaDebug = new MetaDebug(client);
    this.figures = new Figures(client);
  }

  /// The index of the first key if the line is one of keys to get, which `retrieval` is told; -1 if
  /// it is one, and wrong, as the client was told; else 0.
  int firstKeyToGet(Line line, Retrieval retrieval) {
    boolean touches = line.is(0, "gat") || line.is(0, "gats");
    if (!touches && !line.is(0, "get") && !line.is(0, "gets")) {
      return 0;
    }
    if (line.count() < 2) {
      client.complain("ERROR");
      return -1;
    }
    if (touches && !line.isSigned(1, 0)) {
      client.complain("CLIENT_ERROR invalid exptime argument");
      return -1;
    }
    int expiry = touches ? (int) line.number() : 0;
    boolean withVersion = line.at(0, line.length(0) - 1) == 's';
    retrieval.begin(withVersion, touches, expiry);
    return touches ? 2 : 1;
  }

  /// Runs any other line.
  void run(Line line) {
    if (line.count() == 0 || line.length(0) < 2) {
      client.complain("ERROR");
    } else if (line.length(0) == 2 && line.at(0, 0) == 'm') {
      runMeta(line);
    } else if (line.is(0, "incr") || line.is(0, "decr")) {
      count(line, line.is(0, "incr"));
    } else if (line.is(0, "delete")) {
      delete(line);
    } else if (line.is(0, "touch")) {
      touch(line);
    } else if (line.is(0, "flush_all")) {
      flush(line);
    } else if (line.is(0, "version")) {
      client.complain("VERSION " + Figures.VERSION);
    } else if (line.is(0, "quit")) {
      client.peer().closeAfterOutput();
    } else if (line.is(0, "stats")) {
      figures.run(line);
    } else {
      administer(line);
    }
  }

  private boolean hasWords(Line line, int least, int most) {
    if (line.count() < least || line.count() > most) {
      client.complain("ERROR");
      return false;
    }
    readQuiet(line);
    return true;
  }

  private void readQuiet(Line line) {
    client.quiet(line.is(line.count() - 1, "noreply"));
  }

  private boolean hasKey(Line line) {
    if (line.length(1) > Command.KEY_MAX_BYTES) {
      client.say("CLIENT_ERROR bad command line format");
      return false;
    }
    return true;
  }

  private void count(Line line, boolean increments) {
    if (!hasWords(line, 3, 4) || !hasKey(line)) {
      return;
    }
    if (!line.isUnsigned(2, 0)) {
      client.say("CLIENT_ERROR invalid numeric delta argument");
      return;
    }
    arithmetic.key = line.word(1);
    arithmetic.meta = null;
    arithmetic.increments = increments;
    arithmetic.delta = line.number();
    arithmetic.submit();
  }

  private void delete(Line line) {
    if (line.count() < 2 || line.count() > 4) {
      client.complain("ERROR");
      return;
    }
    if (line.count() > 2) {
      // Once, a delete could be told to hold for some time.
      boolean holdsNot = line.is(2, "0");
      readQuiet(line);
      boolean isValid =
          line.count() == 3 ? holdsNot || client.isQuiet() : holdsNot && client.isQuiet();
      if (!isValid) {
        client.say("CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]");
        return;
      }
    }
    if (hasKey(line)) {
      deletion.key = line.word(1);
      deletion.meta = null;
      deletion.submit();
    }
  }

  private void touch(Line line) {
    if (!hasWords(line, 3, 4) || !hasKey(line)) {
      return;
    }
    if (!line.isSigned(2, 0)) {
      client.say("CLIENT_ERROR invalid exptime argument");
      return;
    }
    touch.key = line.word(1);
    touch.expiry = (int) line.number();
    touch.submit();
  }

  private void flush(Line line) {
    if (!hasWords(line, 1, 3)) {
      return;
    }
    flush.delay = 0;
    if (line.count() != (client.isQuiet() ? 2 : 1)) {
      if (!line.isSigned(1, 0)) {
        client.say("CLIENT_ERROR invalid exptime argument");
        return;
      }
      flush.delay = (int) line.number();
    }
    flush.submit();
  }

  private void runMeta(Line line) {
    switch (line.at(0, 1)) {
      case 'n' -> client.complain("MN");
      case 'g' -> {
        if (readFlags(line, metaGet.asked, "")) {
          metaGet.key = metaGet.asked.key;
          metaGet.submit();
        }
      }
      case 'd' -> {
        if (readFlags(line, flags, "CLIENT_ERROR invalid or duplicate flag")) {
          client.statistics().metas++;
          deletion.key = flags.key;
          deletion.meta = flags;
          deletion.submit();
        }
      }
      case 'a' -> countMeta(line);
      case 'e' -> describe(line);
      case 's' -> client.complain("ERROR");
      default -> client.complain("ERROR");
    }
  }

  /// @param complaint about flags, empty if each has its own
  private boolean readFlags(Line line, MetaFlags into, String complaint) {
    if (line.count() < 2) {
      client.complain("ERROR");
    } else if (line.length(1) > Command.KEY_MAX_BYTES) {
      client.complain("CLIENT_ERROR bad command line format");
    } else if (MetaFlags.isTooLong(line)) {
      boolean isGet = complaint.isEmpty();
      client.complain("CLIENT_ERROR options flags " + (isGet ? "are too long" : "too long"));
    } else if (!into.read(line, 2)) {
      client.complain(complaint.isEmpty() ? into.error() : complaint);
    } else if (into.isOpaqueTooLong()) {
      client.complain("CLIENT_ERROR opaque token too long");
    } else {
      return true;
    }
    return false;
  }

  private void countMeta(Line line) {
    if (!readFlags(line, flags, "CLIENT_ERROR invalid or duplicate flag")) {
      return;
    }
    switch (flags.mode) {
      case 0, 'I', 'i', '+' -> arithmetic.increments = true;
      case 'D', 'd', '-' -> arithmetic.increments = false;
      default -> {
        client.complain("CLIENT_ERROR invalid mode for ma M token");
        return;
      }
    }
    client.statistics().metas++;
    arithmetic.key = flags.key;
    arithmetic.meta = flags;
    arithmetic.delta = flags.delta;
    arithmetic.submit();
  }

  private void describe(Line line) {
    if (line.count() < 2 || line.length(1) > Command.KEY_MAX_BYTES) {
      client.complain("CLIENT_ERROR bad command line format");
      return;
    }
    flags.read(line, line.count() > 2 && line.is(2, "b") ? 2 : line.count());
    if (flags.hasError()) {
      client.complain("CLIENT_ERROR bad command line format");
      return;
    }
    metaDebug.key = flags.key;
    metaDebug.shownKey = flags.shownKey;
    metaDebug.submit();
  }

  /// What memcached has for its own slabs and threads is answered as where it is switched off.
  private void administer(Line line) {
    if (line.is(0, "verbosity")) {
      if (hasWords(line, 2, 3)) {
        client.say(line.isUnsigned(1, 0) ? "OK" : "CLIENT_ERROR bad command line format");
      }
    } else if (line.is(0, "cache_memlimit")) {
      if (hasWords(line, 2, 3)) {
        client.say(
            line.isUnsigned(1, 0)
                ? "MEMLIMIT_ADJUST_FAILED out of bounds or unable to adjust"
                : "ERROR");
      }
    } else if (line.is(0, "watch")) {
      client.complain("CLIENT_ERROR watch commands not allowed");
    } else if (line.is(0, "shutdown")) {
      client.complain("ERROR: shutdown not enabled");
    } else if (line.is(0, "slabs")) {
      client.complain("CLIENT_ERROR slab reassignment disabled");
    } else if (line.is(0, "lru")) {
      client.complain("CLIENT_ERROR lru cannot be tuned");
    } else if (line.is(0, "lru_crawler")) {
      client.complain(
          line.is(1, "metadump")
              ? "ERROR metadump not allowed"
              : "CLIENT_ERROR lru crawler disabled");
    } else {
      client.complain("ERROR");
    }
  }
}
