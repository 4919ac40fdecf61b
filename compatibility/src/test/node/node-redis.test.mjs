// node-redis, in RESP2 and RESP3.
import assert from "node:assert/strict";
import test from "node:test";
import {
  BasicClientSideCache,
  createClient,
  createClientPool,
  defineScript,
  ErrorReply,
  RESP_TYPES,
  WatchError,
} from "redis";
import { killAndRestart, until } from "./broker.mjs";

const socket = {
  host: "127.0.0.1",
  port: Number(process.env.NARU_PORT),
  reconnectStrategy: () => 50,
};

// Runs a test in RESP2 and in RESP3, each time on an empty database. `open` makes further clients;
// all are closed afterwards.
function inBothProtocols(name, body) {
  for (const RESP of [2, 3]) {
    test(`${name} (RESP${RESP})`, { timeout: 60_000 }, async () => {
      const opened = [];
      const open = async (options = {}) => {
        const client = createClient({ RESP, socket, database: 5, ...options });
        client.on("error", () => {}); // Told again by each command that it makes fail.
        opened.push(client);
        return client.connect();
      };
      const redis = await open();
      await redis.flushDb();
      try {
        await body(redis, open, { RESP, socket, database: 5 });
      } finally {
        opened.forEach((each) => each.destroy());
      }
    });
  }
}

inBothProtocols("commands of one turn are sent together and answered in order", async (redis) => {
  const replies = await Promise.all(Array.from({ length: 2_000 }, () => redis.incr("counter")));
  assert.deepEqual(
    replies,
    Array.from({ length: 2_000 }, (_, n) => n + 1),
  );
});

inBothProtocols("a script is sent once and then called by its digest", async (_, open) => {
  const redis = await open({
    scripts: {
      pushTwice: defineScript({
        SCRIPT: "redis.call('rpush', KEYS[1], ARGV[1], ARGV[1]) return redis.call('llen', KEYS[1])",
        NUMBER_OF_KEYS: 1,
        parseCommand(parser, key, value) {
          parser.pushKey(key);
          parser.push(value);
        },
        transformReply: (reply) => reply,
      }),
    },
  });
  await redis.scriptFlush();
  assert.equal(await redis.pushTwice("list", "a"), 2);
  assert.equal(await redis.pushTwice("list", "b"), 4);
  assert.deepEqual(await redis.lRange("list", 0, -1), ["a", "a", "b", "b"]);
  assert.deepEqual(await redis.multi().pushTwice("list", "c").lLen("list").exec(), [6, 6]);
  await assert.rejects(redis.eval("return redis.call('nosuch')"), ErrorReply);
});

inBothProtocols("replies have the types of their protocol", async (redis) => {
  await redis.hSet("hash", { a: "1", b: "2" });
  assert.deepEqual({ ...(await redis.hGetAll("hash")) }, { a: "1", b: "2" });
  await redis.zAdd("scores", [
    { value: "anna", score: 2.5 },
    { value: "berta", score: Infinity },
  ]);
  assert.deepEqual(await redis.zRangeWithScores("scores", 0, -1), [
    { value: "anna", score: 2.5 },
    { value: "berta", score: Infinity },
  ]);
  assert.equal(await redis.zScore("scores", "nobody"), null);
  await redis.sAdd("set", ["x", "y"]);
  assert.deepEqual([...(await redis.sMembers("set"))].sort(), ["x", "y"]);
  const bytes = redis.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  await redis.set("bytes", Buffer.from([0, 255, 13, 10]));
  assert.deepEqual(await bytes.get("bytes"), Buffer.from([0, 255, 13, 10]));
});

inBothProtocols("a transaction is done as a whole, or not when a watched key changed", async (redis, open) => {
  assert.deepEqual(await redis.multi().set("a", "1").incr("a").get("a").exec(), ["OK", 2, "2"]);
  const other = await open();
  await redis.watch("a");
  await other.set("a", "9");
  await assert.rejects(redis.multi().set("a", "3").exec(), WatchError);
  assert.equal(await redis.get("a"), "9");
  await redis.set("text", "abc");
  await assert.rejects(redis.multi().incr("text").set("b", "2").exec());
  assert.equal(await redis.get("b"), "2");
});

