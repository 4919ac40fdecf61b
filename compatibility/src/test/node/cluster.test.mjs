// ioredis as a client of clusters, of one node that owns all slots.
import assert from "node:assert/strict";
import test from "node:test";
import { Cluster } from "ioredis";
import { connect } from "./broker.mjs";

const port = Number(process.env.NARU_PORT);

function inACluster(name, body) {
  for (const protocol of [2, 3]) {
    test(`${name} (RESP${protocol})`, { timeout: 60_000 }, async () => {
      const direct = connect();
      const cluster = new Cluster([{ host: "127.0.0.1", port }], { redisOptions: { protocol } });
      cluster.on("error", () => {}); // Told again by each command that it makes fail.
      try {
        await direct.flushall();
        await body(cluster, direct);
      } finally {
        cluster.disconnect();
        direct.disconnect();
      }
    });
  }
}

inACluster("the one node answers for every slot", async (cluster) => {
  for (let i = 0; i < 200; i++) {
    await cluster.set(`key${i}`, `value${i}`);
  }
  for (let i = 0; i < 200; i++) {
    assert.equal(await cluster.get(`key${i}`), `value${i}`);
  }
  const masters = cluster.nodes("master");
  assert.deepEqual(masters.map((node) => node.options.port), [port]);
  assert.equal(await masters[0].dbsize(), 200);
});

inACluster("a queue is worked off", async (cluster) => {
  await cluster.rpush("{jobs}waiting", "a", "b");
  assert.equal(await cluster.lmove("{jobs}waiting", "{jobs}done", "RIGHT", "LEFT"), "b");
  assert.deepEqual(await cluster.blpop("{jobs}waiting", 5), ["{jobs}waiting", "a"]);
  assert.deepEqual(await cluster.lrange("{jobs}done", 0, -1), ["b"]);
});

inACluster("keys of one slot go together and others do not", async (cluster) => {
  assert.equal(await cluster.mset("{a}1", "x", "{a}2", "y"), "OK");
  assert.deepEqual(await cluster.mget("{a}1", "{a}2"), ["x", "y"]);
  await assert.rejects(cluster.rename("{a}1", "b"), /CROSSSLOT/);
});

inACluster("a pipeline and a transaction are answered in order", async (cluster) => {
  const counts = await cluster.pipeline().incr("{n}").incr("{n}").get("{n}").exec();
  assert.deepEqual(counts, [[null, 1], [null, 2], [null, "2"]]);
  const done = await cluster.multi().incr("{n}").get("{n}").exec();
  assert.deepEqual(done, [[null, 3], [null, "3"]]);
});

inACluster("a subscriber hears what is published", async (cluster, direct) => {
  const heard = new Promise((resolve) => cluster.on("message", (...args) => resolve(args)));
  await cluster.subscribe("news");
  await direct.publish("news", "hello");
  assert.deepEqual(await heard, ["news", "hello"]);
});

inACluster("a script runs where its keys are", async (cluster) => {
  cluster.defineCommand("twice", { numberOfKeys: 1, lua: "return redis.call('incrby', KEYS[1], 2)" });
  assert.equal(await cluster.twice("n"), 2);
  assert.equal(await cluster.twice("n"), 4);
});
