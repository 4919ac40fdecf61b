"""redis-py as a client of clusters, of one node that owns all slots."""

import unittest

import redis
from redis.cluster import RedisCluster

from broker import PORT


class ClusterTest(unittest.TestCase):
    def setUp(self):
        self.direct = redis.Redis(port=PORT)
        self.direct.flushall()
        self.cluster = RedisCluster(host="127.0.0.1", port=PORT, decode_responses=True)

    def tearDown(self):
        self.cluster.close()
        self.direct.close()

    def test_the_one_node_answers_for_every_slot(self):
        for i in range(200):
            self.cluster.set(f"key{i}", f"value{i}")
        self.assertEqual(
            [f"value{i}" for i in range(200)], [self.cluster.get(f"key{i}") for i in range(200)]
        )
        self.assertEqual([PORT], [node.port for node in self.cluster.get_primaries()])
        self.assertEqual(16384, len(self.cluster.nodes_manager.slots_cache))
        self.assertEqual(200, self.cluster.dbsize())

    def test_a_queue_is_worked_off(self):
        self.cluster.rpush("{jobs}waiting", "a", "b")
        self.assertEqual("b", self.cluster.lmove("{jobs}waiting", "{jobs}done", "RIGHT", "LEFT"))
        self.assertEqual(("{jobs}waiting", "a"), self.cluster.blpop("{jobs}waiting", 5))
        self.assertEqual(["b"], self.cluster.lrange("{jobs}done", 0, -1))

    def test_keys_of_one_slot_go_together_and_others_do_not(self):
        self.cluster.mset({"{a}1": "x", "{a}2": "y"})
        self.assertEqual(["x", "y"], self.cluster.mget("{a}1", "{a}2"))
        with self.assertRaisesRegex(redis.ResponseError, "CROSSSLOT"):
            self.direct.rename("{a}1", "b")

    def test_what_the_client_splits_by_slot_comes_together_again(self):
        self.cluster.mset_nonatomic({f"key{i}": str(i) for i in range(50)})
        self.assertEqual(
            [str(i) for i in range(50)],
            self.cluster.mget_nonatomic([f"key{i}" for i in range(50)]),
        )
        self.assertEqual(50, self.cluster.delete(*[f"key{i}" for i in range(50)]))

    def test_a_pipeline_is_answered_in_order(self):
        pipeline = self.cluster.pipeline()
        pipeline.incr("one").incr("two").incr("one")
        self.assertEqual([1, 1, 2], pipeline.execute())

    def test_a_script_runs_where_its_keys_are(self):
        self.assertEqual(2, self.cluster.eval("return redis.call('incrby', KEYS[1], 2)", 1, "n"))

    def test_a_stream_has_groups(self):
        self.cluster.xadd("orders", {"n": "1"})
        self.cluster.xgroup_create("orders", "workers", "0")
        [[stream, entries]] = self.cluster.xreadgroup("workers", "anna", {"orders": ">"})
        self.assertEqual("orders", stream)
        self.assertEqual({"n": "1"}, entries[0][1])
        self.assertEqual(1, self.cluster.xack("orders", "workers", entries[0][0]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
