import assert from "node:assert/strict";
import { blockedClients, inBothProtocols } from "./broker.mjs";

const add = async (redis, count) => {
  const ids = [];
  for (let n = 0; n < count; n++) {
    ids.push(await redis.xadd("orders", "*", "n", n));
  }
  return ids;
};

const read = (redis, consumer, ...options) =>
  redis.xreadgroup("GROUP", "workers", consumer, ...options, "STREAMS", "orders", ">");

inBothProtocols("entries are read in the order of their ids", async (redis) => {
  const ids = await add(redis, 3);
  assert.deepEqual(
    await redis.xrange("orders", "-", "+"),
    ids.map((id, n) => [id, ["n", String(n)]]),
  );
  assert.deepEqual(await redis.xread("COUNT", 1, "STREAMS", "orders", ids[0]), [
    ["orders", [[ids[1], ["n", "1"]]]],
  ]);
  assert.equal(await redis.xlen("orders"), 3);
});

inBothProtocols("a blocking read gets what is added later", async (redis, open) => {
  const waiting = open().xread("BLOCK", 20_000, "STREAMS", "orders", "other", "$", "$");
  await blockedClients(redis, 1);
  const [id] = await add(redis, 1);
  assert.deepEqual(await waiting, [["orders", [[id, ["n", "0"]]]]]);
  assert.equal(await redis.xread("BLOCK", 100, "STREAMS", "orders", "$"), null);
});

inBothProtocols("a group hands each entry to one consumer, until acknowledged", async (redis) => {
  await redis.xgroup("CREATE", "orders", "workers", "0", "MKSTREAM");
  const ids = await add(redis, 3);
  const [[, first]] = await read(redis, "anna", "COUNT", 2);
  assert.deepEqual(first.map(([id]) => id), ids.slice(0, 2));
  const [[, second]] = await read(redis, "berta", "COUNT", 2);
  assert.deepEqual(second.map(([id]) => id), ids.slice(2));
  assert.deepEqual(await redis.xpending("orders", "workers"), [
    3,
    ids[0],
    ids[2],
    [
      ["anna", "2"],
      ["berta", "1"],
    ],
  ]);
  assert.equal(await redis.xack("orders", "workers", ids[0], ids[2]), 2);
  const pending = await redis.xpending("orders", "workers", "-", "+", 10);
  assert.deepEqual(pending.map(([id, consumer, , times]) => [id, consumer, times]), [
    [ids[1], "anna", 1],
  ]);
});

inBothProtocols("the entries of a dead consumer are claimed", async (redis) => {
  await redis.xgroup("CREATE", "orders", "workers", "0", "MKSTREAM");
  const ids = await add(redis, 3);
  await read(redis, "dead");
  await redis.xdel("orders", ids[1]);
  const [cursor, claimed, deleted] = await redis.xautoclaim("orders", "workers", "alive", 0, "0");
  assert.equal(cursor, "0-0");
  assert.deepEqual(claimed.map(([id]) => id), [ids[0], ids[2]]);
  assert.deepEqual(deleted, [ids[1]]);
});

inBothProtocols("a stream tells about itself", async (redis) => {
  await redis.xgroup("CREATE", "orders", "workers", "0", "MKSTREAM");
  const ids = await add(redis, 3);
  await read(redis, "anna", "COUNT", 2);
  const stream = fields(await redis.xinfo("STREAM", "orders"));
  assert.equal(stream.get("length"), 3);
  assert.equal(stream.get("last-generated-id"), ids[2]);
  const group = fields((await redis.xinfo("GROUPS", "orders"))[0]);
  assert.deepEqual([group.get("name"), group.get("pending"), group.get("lag")], ["workers", 2, 1]);
  const consumer = fields((await redis.xinfo("CONSUMERS", "orders", "workers"))[0]);
  assert.deepEqual([consumer.get("name"), consumer.get("pending")], ["anna", 2]);
});

const fields = (flat) => {
  const map = new Map();
  for (let i = 0; i < flat.length; i += 2) {
    map.set(flat[i], flat[i + 1]);
  }
  return map;
};
