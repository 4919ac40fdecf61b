"""The Celery application: the broker is its broker and keeps its results."""

import os
import time

from celery import Celery

import redis

PORT = os.environ["NARU_PORT"]

# What a killed worker held may be given to another after this, instead of after an hour.
VISIBILITY_TIMEOUT_S = 3
PREFETCHED_BY_EACH_PROCESS = 4

app = Celery(
    "tasks",
    broker=f"redis://127.0.0.1:{PORT}/0",
    backend=f"redis://127.0.0.1:{PORT}/1",
)
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=PREFETCHED_BY_EACH_PROCESS,
    broker_transport_options={"visibility_timeout": VISIBILITY_TIMEOUT_S},
)
journal = redis.Redis(host="127.0.0.1", port=int(PORT), db=2)


# Tasks from this number on do not end before the gate is open.
GATE = 60


@app.task
def square(n):
    while n >= GATE and not journal.exists("gate is open"):
        time.sleep(0.02)
    journal.rpush("squared", n)
    return n * n


@app.task
def total(numbers):
    return sum(numbers)


@app.task
def note(text):
    journal.rpush("noted", text)
    return text


@app.task(bind=True, max_retries=3)
def flaky(self, text):
    """Fails the first time that it is tried."""
    if journal.incr(f"tries of {text}") == 1:
        raise self.retry(countdown=0.2)
    return note(text)


@app.task
def fail():
    raise ValueError("as asked")


@app.task
def add(one, other):
    return one + other
