import time
import unittest

from broker import BrokerTest, client


class PubSub(BrokerTest):
    def setUp(self):
        super().setUp()
        self.subscriber = client().pubsub()

    def tearDown(self):
        self.subscriber.close()
        super().tearDown()

    def hear(self):
        end = time.monotonic() + 10
        while time.monotonic() < end:
            message = self.subscriber.get_message(timeout=0.5)
            if message is not None:
                return message["type"], message["pattern"], message["channel"], message["data"]
        self.fail("nothing heard")

    def test_a_channels_messages_reach_its_subscribers_until_they_leave(self):
        self.subscriber.subscribe("news", "sport")
        self.assertEqual(self.hear(), ("subscribe", None, "news", 1))
        self.assertEqual(self.hear(), ("subscribe", None, "sport", 2))
        self.assertEqual(self.redis.publish("news", "hello"), 1)
        self.assertEqual(self.redis.publish("weather", "rain"), 0)
        self.assertEqual(self.hear(), ("message", None, "news", "hello"))
        self.subscriber.unsubscribe("news")
        self.assertEqual(self.hear(), ("unsubscribe", None, "news", 1))
        self.assertEqual(self.redis.publish("news", "nobody hears"), 0)
        self.assertEqual(self.redis.publish("sport", "goal"), 1)
        self.assertEqual(self.hear(), ("message", None, "sport", "goal"))

    def test_a_pattern_takes_all_channels_that_match(self):
        self.subscriber.psubscribe("news.*")
        self.assertEqual(self.hear(), ("psubscribe", None, "news.*", 1))
        self.redis.publish("news", "one")
        self.redis.publish("news.today", "two")
        self.assertEqual(self.hear(), ("pmessage", "news.*", "news.today", "two"))
        self.subscriber.punsubscribe()
        self.assertEqual(self.hear(), ("punsubscribe", None, "news.*", 0))

    def test_the_broker_tells_who_is_subscribed(self):
        self.subscriber.subscribe("news")
        self.hear()
        self.subscriber.psubscribe("n*")
        self.hear()
        self.assertEqual(self.redis.pubsub_channels("n*"), ["news"])
        self.assertEqual(self.redis.pubsub_numsub("news", "sport"), [("news", 1), ("sport", 0)])
        self.assertEqual(self.redis.pubsub_numpat(), 1)

    def test_a_subscriber_may_ping(self):
        self.subscriber.subscribe("news")
        self.hear()
        self.subscriber.ping("still there?")
        self.assertEqual(self.hear(), ("pong", None, None, "still there?"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
