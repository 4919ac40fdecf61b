import assert from "node:assert/strict";
import { inBothProtocols } from "./broker.mjs";

inBothProtocols("the client introduces itself", async (redis, open, protocol) => {
  const named = open({ connectionName: "ioredis" });
  assert.equal(await named.client("GETNAME"), "ioredis");
  assert.match(await named.client("INFO"), new RegExp(`resp=${protocol}`));
});

inBothProtocols("a pipeline is answered in its order", async (redis) => {
  const pipeline = redis.pipeline();
  for (let n = 0; n < 3_000; n++) {
    pipeline.incr("counter");
  }
  const replies = await pipeline.exec();
  assert.deepEqual(replies.map(([, count]) => count), Array.from({ length: 3_000 }, (_, n) => n + 1));
});

inBothProtocols("a scan meets every key", async (redis) => {
  const pipeline = redis.pipeline();
  for (let n = 0; n < 1_000; n++) {
    pipeline.set(`key:${n}`, "v").set(`other:${n}`, "v");
  }
  await pipeline.exec();
  const met = new Set();
  for await (const keys of redis.scanStream({ match: "key:*", count: 50 })) {
    keys.forEach((key) => met.add(key));
  }
  assert.equal(met.size, 1_000);
});

inBothProtocols("hashes, sets and sorted sets keep what they got", async (redis) => {
  await redis.hset("hash", { a: 1, b: 2 });
  await redis.zadd("zset", 1.5, "m", 2, "n");
  assert.deepEqual(await redis.hgetall("hash"), { a: "1", b: "2" });
  assert.deepEqual(await redis.zrange("zset", 0, -1, "WITHSCORES"), ["m", "1.5", "n", "2"]);
  assert.equal(await redis.zscore("zset", "m"), "1.5");
  assert.deepEqual(await redis.smembers("nosuch"), []);
});

inBothProtocols("bytes of every value come back", async (redis) => {
  const every = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
  await redis.set(every, every);
  assert.deepEqual(await redis.getBuffer(every), every);
});
