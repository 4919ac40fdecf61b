"""RQ, unmodified, with two workers: jobs and their results, dependencies, failures, retries, delays."""

import os
import signal
import subprocess
import sys
import time
import unittest
from datetime import timedelta

import redis
from rq import Queue, Retry
from rq.job import Job

import rq_jobs
from broker import PORT

PATIENCE_SECONDS = 60


def worker(*options):
    code = "import sys; from rq.cli import main; sys.exit(main())"
    url = f"redis://127.0.0.1:{PORT}"
    command = [sys.executable, "-c", code, "worker", "--url", url, *options, "high", "low"]
    # In a group of its own, with the process that does the job.
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


class RqTest(unittest.TestCase):
    def setUp(self):
        self.redis = redis.Redis(port=PORT)
        self.redis.flushall()
        self.high = Queue("high", connection=self.redis)
        self.low = Queue("low", connection=self.redis)
        self.workers = []

    def tearDown(self):
        for process in self.workers:
            process.terminate()
        for process in self.workers:
            process.wait(PATIENCE_SECONDS)

    def wait(self, job, status):
        until = time.monotonic() + PATIENCE_SECONDS
        while job.get_status(refresh=True) != status and time.monotonic() < until:
            time.sleep(0.05)
        self.assertEqual(status, job.get_status(refresh=True))

    def until(self, condition):
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.02)

    def test_queues_are_served_by_their_rank_and_each_in_its_order(self):
        for queue, name in ((self.low, "low"), (self.high, "high")):
            for n in range(5):
                queue.enqueue(rq_jobs.note, PORT, f"{name} {n}")
        self.workers = [worker("--burst")]
        self.assertEqual(0, self.workers[0].wait(PATIENCE_SECONDS))
        ranked = [f"{name} {n}".encode() for name in ("high", "low") for n in range(5)]
        self.assertEqual(ranked, self.redis.lrange("noted", 0, -1))

    def test_a_job_whose_process_was_killed_is_tried_again(self):
        self.workers = [worker()]
        job = self.high.enqueue(rq_jobs.die_once, PORT, retry=Retry(max=1))
        self.wait(job, "finished")
        self.assertEqual("alive", job.result)
        self.assertEqual(b"2", self.redis.get("deaths"))

    def test_the_job_of_a_worker_that_was_killed_is_found_and_done_by_another(self):
        self.workers = [worker()]
        job = self.high.enqueue(rq_jobs.hang_once, PORT)
        self.until(lambda: self.redis.get("hanging") == b"1")
        os.killpg(self.workers[0].pid, signal.SIGKILL)
        self.workers.pop().wait(PATIENCE_SECONDS)
        started = self.high.started_job_registry
        self.assertEqual([job.id], started.get_job_ids())
        # What each worker does now and then; as if the job's time were over.
        started.cleanup(time.time() + 10_000)
        self.assertEqual([job.id], self.high.failed_job_registry.get_job_ids())
        self.high.failed_job_registry.requeue(job.id)
        self.workers = [worker()]
        self.wait(job, "finished")
        self.assertEqual("done by another", job.result)

    def test_jobs_depend_fail_are_retried_and_put_off(self):
        self.workers = [worker("--with-scheduler"), worker()]
        doubled = [self.low.enqueue(rq_jobs.double, number) for number in range(40)]
        summed = self.high.enqueue(rq_jobs.total, depends_on=doubled)
        failed = self.high.enqueue(rq_jobs.fail)
        retried = self.high.enqueue(rq_jobs.fail_once, "tries", PORT, retry=Retry(max=2))
        delayed = self.high.enqueue_in(timedelta(seconds=1), rq_jobs.double, 21)
        self.wait(summed, "finished")
        self.assertEqual(sum(2 * number for number in range(40)), summed.result)
        self.wait(failed, "failed")
        self.assertIn("as asked", failed.exc_info)
        self.assertEqual([failed.id], self.high.failed_job_registry.get_job_ids())
        self.wait(retried, "finished")
        self.assertEqual(b"2", self.redis.get("tries"))
        self.wait(delayed, "finished")
        self.assertEqual(42, delayed.result)
        self.assertEqual(40, self.low.finished_job_registry.count)
        self.assertEqual(0, len(self.low) + len(self.high))
        self.assertEqual(doubled[7].id, Job.fetch(doubled[7].id, connection=self.redis).id)


if __name__ == "__main__":
    unittest.main(verbosity=2)
