import assert from "node:assert/strict";
import test from "node:test";
import { connect, killAndRestart } from "./broker.mjs";

test("after a restart the client connects again and everything is there", async () => {
  const redis = connect({ retryStrategy: () => 50 });
  const subscriber = connect({ retryStrategy: () => 50 });
  await redis.flushall();
  await redis.set("text", "kept");
  await redis.rpush("list", "a", "b");
  const id = await redis.xadd("stream", "*", "n", 1);
  const heard = new Promise((resolve) => subscriber.on("message", (_, it) => resolve(it)));
  await subscriber.subscribe("news");

  await killAndRestart();

  assert.equal(await redis.get("text"), "kept");
  assert.deepEqual(await redis.lrange("list", 0, -1), ["a", "b"]);
  assert.deepEqual(await redis.xrange("stream", "-", "+"), [[id, ["n", "1"]]]);
  while ((await redis.publish("news", "subscribed again by itself")) === 0);
  assert.equal(await heard, "subscribed again by itself");
  redis.disconnect();
  subscriber.disconnect();
});
