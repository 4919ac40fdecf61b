import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from celery import chain, chord, group
from celery.exceptions import TaskRevokedError

from broker import BrokerTest
from tasks import GATE, PREFETCHED_BY_EACH_PROCESS, VISIBILITY_TIMEOUT_S
from tasks import add, app, fail, flaky, journal, note, square, total


TASKS = 300
PROCESSES_OF_A_WORKER = 2


class Worker:
    """A worker and its children, in a process group of their own."""

    def __init__(self, name, *options):
        self.name = name
        self.log = tempfile.NamedTemporaryFile(prefix=f"celery-{name}-", suffix=".log")
        self.process = subprocess.Popen(
            [
                *[sys.executable, "-m", "celery", "--app=tasks", "worker"],
                *[f"--hostname={name}@naru", "--loglevel=INFO", *options],
            ],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill_9(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait(20)

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            self.kill_9()

    def said(self):
        with open(self.log.name, encoding="utf-8") as log:
            return f"--- worker {self.name}:\n{log.read()[-4_000:]}"


class CeleryTest(BrokerTest):
    def setUp(self):
        super().setUp()
        self.workers = [
            Worker(name, "--pool=prefork", f"--concurrency={PROCESSES_OF_A_WORKER}")
            for name in ("anna", "berta", "carla")
        ]
        self.addCleanup(self.end_workers)
        self.await_pong({"anna@naru", "berta@naru", "carla@naru"})

    def end_workers(self):
        for worker in self.workers:
            worker.kill_9()

    def fail_with_logs(self, what):
        self.fail(what + "\n" + "\n".join(worker.said() for worker in self.workers))

    def await_pong(self, names):
        end = time.monotonic() + 30
        while self.pong() != names:
            if time.monotonic() > end:
                self.fail_with_logs(f"no pong of {names - self.pong()}")

    def pong(self):
        answers = app.control.inspect(timeout=0.5).ping() or {}
        return {name for name, answer in answers.items() if answer == {"ok": "pong"}}

    def test_every_task_is_done_though_a_worker_is_killed(self):
        ping = subprocess.run(
            [sys.executable, "-m", "celery", "--app=tasks", "inspect", "ping"],
            capture_output=True,
            text=True,
            timeout=30,
        )
        self.assertEqual(ping.returncode, 0, ping.stdout + ping.stderr)
        self.assertIn("3 nodes online", ping.stdout)

        numbers = range(TASKS)
        results = [square.delay(n) for n in numbers]
        self.kill_a_worker_that_has_all_it_may_hold()
        journal.set("gate is open", 1)
        self.await_overdue()
        # A worker looks for what others left lying when it starts, and then every 100 seconds.
        self.workers.append(Worker("dora", "--pool=solo"))

        self.await_ready(results)
        self.assertEqual([result.get(timeout=10) for result in results], [n * n for n in numbers])
        done = {int(n) for n in journal.lrange("squared", 0, -1)}
        self.assertEqual(done, set(numbers))
        self.await_pong({"berta@naru", "carla@naru", "dora@naru"})
        self.a_group_and_a_chord_work()
        self.nothing_is_left()

    def kill_a_worker_that_has_all_it_may_hold(self):
        """One that still takes messages would lose what it has popped and not yet noted down."""
        of_each = PROCESSES_OF_A_WORKER * PREFETCHED_BY_EACH_PROCESS
        end = time.monotonic() + 30
        while (
            journal.llen("squared") < GATE
            or self.redis.hlen("unacked") < len(self.workers) * of_each
        ):
            if time.monotonic() > end:
                self.fail_with_logs(f"{self.redis.hlen('unacked')} tasks are held")
            time.sleep(0.02)
        self.workers[0].kill_9()
        self.assertEqual(journal.llen("squared"), GATE)

    def await_overdue(self):
        """Until all that is left is what the killed worker held, and its time is over."""
        end = time.monotonic() + 30
        while True:
            overdue = time.time() - VISIBILITY_TIMEOUT_S
            waiting = self.redis.llen("celery")
            held = self.redis.zcount("unacked_index", overdue, "+inf")
            if waiting + held == 0:
                break
            if time.monotonic() > end:
                self.fail_with_logs(f"{waiting} tasks wait and {held} are held")
            time.sleep(0.05)
        of_the_killed = PROCESSES_OF_A_WORKER * PREFETCHED_BY_EACH_PROCESS
        self.assertEqual(self.redis.hlen("unacked"), of_the_killed)

    def await_ready(self, results):
        """Asks for each result; being told of them is for the group and the chord."""
        end = time.monotonic() + 40
        while missing := [n for n, result in enumerate(results) if not result.ready()]:
            if time.monotonic() > end:
                self.fail_with_logs(f"no results of {missing}")
            time.sleep(0.05)

    def a_group_and_a_chord_work(self):
        together = group(square.s(n) for n in range(10))()
        self.assertEqual(together.get(timeout=30), [n * n for n in range(10)])
        summed = chord(square.s(n) for n in range(10))(total.s())
        self.assertEqual(summed.get(timeout=30), sum(n * n for n in range(10)))

    def nothing_is_left(self):
        """No task waits, none is held: a worker that ends gives back what it has not begun."""
        for worker in self.workers[1:]:
            worker.end()
        self.assertEqual(self.redis.llen("celery"), 0)
        self.assertEqual(self.redis.hlen("unacked"), 0)


class OneWorkerTest(BrokerTest):
    """What a single worker does, one task at a time."""

    def setUp(self):
        super().setUp()
        self.worker = None

    def tearDown(self):
        if self.worker:
            self.worker.kill_9()
        super().tearDown()

    def start(self):
        self.worker = Worker("anna", "--pool=solo")

    def await_noted(self, count):
        end = time.monotonic() + 30
        while journal.llen("noted") < count:
            if time.monotonic() > end:
                self.fail(f"{journal.lrange('noted', 0, -1)}\n{self.worker.said()}")
            time.sleep(0.02)
        return [text.decode() for text in journal.lrange("noted", 0, -1)]

    def test_tasks_come_by_their_priority_and_then_in_their_order(self):
        for n in range(5):
            for priority in (9, 6, 3, 0):
                note.apply_async([f"{priority}: {n}"], priority=priority)
        self.start()
        ranked = [f"{priority}: {n}" for priority in (0, 3, 6, 9) for n in range(5)]
        self.assertEqual(self.await_noted(20), ranked)

    def test_tasks_are_chained_retried_put_off_revoked_and_gathered(self):
        self.start()
        late = note.apply_async(["late"], countdown=0.5)
        self.assertEqual(flaky.delay("flaky").get(timeout=30), "flaky")
        self.assertEqual(late.get(timeout=30), "late")
        # It has to be there to hear of it: a worker that is away is told nothing.
        revoked = note.apply_async(["revoked"], countdown=1.5)
        app.control.revoke(revoked.id)
        with self.assertRaises(TaskRevokedError):
            revoked.get(timeout=30)
        self.assertEqual(chain(add.s(1, 2), add.s(3), square.s())().get(timeout=30), 36)
        inner = [chord([add.s(n, 1), add.s(n, 2)], total.s()) for n in range(3)]
        self.assertEqual(chord(inner, total.s())().get(timeout=30), 15)
        with self.assertRaisesRegex(ValueError, "as asked"):
            fail.delay().get(timeout=30)
        with self.assertRaisesRegex(Exception, "as asked"):
            chord([add.s(1, 2), fail.s()], total.s())().get(timeout=30)
        self.assertNotIn("revoked", self.await_noted(2))


if __name__ == "__main__":
    unittest.main(verbosity=2)