inBothProtocols("the clients of a pool share the work, and one may be had alone", async (redis, _, options) => {
  const pool = createClientPool(options, { minimum: 1, maximum: 4 });
  pool.on("error", () => {});
  await pool.connect();
  try {
    await Promise.all(Array.from({ length: 200 }, (_, n) => pool.rPush("list", String(n))));
    assert.equal(await redis.lLen("list"), 200);
    const added = await pool.execute(async (client) => {
      await client.watch("counter");
      return client.multi().incr("counter").exec();
    });
    assert.deepEqual(added, [1]);
    // Who waits has a client of its own: the others go on.
    const waiting = [1, 2, 3].map(() => pool.blPop("jobs", 20));
    await until(async () => (await redis.info("clients")).includes("blocked_clients:3\r\n"));
    assert.equal(await pool.ping(), "PONG");
    await redis.rPush("jobs", ["a", "b", "c"]);
    const popped = await Promise.all(waiting);
    assert.deepEqual(popped.map(({ element }) => element).sort(), ["a", "b", "c"]);
  } finally {
    pool.destroy();
  }
});

inBothProtocols("what is published is heard, by name, by pattern and by shard", async (redis, open) => {
  const heard = [];
  const subscriber = await open();
  await subscriber.subscribe("news", (message, channel) => heard.push([channel, message]));
  await subscriber.pSubscribe("sport.*", (message, channel) => heard.push([channel, message]));
  await subscriber.sSubscribe("shard", (message, channel) => heard.push([channel, message]));
  assert.equal(await redis.publish("news", "one"), 1);
  await redis.publish("sport.ball", "1:0");
  await redis.sPublish("shard", "two");
  await until(() => heard.length === 3);
  assert.deepEqual(heard, [
    ["news", "one"],
    ["sport.ball", "1:0"],
    ["shard", "two"],
  ]);
  await subscriber.unsubscribe("news");
  await until(async () => (await redis.publish("news", "nobody")) === 0);
});

inBothProtocols("a stream is read by a group and the dead are taken over", async (redis, open) => {
  await redis.xGroupCreate("orders", "billing", "0", { MKSTREAM: true });
  const id = await redis.xAdd("orders", "*", { n: "1" });
  const [{ messages }] = await redis.xReadGroup("billing", "dead", { key: "orders", id: ">" });
  assert.deepEqual(
    messages.map((entry) => [entry.id, entry.message.n]),
    [[id, "1"]],
  );
  const { messages: claimed } = await redis.xAutoClaim("orders", "billing", "alive", 0, "-");
  assert.equal(claimed[0].id, id);
  assert.equal(await redis.xAck("orders", "billing", id), 1);
  const blocked = await open();
  const next = blocked.xReadGroup("billing", "alive", { key: "orders", id: ">" }, { BLOCK: 20_000 });
  await until(async () => (await redis.info("clients")).includes("blocked_clients:1\r\n"));
  await redis.xAdd("orders", "*", { n: "2" });
  assert.equal((await next)[0].messages[0].message.n, "2");
});

inBothProtocols("a scan sees every key once", async (redis) => {
  const keys = Array.from({ length: 500 }, (_, n) => `key:${n}`);
  await redis.mSet(keys.map((key) => [key, "v"]));
  const seen = [];
  for await (const batch of redis.scanIterator({ MATCH: "key:*", COUNT: 50 })) {
    seen.push(...batch);
  }
  assert.deepEqual(seen.sort(), keys.sort());
});

test("what is kept by the client is forgotten when another changes it", { timeout: 60_000 }, async () => {
  const clientSideCache = new BasicClientSideCache();
  const caching = createClient({ RESP: 3, socket, database: 5, clientSideCache });
  const other = createClient({ socket, database: 5 });
  await Promise.all([caching.connect(), other.connect()]);
  await other.set("name", "anna");
  for (let n = 0; n < 10; n++) {
    assert.equal(await caching.get("name"), "anna");
  }
  const { hitCount, missCount } = clientSideCache.stats();
  assert.deepEqual([hitCount, missCount], [9, 1]);
  await other.set("name", "berta");
  await until(async () => (await caching.get("name")) === "berta");
  await other.flushDb();
  await until(async () => (await caching.get("name")) === null);
  caching.destroy();
  other.destroy();
});

test("after a restart of the broker the client comes back by itself", { timeout: 60_000 }, async () => {
  const redis = createClient({ socket, database: 5 });
  const subscriber = createClient({ socket });
  [redis, subscriber].forEach((each) => each.on("error", () => {}));
  await Promise.all([redis.connect(), subscriber.connect()]);
  const heard = [];
  await subscriber.subscribe("news", (message) => heard.push(message));
  await redis.set("text", "kept");
  await killAndRestart();
  await until(async () => (await redis.publish("news", "again").catch(() => 0)) === 1);
  await until(() => heard.includes("again"));
  assert.equal(await redis.get("text"), "kept");
  redis.destroy();
  subscriber.destroy();
});
