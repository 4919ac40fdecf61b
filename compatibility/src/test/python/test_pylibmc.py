import sys
import unittest

import pylibmc

SERVER = sys.argv.pop()


class Pylibmc(unittest.TestCase):
    def setUp(self):
        self.client = pylibmc.Client([SERVER], behaviors={"cas": True, "tcp_nodelay": True})
        self.client.flush_all()

    def test_values_of_any_type_come_back(self):
        for value in ["text", b"bytes\r\n", 42, True, {"a": [1, 2]}, "x" * 300000]:
            self.assertTrue(self.client.set("key", value))
            self.assertEqual(self.client.get("key"), value)

    def test_several_at_once(self):
        self.assertEqual(self.client.set_multi({"a": 1, "b": "two"}), [])
        self.assertEqual(self.client.get_multi(["a", "b", "c"]), {"a": 1, "b": "two"})
        self.assertTrue(self.client.delete("a"))
        self.assertFalse(self.client.delete("a"))

    def test_counting(self):
        self.client.set("key", "20")
        self.assertEqual(self.client.incr("key", 2), 22)
        self.assertEqual(self.client.decr("key", 30), 0)
        with self.assertRaises(pylibmc.NotFound):
            self.client.incr("none")

    def test_compare_and_set(self):
        self.client.set("key", "a")
        value, version = self.client.gets("key")
        self.client.set("key", "b")
        self.assertFalse(self.client.cas("key", "c", version))
        value, version = self.client.gets("key")
        self.assertTrue(self.client.cas("key", "c", version))
        self.assertEqual(self.client.get("key"), "c")

    def test_storing_depends_on_what_is_there(self):
        self.assertFalse(self.client.replace("key", "x"))
        self.assertTrue(self.client.add("key", "b"))
        self.assertFalse(self.client.add("key", "c"))
        self.assertTrue(self.client.append("key", "c"))
        self.assertTrue(self.client.prepend("key", "a"))
        self.assertEqual(self.client.get("key"), "abc")
        self.assertTrue(self.client.touch("key", 1000))

    def test_statistics(self):
        ((_, stats),) = self.client.get_stats()
        self.assertIn("curr_items", stats)


if __name__ == "__main__":
    unittest.main()
