import assert from "node:assert/strict";
import { inBothProtocols } from "./broker.mjs";

inBothProtocols("a command of one's own is a script, sent once", async (redis) => {
  redis.defineCommand("pushTwice", {
    numberOfKeys: 1,
    lua: "redis.call('rpush', KEYS[1], ARGV[1], ARGV[1]) return redis.call('llen', KEYS[1])",
  });
  assert.equal(await redis.pushTwice("list", "a"), 2);
  assert.equal(await redis.pushTwice("list", "b"), 4);
  // What the broker has forgotten is sent again.
  await redis.script("FLUSH");
  assert.equal(await redis.pushTwice("list", "c"), 6);
  assert.deepEqual(await redis.lrange("list", 0, -1), ["a", "a", "b", "b", "c", "c"]);
});

inBothProtocols("scripts are part of pipelines and transactions", async (_, open) => {
  const redis = open({
    scripts: { add: { numberOfKeys: 1, lua: "return redis.call('incrby', KEYS[1], ARGV[1])" } },
  });
  const piped = await redis.pipeline().add("counter", 1).add("counter", 2).get("counter").exec();
  assert.deepEqual(piped, [
    [null, 1],
    [null, 3],
    [null, "3"],
  ]);
  const whole = await redis.multi().add("counter", 10).get("counter").exec();
  assert.deepEqual(whole, [
    [null, 13],
    [null, "13"],
  ]);
});

inBothProtocols("commands of one turn go together by themselves", async (redis, open) => {
  const auto = open({ enableAutoPipelining: true });
  const replies = Promise.all(Array.from({ length: 1_000 }, () => auto.incr("counter")));
  assert.ok(auto.autoPipelineQueueSize >= 999, `${auto.autoPipelineQueueSize}`);
  assert.deepEqual(
    await replies,
    Array.from({ length: 1_000 }, (_, n) => n + 1),
  );
  const [set, wrong, get] = await Promise.allSettled([
    auto.set("text", "abc"),
    auto.incr("text"),
    auto.get("text"),
  ]);
  assert.equal(set.value, "OK");
  assert.match(wrong.reason.message, /not an integer/);
  assert.equal(get.value, "abc");
  assert.equal(await redis.get("counter"), "1000");
});

inBothProtocols("an error of a script is the client's", async (redis) => {
  await assert.rejects(redis.eval("return redis.error_reply('MINE not today')", 0), /MINE not today/);
  await assert.rejects(redis.eval("return redis.call('nosuch')", 0), /Unknown Redis command/);
  await assert.rejects(redis.eval("this is not Lua", 0), /Error compiling script/);
  assert.equal(await redis.eval("return redis.pcall('nosuch').err and 1", 0), 1);
});
