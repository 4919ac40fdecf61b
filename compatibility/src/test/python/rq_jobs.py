"""What test_rq.py has its workers do."""

import os
import signal
import time

import redis
from rq import get_current_job


def double(number):
    return 2 * number


def total():
    """The sum of the results of the jobs that this one depends on."""
    return sum(job.result for job in get_current_job().fetch_dependencies())


def fail():
    raise ValueError("as asked")


def fail_once(key, port):
    """Fails the first time that it is tried."""
    if redis.Redis(port=port).incr(key) == 1:
        raise ValueError("not yet")
    return "done"


def note(port, text):
    redis.Redis(port=port).rpush("noted", text)


def die_once(port):
    """Kills the process that it runs in the first time that it is tried."""
    if redis.Redis(port=port).incr("deaths") == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def hang_once(port):
    """Does not end the first time that it is tried."""
    if redis.Redis(port=port).incr("hanging") == 1:
        time.sleep(120)
    return "done by another"
