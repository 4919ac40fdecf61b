import sys
import unittest

import memcache

SERVER = sys.argv.pop()


class Memcache(unittest.TestCase):
    def setUp(self):
        self.client = memcache.Client([SERVER], cache_cas=True)
        self.client.flush_all()

    def tearDown(self):
        self.client.disconnect_all()

    def test_values_of_any_type_come_back(self):
        for value in ["text", b"bytes\r\n", 42, True, {"a": [1, 2]}, "x" * 300000]:
            self.assertTrue(self.client.set("key", value))
            self.assertEqual(self.client.get("key"), value)

    def test_several_at_once(self):
        self.assertEqual(self.client.set_multi({"a": 1, "b": "two"}), [])
        self.assertEqual(self.client.get_multi(["a", "b", "c"]), {"a": 1, "b": "two"})
        self.assertTrue(self.client.delete_multi(["a", "b"]))
        self.assertEqual(self.client.get_multi(["a", "b"]), {})

    def test_storing_depends_on_what_is_there(self):
        self.assertFalse(self.client.replace("key", "x"))
        self.assertTrue(self.client.add("key", "b"))
        self.assertFalse(self.client.add("key", "c"))
        self.assertTrue(self.client.append("key", "c"))
        self.assertTrue(self.client.prepend("key", "a"))
        self.assertEqual(self.client.get("key"), "abc")

    def test_counting(self):
        self.client.set("key", 20)
        self.assertEqual(self.client.incr("key"), 21)
        self.assertEqual(self.client.decr("key", 30), 0)
        self.assertIsNone(self.client.incr("none"))

    def test_compare_and_set(self):
        self.client.set("key", "a")
        self.assertEqual(self.client.gets("key"), "a")
        other = memcache.Client([SERVER])
        other.set("key", "b")
        other.disconnect_all()
        self.assertFalse(self.client.cas("key", "c"))
        self.assertEqual(self.client.gets("key"), "b")
        self.assertTrue(self.client.cas("key", "c"))

    def test_expiry(self):
        self.client.set("key", "a", time=1000)
        self.assertTrue(self.client.touch("key", 2000))
        self.assertEqual(self.client.get("key"), "a")
        self.assertTrue(self.client.touch("key", -1))
        self.assertIsNone(self.client.get("key"))

    def test_statistics(self):
        self.client.set("key", "a")
        ((_, stats),) = self.client.get_stats()
        self.assertEqual(stats["curr_items"], "1")


if __name__ == "__main__":
    unittest.main()
