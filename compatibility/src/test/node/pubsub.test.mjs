import assert from "node:assert/strict";
import { once } from "node:events";
import { inBothProtocols } from "./broker.mjs";

inBothProtocols("a channel's messages reach its subscribers until they leave", async (redis, open) => {
  const subscriber = open();
  const heard = [];
  subscriber.on("message", (...message) => heard.push(message));
  assert.equal(await subscriber.subscribe("news", "sport"), 2);
  assert.equal(await redis.publish("news", "hello"), 1);
  assert.equal(await redis.publish("weather", "rain"), 0);
  assert.equal(await subscriber.unsubscribe("news"), 1);
  assert.equal(await redis.publish("news", "nobody hears"), 0);
  const goal = once(subscriber, "message");
  assert.equal(await redis.publish("sport", "goal"), 1);
  await goal;
  assert.deepEqual(heard, [
    ["news", "hello"],
    ["sport", "goal"],
  ]);
  assert.equal(await subscriber.unsubscribe(), 0);
});

inBothProtocols("a pattern takes all channels that match", async (redis, open) => {
  const subscriber = open();
  await subscriber.psubscribe("news.*");
  const message = once(subscriber, "pmessage");
  await redis.publish("news", "one");
  await redis.publish("news.today", "two");
  assert.deepEqual(await message, ["news.*", "news.today", "two"]);
  assert.equal(await subscriber.punsubscribe("news.*"), 0);
});

inBothProtocols("sharded channels are a world of their own", async (redis, open) => {
  const subscriber = open();
  await subscriber.ssubscribe("news");
  const message = once(subscriber, "smessage");
  assert.equal(await redis.publish("news", "not for shards"), 0);
  assert.equal(await redis.spublish("news", "hello"), 1);
  assert.deepEqual(await message, ["news", "hello"]);
  assert.equal(await subscriber.sunsubscribe("news"), 0);
});

inBothProtocols("only in RESP3 may a subscriber do other things", async (redis, open, protocol) => {
  const subscriber = open();
  await subscriber.subscribe("news");
  if (protocol === 3) {
    assert.equal(await subscriber.set("a", "1"), "OK");
  } else {
    await assert.rejects(subscriber.set("a", "1"), /subscriber mode/);
  }
});
