"""Workers on one database: each lives by its beat, and each dead one is taken by one alone."""

from review.services import job_workers as workers


def test_a_living_worker_is_left_alone_and_a_dead_one_is_taken_once(engine):
    for name in ("a", "b", "c"):
        workers.register(engine, name)
    assert workers.claim_dead(engine, "b", lease_seconds=60) == []
    workers.leave(engine, "a")
    assert workers.claim_dead(engine, "b", lease_seconds=60) == ["a"]
    assert workers.claim_dead(engine, "c", lease_seconds=60) == []
    assert not workers.beat(engine, "a")
    workers.forget(engine, "a")
    assert workers.claim_dead(engine, "b", lease_seconds=60) == []


def test_the_work_of_a_taker_that_died_is_taken_again(engine):
    for name in ("a", "b", "c"):
        workers.register(engine, name)
    workers.leave(engine, "a")
    assert workers.claim_dead(engine, "b", lease_seconds=60) == ["a"]
    workers.leave(engine, "b")
    assert sorted(workers.claim_dead(engine, "c", lease_seconds=60)) == ["a", "b"]


def test_a_worker_that_beats_stays(engine):
    workers.register(engine, "a")
    assert workers.beat(engine, "a")
    assert not workers.beat(engine, "nobody")
    workers.leave(engine, "a")
    assert workers.beat(engine, "a")
    assert workers.claim_dead(engine, "b", lease_seconds=60) == []
