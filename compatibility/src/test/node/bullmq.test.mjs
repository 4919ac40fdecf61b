// BullMQ, unmodified: every step of its jobs is a Lua script.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import test from "node:test";
import { FlowProducer, Queue, QueueEvents, Worker } from "bullmq";
import { connect, killAndRestart, until } from "./broker.mjs";

const connection = {
  host: "127.0.0.1",
  port: Number(process.env.NARU_PORT),
  maxRetriesPerRequest: null,
};

// Runs a test with a queue of its own; whatever it opens is closed afterwards.
function withQueue(name, body) {
  test(name, { timeout: 60_000 }, async () => {
    const opened = [];
    const open = (Kind, ...rest) => {
      opened.push(new Kind(...rest));
      opened.at(-1).on("error", () => {});
      return opened.at(-1);
    };
    const redis = connect();
    await redis.flushall();
    const queue = open(Queue, "jobs", { connection });
    try {
      await body(queue, open, redis);
    } finally {
      await Promise.all(opened.map((each) => each.close()));
      redis.disconnect();
    }
  });
}

withQueue("jobs are done, and their results kept", async (queue, open) => {
  const events = open(QueueEvents, "jobs", { connection });
  await events.waitUntilReady();
  open(Worker, "jobs", async (job) => job.data.n * 2, { connection, concurrency: 5 });
  const jobs = await queue.addBulk([1, 2, 3, 4, 5].map((n) => ({ name: "double", data: { n } })));
  const results = await Promise.all(jobs.map((job) => job.waitUntilFinished(events)));
  assert.deepEqual(results, [2, 4, 6, 8, 10]);
  assert.equal((await queue.getJobCounts()).completed, 5);
});

withQueue("delayed and prioritised jobs come in their order", async (queue, open) => {
  const seen = [];
  await queue.add("late", {}, { delay: 1500 });
  await queue.add("low", {}, { priority: 10 });
  await queue.add("high", {}, { priority: 1 });
  await queue.add("plain", {});
  open(Worker, "jobs", async (job) => seen.push(job.name), { connection });
  await until(() => seen.length === 4);
  assert.deepEqual(seen, ["plain", "high", "low", "late"]);
});

withQueue("a failed job is tried again after its backoff, and then given up", async (queue, open) => {
  let tries = 0;
  const fail = async () => {
    tries++;
    throw new Error("not today");
  };
  open(Worker, "jobs", fail, { connection });
  const job = await queue.add("hard", {}, { attempts: 3, backoff: { type: "exponential", delay: 50 } });
  await until(async () => (await job.getState()) === "failed");
  assert.equal(tries, 3);
  assert.equal((await queue.getFailed())[0].failedReason, "not today");
  await job.retry();
  await until(async () => tries === 4 && (await job.getState()) === "failed");
});

withQueue("a repeated job comes again and again until it is taken out", async (queue, open) => {
  let runs = 0;
  open(Worker, "jobs", async () => runs++, { connection });
  await queue.upsertJobScheduler("ticks", { every: 150 }, { name: "tick" });
  await until(() => runs >= 3);
  assert.equal(await queue.removeJobScheduler("ticks"), true);
  assert.equal((await queue.getJobSchedulers()).length, 0);
});

withQueue("no more jobs are taken than the limit of a time allows", async (queue, open) => {
  const times = [];
  const options = { connection, limiter: { max: 2, duration: 500 } };
  await queue.addBulk([1, 2, 3, 4, 5].map((n) => ({ name: "limited", data: { n } })));
  open(Worker, "jobs", async () => times.push(performance.now()), options);
  await until(() => times.length === 5);
  assert.ok(times[4] - times[0] >= 900, `${times}`);
});

