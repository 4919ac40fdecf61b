import threading
import time
import unittest

from broker import BrokerTest, client


class Queues(BrokerTest):
    def test_a_blocking_pop_takes_from_the_first_key_that_has_something(self):
        self.redis.rpush("low", "1")
        self.redis.rpush("high", "2")
        self.assertEqual(self.redis.blpop(["empty", "high", "low"], 1), ("high", "2"))
        self.assertEqual(self.redis.brpop(["empty", "high", "low"], 1), ("low", "1"))

    def test_a_blocking_pop_gives_up_after_its_timeout(self):
        begin = time.monotonic()
        self.assertIsNone(self.redis.blpop(["empty", "empty too"], 0.3))
        self.assertGreaterEqual(time.monotonic() - begin, 0.29)

    def test_a_push_to_a_waiting_pop_is_handed_over(self):
        popped = []
        waiting = threading.Thread(target=lambda: popped.append(self.redis.blpop("queue", 20)))
        waiting.start()
        while self.redis.info("clients")["blocked_clients"] < 1:
            time.sleep(0.01)
        self.redis.rpush("queue", "job")
        waiting.join(20)
        self.assertEqual(popped, [("queue", "job")])
        self.assertEqual(self.redis.llen("queue"), 0)

    def test_a_reliable_queue_keeps_what_a_worker_has_not_finished(self):
        self.redis.rpush("queue", "a", "b")
        self.assertEqual(self.redis.lmove("queue", "working", "LEFT", "RIGHT"), "a")
        self.assertEqual(self.redis.blmove("queue", "working", 1, "LEFT", "RIGHT"), "b")
        self.assertEqual(self.redis.brpoplpush("working", "queue", 1), "b")
        self.assertEqual(self.redis.lrem("working", 1, "a"), 1)
        self.assertEqual(self.redis.lrange("queue", 0, -1), ["b"])
        self.assertFalse(self.redis.exists("working"))

    def test_many_at_once_are_popped_from_the_first_list_that_has_some(self):
        self.redis.rpush("queue", "a", "b", "c")
        self.assertEqual(
            self.redis.lmpop(2, "empty", "queue", direction="LEFT", count=2),
            ["queue", ["a", "b"]],
        )
        self.assertEqual(
            self.redis.blmpop(1, 2, "empty", "queue", direction="RIGHT", count=5),
            ["queue", ["c"]],
        )
        self.assertIsNone(self.redis.lmpop(1, "queue", direction="LEFT"))

    def test_nothing_is_lost_or_doubled_among_many_producers_and_consumers(self):
        done = [[] for _ in range(4)]

        def produce(name):
            mine = client()
            for n in range(200):
                mine.rpush("queue", f"{name}-{n}")

        def consume(mine):
            connection = client()
            while (job := connection.blpop("queue", 20)[1]) != "end":
                mine.append(job)

        consumers = [threading.Thread(target=consume, args=(mine,)) for mine in done]
        producers = [threading.Thread(target=produce, args=(name,)) for name in "abcd"]
        for thread in consumers + producers:
            thread.start()
        for thread in producers:
            thread.join(60)
        self.redis.rpush("queue", *["end"] * len(consumers))
        for thread in consumers:
            thread.join(60)
        jobs = [job for mine in done for job in mine]
        self.assertEqual(sorted(jobs), sorted(f"{p}-{n}" for p in "abcd" for n in range(200)))
        self.assertFalse(self.redis.exists("queue"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
