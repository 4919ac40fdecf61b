// A worker that takes a job and never ends it, until it is killed.
import { Worker } from "bullmq";

const connection = {
  host: "127.0.0.1",
  port: Number(process.env.NARU_PORT),
  maxRetriesPerRequest: null,
};
const options = { connection, lockDuration: 1000, stalledInterval: 300 };
new Worker("jobs", () => new Promise(() => {}), options).on("error", () => {});
