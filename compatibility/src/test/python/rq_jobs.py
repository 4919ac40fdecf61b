"""What test_rq.py has its workers do."""

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
