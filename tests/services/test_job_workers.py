"""Workers on one database: each lives by its beat, and what a dead one left is taken up once."""

import pytest
from sqlmodel import select

from review.casefiles.tables import JobWorker
from review.db.session import reading
from review.services.reading import job_workers as workers


def take(engine, worker_id, work):
    """Take over as the engine does: whatever no living worker has in hand."""

    def resume(living):
        orphans = [job for job, owner in work.items() if owner not in living]
        for job in orphans:
            work[job] = worker_id
        return len(orphans)

    return workers.take_over(engine, worker_id, lease_seconds=60, resume=resume)


def test_a_living_worker_is_left_alone_and_a_dead_one_is_taken_once(engine):
    for name in ("a", "b", "c"):
        workers.register(engine, name)
    work = {"one": "a", "two": "c"}
    assert take(engine, "b", work) == 0
    workers.leave(engine, "a")
    assert take(engine, "b", work) == 1
    assert take(engine, "c", work) == 0
    assert work == {"one": "b", "two": "c"}
    assert not workers.beat(engine, "a")
    with reading(engine) as session:
        taken = {row.id: row.taken_by for row in session.exec(select(JobWorker))}
    assert taken == {"a": "b", "b": "", "c": ""}


def test_what_a_taker_did_not_finish_is_left_to_the_next(engine):
    for name in ("a", "b", "c"):
        workers.register(engine, name)
    workers.leave(engine, "a")

    def dies(_living):
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        workers.take_over(engine, "b", lease_seconds=60, resume=dies)
    work = {"one": "a"}
    assert take(engine, "c", work) == 1


def test_work_of_a_worker_that_nobody_knows_is_taken(engine):
    workers.register(engine, "a")
    assert take(engine, "a", {"one": "nobody", "two": "a"}) == 1


def test_a_worker_that_beats_stays(engine):
    workers.register(engine, "a")
    assert workers.beat(engine, "a")
    assert not workers.beat(engine, "nobody")
    workers.leave(engine, "a")
    assert workers.beat(engine, "a")
    assert take(engine, "b", {"one": "a"}) == 0