withQueue("a parent of a flow waits for its children", async (queue, open) => {
  const seen = [];
  const work = async (job) => {
    seen.push(job.name);
    return job.name === "parent" ? Object.values(await job.getChildrenValues()).sort() : job.name;
  };
  const flow = open(FlowProducer, { connection });
  const tree = await flow.add({
    name: "parent",
    queueName: "jobs",
    children: ["a", "b", "c"].map((name) => ({ name, queueName: "jobs" })),
  });
  open(Worker, "jobs", work, { connection });
  await until(async () => (await tree.job.getState()) === "completed");
  assert.equal(seen.at(-1), "parent");
  const done = await queue.getJob(tree.job.id);
  assert.deepEqual(done.returnvalue, ["a", "b", "c"]);
});

withQueue("jobs of one rank come in the order in which they were added", async (queue, open) => {
  const seen = [];
  const jobs = [];
  for (let n = 0; n < 30; n++) {
    jobs.push({ name: `${n}`, data: {}, opts: { priority: 1 + (n % 3) } });
  }
  await queue.addBulk(jobs);
  await queue.add("first", {}, { lifo: true });
  open(Worker, "jobs", async (job) => seen.push(job.name), { connection });
  await until(() => seen.length === 31);
  const ranked = [0, 1, 2].flatMap((rank) => jobs.filter((_, n) => n % 3 === rank));
  assert.deepEqual(seen, ["first", ...ranked.map((job) => job.name)]);
});

withQueue("each job is done once, however many workers there are", async (queue, open) => {
  const seen = [];
  const work = async (job) => seen.push(job.data.n);
  [1, 2, 3].forEach(() => open(Worker, "jobs", work, { connection, concurrency: 10 }));
  await queue.addBulk(Array.from({ length: 200 }, (_, n) => ({ name: "job", data: { n } })));
  await until(async () => (await queue.getJobCounts()).completed === 200);
  assert.deepEqual(
    seen.sort((one, other) => one - other),
    Array.from({ length: 200 }, (_, n) => n),
  );
});

withQueue("a schedule by the clock makes one job at a time", async (queue, open) => {
  const seen = [];
  await queue.upsertJobScheduler("clock", { pattern: "* * * * * *" }, { name: "tick", data: { from: "old" } });
  await queue.upsertJobScheduler("clock", { pattern: "* * * * * *" }, { name: "tick", data: { from: "new" } });
  // Only now, or the clock may strike between the two.
  open(Worker, "jobs", async (job) => seen.push(job.data.from), { connection });
  await until(() => seen.length >= 2);
  assert.deepEqual([...new Set(seen)], ["new"]);
  const [scheduler] = await queue.getJobSchedulers();
  assert.deepEqual([scheduler.key, scheduler.pattern], ["clock", "* * * * * *"]);
  assert.ok((await queue.getJobCounts()).delayed <= 1);
  await queue.removeJobScheduler("clock");
});

withQueue("a job that is there already is not added again", async (queue, open) => {
  const first = await queue.add("mail", { n: 1 }, { deduplication: { id: "welcome" } });
  const second = await queue.add("mail", { n: 2 }, { deduplication: { id: "welcome" } });
  assert.equal(second.id, first.id);
  await queue.add("named", { n: 3 }, { jobId: "its-own" });
  await queue.add("named", { n: 4 }, { jobId: "its-own" });
  assert.equal(await queue.count(), 2);
  const seen = [];
  open(Worker, "jobs", async (job) => seen.push(job.data.n), { connection });
  await until(() => seen.length === 2);
  assert.deepEqual(seen, [1, 3]);
});

withQueue("a worker may ask for a pause, and the job comes again after it", async (queue, open) => {
  const times = [];
  const worker = open(
    Worker,
    "jobs",
    async () => {
      times.push(performance.now());
      if (times.length === 1) {
        await worker.rateLimit(400);
        throw Worker.RateLimitError();
      }
    },
    { connection, limiter: { max: 10, duration: 400 } },
  );
  const job = await queue.add("slow down", {});
  await until(async () => (await job.getState()) === "completed");
  assert.equal(times.length, 2);
  assert.ok(times[1] - times[0] >= 350, `${times}`);
});

