import assert from "node:assert/strict";
import { blockedClients, inBothProtocols } from "./broker.mjs";

inBothProtocols("a blocking pop takes from the first key that has something", async (redis) => {
  await redis.rpush("low", "1");
  await redis.rpush("high", "2");
  assert.deepEqual(await redis.blpop("empty", "high", "low", 1), ["high", "2"]);
  assert.deepEqual(await redis.brpop("empty", "high", "low", 1), ["low", "1"]);
});

inBothProtocols("a blocking pop gives up after its timeout", async (redis) => {
  const begin = performance.now();
  assert.equal(await redis.blpop("empty", "empty too", 0.3), null);
  assert.ok(performance.now() - begin >= 290);
});

inBothProtocols("waiting pops are served in the order in which they came", async (redis, open) => {
  const waiting = [];
  for (let i = 1; i <= 4; i++) {
    waiting.push(open().blpop("queue", 20));
    await blockedClients(redis, i);
  }
  await redis.rpush("queue", "0", "1", "2", "3");
  const popped = await Promise.all(waiting);
  assert.deepEqual(popped, ["0", "1", "2", "3"].map((job) => ["queue", job]));
});

inBothProtocols("a reliable queue keeps what a worker has not finished", async (redis) => {
  await redis.rpush("queue", "a", "b");
  assert.equal(await redis.lmove("queue", "working", "LEFT", "RIGHT"), "a");
  assert.equal(await redis.blmove("queue", "working", "LEFT", "RIGHT", 1), "b");
  assert.equal(await redis.lrem("working", 1, "a"), 1);
  assert.equal(await redis.rpoplpush("working", "queue"), "b");
  assert.deepEqual(await redis.lrange("queue", 0, -1), ["b"]);
  assert.equal(await redis.exists("working"), 0);
});

inBothProtocols("many at once are popped from the first list that has some", async (redis) => {
  await redis.rpush("queue", "a", "b", "c");
  assert.deepEqual(await redis.lmpop(2, "empty", "queue", "LEFT", "COUNT", 2), [
    "queue",
    ["a", "b"],
  ]);
  assert.deepEqual(await redis.blmpop(1, 2, "empty", "queue", "RIGHT", "COUNT", 9), [
    "queue",
    ["c"],
  ]);
  assert.equal(await redis.lmpop(1, "queue", "LEFT"), null);
});

inBothProtocols("nothing is lost or doubled among many", async (redis, open) => {
  const consume = async () => {
    const mine = [];
    const connection = open();
    for (;;) {
      const [, job] = await connection.blpop("queue", 20);
      if (job === "end") {
        return mine;
      }
      mine.push(job);
    }
  };
  const consumers = [consume(), consume(), consume(), consume()];
  const jobs = [];
  const producers = ["a", "b", "c"].map(async (name) => {
    const connection = open();
    for (let n = 0; n < 200; n++) {
      jobs.push(`${name}-${n}`);
      await connection.rpush("queue", `${name}-${n}`);
    }
  });
  await Promise.all(producers);
  await redis.rpush("queue", "end", "end", "end", "end");
  const done = (await Promise.all(consumers)).flat();
  assert.deepEqual(done.sort(), jobs.sort());
  assert.equal(await redis.exists("queue"), 0);
});
