package naru.simulator.model;

/// The commands that the model knows.
final class Verbs {
  private Verbs() {}

  static Outcome run(Turn turn) {
    try {
      return named(turn);
    } catch (Refused refused) {
      return Outcome.done(refused.reply());
    }
  }

  private static Outcome named(Turn turn) {
    return switch (turn.word(0)) {
      case "PING" -> Connections.ping(turn);
      case "HELLO" -> Connections.hello(turn);
      case "MULTI" -> Outcome.done(Reply.OK);
      case "WATCH" -> Connections.watch(turn);
      case "UNWATCH", "DISCARD" -> Connections.unwatch(turn);
      case "SUBSCRIBE", "PSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE" -> Connections.listen(turn);
      case "PUBLISH" -> Outcome.number(turn.clients().publish(turn.word(1), turn.word(2)));
      case "EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT" -> Expiry.expire(turn);
      case "PERSIST" -> Expiry.persist(turn);
      case "PTTL" -> Expiry.tell(turn, turn.nowMs());
      case "PEXPIRETIME" -> Expiry.tell(turn, 0);
      case "GETEX" -> Strings.getExpiring(turn);
      case "SET" -> Strings.set(turn);
      case "GET" -> Strings.get(turn);
      case "APPEND" -> Strings.append(turn);
      case "INCR" -> Strings.increment(turn);
      case "DEL" -> Strings.delete(turn);
      case "LPUSH" -> Lists.push(turn, true);
      case "RPUSH" -> Lists.push(turn, false);
      case "LPOP" -> Lists.pop(turn, true);
      case "RPOP" -> Lists.pop(turn, false);
      case "LLEN" -> Lists.length(turn);
      case "LRANGE" -> Lists.range(turn);
      case "LTRIM" -> Lists.trim(turn);
      case "LMOVE" -> Lists.move(turn);
      case "BLMOVE" -> Lists.moveOrWait(turn);
      case "BLPOP" -> Lists.popOrWait(turn, true);
      case "BRPOP" -> Lists.popOrWait(turn, false);
      case "HSET" -> Hashes.set(turn);
      case "HINCRBY" -> Hashes.increment(turn);
      case "HDEL" -> Hashes.delete(turn);
      case "HGET" -> Hashes.get(turn);
      case "HMGET" -> Hashes.getMany(turn);
      case "HLEN" -> Hashes.length(turn);
      case "HPEXPIRE" -> Hashes.expire(turn);
      case "HPERSIST" -> Hashes.persist(turn);
      case "HPTTL" -> Hashes.tell(turn, turn.nowMs());
      case "HPEXPIRETIME" -> Hashes.tell(turn, 0);
      case "SADD" -> Sets.add(turn);
      case "SREM" -> Sets.remove(turn);
      case "SMOVE" -> Sets.move(turn);
      case "SCARD" -> Sets.size(turn);
      case "SMISMEMBER" -> Sets.contain(turn);
      case "ZADD" -> SortedSets.add(turn);
      case "ZINCRBY" -> SortedSets.increment(turn);
      case "ZREM" -> SortedSets.remove(turn);
      case "ZSCORE" -> SortedSets.score(turn);
      case "ZRANK" -> SortedSets.rank(turn);
      case "ZCARD" -> SortedSets.size(turn);
      case "ZRANGE" -> SortedSets.all(turn);
      case "ZCOUNT" -> SortedSets.count(turn);
      case "ZPOPMIN" -> SortedSets.pop(turn, true);
      case "ZPOPMAX" -> SortedSets.pop(turn, false);
      case "BZPOPMIN" -> SortedSets.popOrWait(turn, true);
      case "BZPOPMAX" -> SortedSets.popOrWait(turn, false);
      case "XADD" -> Streams.add(turn);
      case "XTRIM" -> Streams.trim(turn);
      case "XDEL" -> Streams.delete(turn);
      case "XLEN" -> Streams.length(turn);
      case "XRANGE" -> Streams.range(turn, false);
      case "XREVRANGE" -> Streams.range(turn, true);
      case "XREAD" -> Streams.read(turn);
      case "XGROUP" -> Groups.administer(turn);
      case "XREADGROUP" -> Groups.read(turn);
      case "XACK" -> Groups.acknowledge(turn);
      case "XACKDEL" -> Groups.acknowledgeAndDelete(turn);
      case "XPENDING" -> Groups.pending(turn);
      case "XCLAIM" -> Member.claim(turn);
      case "XAUTOCLAIM" -> Member.claimIdle(turn);
      default -> throw new IllegalArgumentException("not modelled: " + turn.words());
    };
  }
}