withQueue("a parent fails with its child, if that is asked", async (queue, open) => {
  const flow = open(FlowProducer, { connection });
  const child = { name: "bad", queueName: "jobs", opts: { failParentOnFailure: true } };
  const fine = { name: "bad", queueName: "jobs", opts: { ignoreDependencyOnFailure: true } };
  const doomed = await flow.add({ name: "parent", queueName: "jobs", children: [child] });
  const spared = await flow.add({ name: "parent", queueName: "jobs", children: [fine] });
  assert.equal(await doomed.job.getState(), "waiting-children");
  const work = async (job) => {
    if (job.name === "bad") {
      throw new Error("as asked");
    }
    return "done";
  };
  open(Worker, "jobs", work, { connection });
  await until(async () => (await doomed.job.getState()) === "failed");
  await until(async () => (await spared.job.getState()) === "completed");
});

withQueue("no more jobs run at a time than the whole queue may", async (queue, open) => {
  let running = 0;
  let most = 0;
  let done = 0;
  await queue.setGlobalConcurrency(2);
  const work = async () => {
    most = Math.max(most, ++running);
    await queue.getJobCounts();
    running--;
    done++;
  };
  [1, 2, 3].forEach(() => open(Worker, "jobs", work, { connection, concurrency: 5 }));
  await queue.addBulk(Array.from({ length: 30 }, () => ({ name: "job", data: {} })));
  await until(() => done === 30);
  assert.equal(most, 2);
});

withQueue("a paused queue rests; draining and cleaning empty it", async (queue, open) => {
  const seen = [];
  open(Worker, "jobs", async (job) => seen.push(job.name), { connection });
  await queue.pause();
  await queue.add("one", {});
  assert.equal(await queue.isPaused(), true);
  await queue.resume();
  await until(() => seen.length === 1);
  await until(async () => (await queue.getJobCounts()).completed === 1);
  assert.equal((await queue.clean(0, 10, "completed")).length, 1);
  await queue.add("two", {}, { delay: 100_000 });
  await queue.drain(true);
  await queue.obliterate({ force: true });
  assert.equal(await queue.count(), 0);
});

withQueue("the job of a worker that was killed is done by another", async (queue, open) => {
  const killed = fork(fileURLToPath(new URL("./bullmq-hanging-worker.mjs", import.meta.url)));
  const job = await queue.add("survivor", {});
  await until(async () => (await job.getState()) === "active");
  killed.kill("SIGKILL");
  const options = { connection, stalledInterval: 300, lockDuration: 1000 };
  open(Worker, "jobs", async () => "done by another", options);
  await until(async () => (await job.getState()) === "completed");
  assert.equal((await queue.getJob(job.id)).returnvalue, "done by another");
});

withQueue("a job that stalls more often than it may is given up", async (queue, open) => {
  const killed = fork(fileURLToPath(new URL("./bullmq-hanging-worker.mjs", import.meta.url)));
  const job = await queue.add("killer", {});
  await until(async () => (await job.getState()) === "active");
  killed.kill("SIGKILL");
  const options = { connection, stalledInterval: 300, lockDuration: 1000, maxStalledCount: 0 };
  open(Worker, "jobs", async () => "not to be done", options);
  await until(async () => (await job.getState()) === "failed");
  assert.match((await queue.getJob(job.id)).failedReason, /stalled more than allowable limit/);
});

withQueue("jobs outlive the broker's being killed", async (queue, open) => {
  for (let n = 0; n < 20; n++) {
    await queue.add("kept", { n }, n % 2 ? { delay: 200 } : {});
  }
  await killAndRestart();
  const seen = new Set();
  open(Worker, "jobs", async (job) => seen.add(job.data.n), { connection });
  await until(() => seen.size === 20);
  await until(async () => (await queue.getJobCounts()).completed === 20);
});
