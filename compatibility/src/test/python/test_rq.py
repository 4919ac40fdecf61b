"""RQ, unmodified, with two workers: jobs and their results, dependencies, failures, retries, delays."""

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
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class RqTest(unittest.TestCase):
    def setUp(self):
        self.redis = redis.Redis(port=PORT)
        self.high = Queue("high", connection=self.redis)
        self.low = Queue("low", connection=self.redis)
        self.workers = [worker("--with-scheduler"), worker()]

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

    def test_jobs(self):
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
    unittest.main()
