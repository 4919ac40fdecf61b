import threading
import unittest

import redis

from broker import BrokerTest, client


class Transactions(BrokerTest):
    def test_all_commands_are_carried_out_at_exec(self):
        pipeline = self.redis.pipeline(transaction=True)
        pipeline.rpush("list", "a", "b").lpop("list").incr("counter")
        self.assertFalse(self.redis.exists("list"))
        self.assertEqual(pipeline.execute(), [2, "a", 1])

    def test_a_watched_key_that_changes_undoes_all(self):
        self.redis.set("balance", 10)
        with self.redis.pipeline() as pipeline:
            pipeline.watch("balance")
            pipeline.multi()
            pipeline.set("balance", 20)
            client().incr("balance")
            with self.assertRaises(redis.WatchError):
                pipeline.execute()
        self.assertEqual(self.redis.get("balance"), "11")

    def test_unwatch_and_discard(self):
        with self.redis.pipeline() as pipeline:
            pipeline.watch("a")
            pipeline.unwatch()
            client().set("a", 1)
            pipeline.multi()
            pipeline.set("b", 2)
            self.assertEqual(pipeline.execute(), [True])
            pipeline.watch("a")
            pipeline.multi()
            pipeline.set("c", 3)
            pipeline.reset()
        self.assertFalse(self.redis.exists("c"))

    def test_one_command_that_fails_does_not_stop_the_others(self):
        self.redis.set("text", "abc")
        pipeline = self.redis.pipeline(transaction=True)
        pipeline.set("a", 1).lpush("text", "x").set("b", 2)
        replies = pipeline.execute(raise_on_error=False)
        self.assertIsInstance(replies[1], redis.ResponseError)
        self.assertEqual(self.redis.mget("a", "b"), ["1", "2"])

    def test_a_command_that_is_not_understood_undoes_all(self):
        pipeline = self.redis.pipeline(transaction=True)
        pipeline.set("a", 1).execute_command("NOSUCH")
        with self.assertRaisesRegex(redis.ResponseError, "unknown command"):
            pipeline.execute()
        self.assertFalse(self.redis.exists("a"))

    def test_no_update_is_lost_among_many_that_watch(self):
        def add_one(pipeline):
            value = int(pipeline.get("counter") or 0)
            pipeline.multi()
            pipeline.set("counter", value + 1)

        def add():
            mine = client()
            for _ in range(30):
                mine.transaction(add_one, "counter")

        threads = [threading.Thread(target=add) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(self.redis.get("counter"), "120")

    def test_a_pipeline_without_a_transaction_is_answered_in_its_order(self):
        pipeline = self.redis.pipeline(transaction=False)
        for _ in range(3_000):
            pipeline.incr("counter")
        self.assertEqual(pipeline.execute(), list(range(1, 3_001)))


if __name__ == "__main__":
    unittest.main(verbosity=2)
