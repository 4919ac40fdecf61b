import threading
import time
import unittest

import redis

from broker import BrokerTest, client


class Streams(BrokerTest):
    def add(self, count):
        return [self.redis.xadd("orders", {"n": n}) for n in range(count)]

    def read(self, consumer, count=None, **options):
        streams = self.redis.xreadgroup(
            "workers", consumer, {"orders": ">"}, count=count, **options
        )
        return [entry for _, entries in streams for entry in entries]

    def test_entries_are_read_in_the_order_of_their_ids(self):
        ids = self.add(3)
        self.assertEqual(self.redis.xrange("orders"), [(id, {"n": str(n)}) for n, id in enumerate(ids)])
        self.assertEqual(self.redis.xrevrange("orders", count=1), [(ids[2], {"n": "2"})])
        self.assertEqual(self.redis.xread({"orders": ids[0]}, count=1), [["orders", [(ids[1], {"n": "1"})]]])
        self.assertEqual(self.redis.xlen("orders"), 3)

    def test_a_blocking_read_gets_what_is_added_later(self):
        read = []
        waiting = threading.Thread(
            target=lambda: read.append(self.redis.xread({"orders": "$"}, block=20_000))
        )
        waiting.start()
        while self.redis.info("clients")["blocked_clients"] < 1:
            time.sleep(0.01)
        id = self.redis.xadd("orders", {"n": "new"})
        waiting.join(20)
        self.assertEqual(read, [[["orders", [(id, {"n": "new"})]]]])

    def test_a_blocking_read_gives_up_after_its_timeout(self):
        begin = time.monotonic()
        self.assertEqual(self.redis.xread({"orders": "$"}, block=200), [])
        self.assertGreaterEqual(time.monotonic() - begin, 0.19)

    def test_a_group_hands_each_entry_to_one_and_keeps_it_until_it_is_acknowledged(self):
        self.assertTrue(self.redis.xgroup_create("orders", "workers", "0", mkstream=True))
        ids = self.add(3)
        self.assertEqual([id for id, _ in self.read("anna", 2)], ids[:2])
        self.assertEqual([id for id, _ in self.read("berta", 2)], ids[2:])
        self.assertEqual(self.read("berta", 2, block=10), [])
        self.assertEqual(
            self.redis.xpending("orders", "workers"),
            {
                "pending": 3,
                "min": ids[0],
                "max": ids[2],
                "consumers": [{"name": "anna", "pending": 2}, {"name": "berta", "pending": 1}],
            },
        )
        self.assertEqual(self.redis.xack("orders", "workers", ids[0], ids[2]), 2)
        left = self.redis.xpending_range("orders", "workers", "-", "+", 10)
        self.assertEqual([entry["message_id"] for entry in left], [ids[1]])
        self.assertEqual(left[0]["times_delivered"], 1)

    def test_the_entries_of_a_dead_consumer_are_claimed(self):
        self.redis.xgroup_create("orders", "workers", "0", mkstream=True)
        ids = self.add(4)
        self.read("dead", 4)
        self.assertEqual(
            self.redis.xautoclaim("orders", "workers", "alive", 60_000), ["0-0", [], []]
        )
        self.redis.xdel("orders", ids[1])
        cursor, claimed, deleted = self.redis.xautoclaim(
            "orders", "workers", "alive", 0, count=3
        )
        self.assertEqual(cursor, ids[3])
        self.assertEqual([id for id, _ in claimed], [ids[0], ids[2]])
        self.assertEqual(deleted, [ids[1]])
        self.assertEqual(
            self.redis.xclaim("orders", "workers", "alive", 0, [ids[3]], justid=True), [ids[3]]
        )

    def test_a_stream_tells_about_itself_its_groups_and_their_consumers(self):
        self.redis.xgroup_create("orders", "workers", "0", mkstream=True)
        ids = self.add(3)
        self.read("anna", 2)
        stream = self.redis.xinfo_stream("orders")
        self.assertEqual((stream["length"], stream["groups"]), (3, 1))
        self.assertEqual(stream["last-entry"], (ids[2], {"n": "2"}))
        group = self.redis.xinfo_groups("orders")[0]
        self.assertEqual(
            (group["name"], group["pending"], group["entries-read"], group["lag"]),
            ("workers", 2, 2, 1),
        )
        consumer = self.redis.xinfo_consumers("orders", "workers")[0]
        self.assertEqual((consumer["name"], consumer["pending"]), ("anna", 2))

    def test_many_consumers_of_a_group_share_the_work(self):
        self.redis.xgroup_create("orders", "workers", "0", mkstream=True)
        done = [[] for _ in range(4)]

        def consume(name, mine):
            connection = client()
            while True:
                streams = connection.xreadgroup(
                    "workers", name, {"orders": ">"}, count=10, block=20_000
                )
                for id, fields in streams[0][1]:
                    connection.xack("orders", "workers", id)
                    if "end" in fields:
                        return
                    mine.append(fields["n"])

        threads = [
            threading.Thread(target=consume, args=(f"c{i}", mine)) for i, mine in enumerate(done)
        ]
        for thread in threads:
            thread.start()
        pipeline = self.redis.pipeline(transaction=False)
        for n in range(500):
            pipeline.xadd("orders", {"n": n})
        pipeline.execute()
        while any(thread.is_alive() for thread in threads):
            self.redis.xadd("orders", {"end": 1})
            time.sleep(0.05)
        self.assertEqual(sorted(int(n) for mine in done for n in mine), list(range(500)))

    def test_a_group_that_is_there_already_is_refused(self):
        self.redis.xgroup_create("orders", "workers", "0", mkstream=True)
        with self.assertRaisesRegex(redis.ResponseError, "BUSYGROUP"):
            self.redis.xgroup_create("orders", "workers", "0", mkstream=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
