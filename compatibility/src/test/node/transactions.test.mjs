import assert from "node:assert/strict";
import { inBothProtocols } from "./broker.mjs";

inBothProtocols("all commands are carried out at exec", async (redis) => {
  const replies = await redis.multi().rpush("list", "a", "b").lpop("list").incr("counter").exec();
  assert.deepEqual(replies, [
    [null, 2],
    [null, "a"],
    [null, 1],
  ]);
});

inBothProtocols("a watched key that changes undoes all", async (redis, open) => {
  await redis.set("balance", 10);
  await redis.watch("balance");
  await open().incr("balance");
  assert.equal(await redis.multi().set("balance", 20).set("other", 1).exec(), null);
  assert.equal(await redis.get("balance"), "11");
  assert.equal(await redis.exists("other"), 0);
});

inBothProtocols("discard forgets everything", async (redis) => {
  await redis.multi({ pipeline: false });
  assert.equal(await redis.set("a", 1), "QUEUED");
  assert.equal(await redis.discard(), "OK");
  assert.equal(await redis.exists("a"), 0);
});

inBothProtocols("one command that fails does not stop the others", async (redis) => {
  await redis.set("text", "abc");
  const replies = await redis.multi().set("a", 1).lpush("text", "x").set("b", 2).exec();
  assert.match(replies[1][0].message, /^WRONGTYPE/);
  assert.deepEqual(await redis.mget("a", "b"), ["1", "2"]);
});

inBothProtocols("a command that is not understood undoes all", async (redis) => {
  await assert.rejects(redis.multi().set("a", 1).call("NOSUCH").exec(), /EXECABORT/);
  assert.equal(await redis.exists("a"), 0);
});
