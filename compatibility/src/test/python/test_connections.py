import time
import unittest

import redis

from broker import BrokerTest, client, kill_and_restart


class Connections(BrokerTest):
    def test_the_client_introduces_itself(self):
        named = client(client_name="redis-py", single_connection_client=True)
        self.assertTrue(named.ping())
        self.assertEqual(named.client_getname(), "redis-py")
        self.assertEqual(named.client_info()["name"], "redis-py")
        self.assertGreater(named.client_id(), 0)
        self.assertIn("redis_version", named.info("server"))

    def test_hello_may_be_said_by_hand(self):
        connection = client(single_connection_client=True)
        answer = connection.execute_command("HELLO", "2")
        fields = dict(zip(answer[::2], answer[1::2]))
        self.assertEqual((fields["server"], fields["proto"]), ("redis", 2))

    def test_a_scan_meets_every_key(self):
        pipeline = self.redis.pipeline(transaction=False)
        for n in range(1_000):
            pipeline.set(f"key:{n}", "v").set(f"other:{n}", "v")
        pipeline.execute()
        met = list(self.redis.scan_iter("key:*", count=50))
        self.assertEqual(sorted(met), sorted(f"key:{n}" for n in range(1_000)))
        self.assertEqual(list(self.redis.scan_iter(_type="list")), [])

    def test_hashes_sets_and_sorted_sets_are_scanned_too(self):
        names = [f"n{n}" for n in range(300)]
        self.redis.hset("hash", mapping={name: "v" for name in names})
        self.redis.sadd("set", *names)
        self.redis.zadd("zset", {name: n for n, name in enumerate(names)})
        self.assertEqual(sorted(field for field, _ in self.redis.hscan_iter("hash")), sorted(names))
        self.assertEqual(sorted(self.redis.sscan_iter("set")), sorted(names))
        self.assertEqual(list(self.redis.zscan_iter("zset", match="n299")), [("n299", 299.0)])

    def test_bytes_of_every_value_come_back(self):
        raw = client(decode_responses=False)
        every = bytes(range(256))
        raw.set(every, every * 1_000)
        self.assertEqual(raw.get(every), every * 1_000)
        self.assertEqual(raw.keys("*"), [every])

    def test_after_a_restart_the_pool_connects_again_and_everything_is_still_there(self):
        self.redis.set("text", "kept")
        self.redis.rpush("list", "a", "b")
        self.redis.zadd("zset", {"m": 1.5})
        id = self.redis.xadd("stream", {"n": 1})
        kill_and_restart()
        end = time.monotonic() + 20
        while True:
            try:
                self.assertEqual(self.redis.get("text"), "kept")
                break
            except redis.ConnectionError:
                self.assertLess(time.monotonic(), end)
        self.assertEqual(self.redis.lrange("list", 0, -1), ["a", "b"])
        self.assertEqual(self.redis.zrange("zset", 0, -1, withscores=True), [("m", 1.5)])
        self.assertEqual(self.redis.xrange("stream"), [(id, {"n": "1"})])


if __name__ == "__main__":
    unittest.main(verbosity=2)
