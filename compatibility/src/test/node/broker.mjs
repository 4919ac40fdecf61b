// The broker that the tests were started for, and what they share.
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import test from "node:test";
import { Redis } from "ioredis";

const port = Number(process.env.NARU_PORT);

export function connect(options = {}) {
  const redis = new Redis({ host: "127.0.0.1", port, ...options });
  redis.on("error", () => {}); // Told again by each command that it makes fail.
  return redis;
}

// Runs a test in RESP2 and in RESP3, each time on an empty broker. `open` makes further connections;
// all are closed afterwards.
export function inBothProtocols(name, body) {
  for (const protocol of [2, 3]) {
    test(`${name} (RESP${protocol})`, { timeout: 60_000 }, async () => {
      const opened = [];
      const open = (options = {}) => {
        opened.push(connect({ protocol, ...options }));
        return opened.at(-1);
      };
      const redis = open();
      await redis.flushall();
      try {
        await body(redis, open, protocol);
      } finally {
        opened.forEach((each) => each.disconnect());
      }
    });
  }
}

export async function until(condition) {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > 1_000) {
      throw new Error(`never true: ${condition}`);
    }
    await pause(10);
  }
}

export async function blockedClients(redis, count) {
  await until(async () => (await redis.info("clients")).includes(`blocked_clients:${count}\r\n`));
}

// Has the broker killed with SIGKILL and started again, by whoever runs this script.
export async function killAndRestart() {
  const answers = createInterface({ input: process.stdin });
  process.stderr.write("@kill-and-restart\n");
  for await (const answer of answers) {
    if (answer === "done") {
      break;
    }
  }
  answers.close();
  process.stdin.destroy();
}
