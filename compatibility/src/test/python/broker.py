"""The broker that the tests were started for."""

import os
import sys
import unittest

import redis

PORT = int(os.environ["NARU_PORT"])


def client(**options):
    """A client with a pool of connections, answering in text."""
    options.setdefault("decode_responses", True)
    options.setdefault("socket_timeout", 20)
    return redis.Redis(host="127.0.0.1", port=PORT, **options)


def kill_and_restart():
    """Has the broker killed with SIGKILL and started again, by whoever runs this script."""
    print("@kill-and-restart", flush=True)
    assert sys.stdin.readline().strip() == "done"


class BrokerTest(unittest.TestCase):
    """Each test begins with an empty broker and a client."""

    def setUp(self):
        self.redis = client()
        self.redis.flushall()

    def tearDown(self):
        self.redis.close()
