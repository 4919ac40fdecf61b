"""redis-py's asyncio: many things at once on one thread."""

import asyncio
import unittest

import redis
import redis.asyncio as aio

from broker import PORT, BrokerTest


def connect(**options):
    return aio.Redis(host="127.0.0.1", port=PORT, decode_responses=True, **options)


async def until(condition):
    async def ask():
        while not await condition():
            await asyncio.sleep(0.01)

    await asyncio.wait_for(ask(), 20)


class Asyncio(BrokerTest, unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.redis = connect()
        self.other = connect()

    async def asyncTearDown(self):
        await self.redis.close()
        await self.other.close()

    def tearDown(self):
        pass

    async def blocked(self, count):
        async def are_blocked():
            return (await self.other.info("clients"))["blocked_clients"] == count

        await until(are_blocked)

    async def test_many_commands_wait_at_once(self):
        waiting = [asyncio.create_task(self.redis.blpop("queue", 20)) for _ in range(20)]
        await self.blocked(20)
        await self.other.rpush("queue", *range(20))
        popped = await asyncio.gather(*waiting)
        self.assertEqual(sorted(int(job) for _, job in popped), list(range(20)))

    async def test_a_cancelled_wait_takes_nothing(self):
        waiting = asyncio.create_task(self.redis.blpop("queue", 20))
        await self.blocked(1)
        waiting.cancel()
        with self.assertRaises(asyncio.CancelledError):
            await waiting
        await self.blocked(0)
        await self.other.rpush("queue", "job")
        self.assertEqual(await self.other.lrange("queue", 0, -1), ["job"])

    async def test_a_pipeline_is_answered_in_its_order(self):
        async with self.redis.pipeline(transaction=False) as pipeline:
            for _ in range(500):
                pipeline.incr("counter")
            self.assertEqual(await pipeline.execute(), list(range(1, 501)))

    async def test_a_transaction_is_dropped_when_a_watched_key_changes(self):
        async with self.redis.pipeline(transaction=True) as pipeline:
            await pipeline.watch("balance")
            await self.other.set("balance", 9)
            pipeline.multi()
            pipeline.set("balance", 1)
            with self.assertRaises(redis.WatchError):
                await pipeline.execute()
        self.assertEqual(await self.redis.get("balance"), "9")

    async def test_what_is_published_is_heard(self):
        async with self.redis.pubsub() as pubsub:
            await pubsub.subscribe("news")
            await pubsub.psubscribe("sport.*")
            heard = []

            async def listen():
                async for message in pubsub.listen():
                    if message["type"].endswith("message"):
                        heard.append((message["channel"], message["data"]))
                        if len(heard) == 2:
                            return

            listening = asyncio.create_task(listen())

            async def subscribed():
                return (await self.other.pubsub_numsub("news"))[0][1] == 1

            await until(subscribed)
            await self.other.publish("news", "one")
            await self.other.publish("sport.ball", "1:0")
            await asyncio.wait_for(listening, 20)
        self.assertEqual(heard, [("news", "one"), ("sport.ball", "1:0")])

    async def test_the_consumers_of_a_group_share_a_stream(self):
        await self.redis.xgroup_create("orders", "billing", "0", mkstream=True)
        done = []

        async def consume(name):
            while len(done) < 100:
                read = await self.redis.xreadgroup(
                    "billing", name, {"orders": ">"}, count=7, block=200
                )
                for _, entries in read:
                    for entry, fields in entries:
                        done.append(int(fields["n"]))
                        await self.redis.xack("orders", "billing", entry)

        consumers = [asyncio.create_task(consume(f"c{n}")) for n in range(4)]
        for n in range(100):
            await self.other.xadd("orders", {"n": n})
        await asyncio.wait_for(asyncio.gather(*consumers), 30)
        self.assertEqual(sorted(done), list(range(100)))
        self.assertEqual((await self.redis.xpending("orders", "billing"))["pending"], 0)

    async def test_a_lock_lets_one_in_at_a_time_and_ends_with_its_time(self):
        inside = []

        async def enter(name):
            async with self.redis.lock("lock", timeout=10, sleep=0.01):
                inside.append(name)
                value = int(await self.redis.get("counter") or 0)
                await self.redis.set("counter", value + 1)

        await asyncio.wait_for(asyncio.gather(*(enter(n) for n in range(20))), 30)
        self.assertEqual((len(inside), await self.redis.get("counter")), (20, "20"))
        lost = self.redis.lock("leased", timeout=0.2, sleep=0.01)
        self.assertTrue(await lost.acquire())
        self.assertFalse(await self.other.lock("leased", blocking_timeout=0.01).acquire())
        taken = self.other.lock("leased", timeout=10, blocking_timeout=10, sleep=0.01)
        self.assertTrue(await taken.acquire())
        with self.assertRaises(redis.exceptions.LockError):
            await lost.release()
        await taken.release()

    async def test_a_script_is_sent_once(self):
        add = self.redis.register_script("return redis.call('incrby', KEYS[1], ARGV[1])")
        self.assertEqual(await add(keys=["counter"], args=[2]), 2)
        await self.redis.script_flush()
        self.assertEqual(await add(keys=["counter"], args=[3]), 5)


if __name__ == "__main__":
    unittest.main(verbosity=2)
