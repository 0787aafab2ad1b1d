"""The sample workbench: filled through the services, repeatable, never over real data."""

import shutil
from pathlib import Path

import pytest
from sqlmodel import select

from review.casefiles.tables import Case, SourceFile
from review.db.accounts import Role, User
from review.db.session import reading, transaction
from review.errors import MissingFile, SampleAccountOffLoopback, WrongState
from review.rectification.tables import RectificationItem
from review.scoring.tables import ItemScore
from review.services import demo, integrity
from review.services.access import console
from review.services.accounts import people, sign_in
from review.services.reading import importing
from review.settings import settings

SAMPLES = Path(__file__).parents[2] / "samples" / "data"


@pytest.fixture
def small(tmp_path) -> Path:
    """Three of the sample files with the ledger: two with defects, one in work."""
    folder = tmp_path / "samples"
    folder.mkdir()
    shutil.copy(SAMPLES / demo.LEDGER, folder)
    for name in ("f03", "f09", "f12"):
        shutil.copytree(SAMPLES / name, folder / name)
    return folder


@pytest.fixture
def at_once(monkeypatch):
    """Imports run here, step by step, instead of in a job engine."""
    from review.services.reading import import_workflow as workflow

    def now(engine, actor, paths, *, case_no=None, tell=None):
        for path in paths:
            job = importing.hand_in(engine, actor, case_no=case_no, path=path, name=path.name)
            if job.is_finished:
                continue
            entries = workflow.take_in(job.id)
            for index, entry in enumerate(entries):
                workflow.read_one(job.id, index, entry)
            case_id = workflow.write_rows(job.id, entries)
            workflow.check_case(job.id, case_id)
            workflow.finish(job.id, entries, case_id)
        return []

    monkeypatch.setattr(demo.importing, "import_now", now)


def test_the_samples_make_a_living_workbench_and_are_loaded_once(sqlite_engine, small, at_once):
    said: list[str] = []
    assert demo.may_fill(sqlite_engine)
    demo.fill(sqlite_engine, said.append, folder=small)
    assert demo.is_filled(sqlite_engine)
    assert demo.may_fill(sqlite_engine)
    with reading(sqlite_engine) as session:
        counts = [
            len(session.exec(select(table)).all())
            for table in (User, Case, SourceFile, ItemScore, RectificationItem)
        ]
        states = {item.state for item in session.exec(select(RectificationItem))}
    assert counts[:3] == [10, 60, 3]
    assert counts[3] > 300
    assert {"closed", "submitted", "in_work"} <= states
    assert integrity.verify(sqlite_engine).violations == ()
    demo.fill(sqlite_engine, said.append, folder=small)
    with reading(sqlite_engine) as session:
        assert counts == [
            len(session.exec(select(table)).all())
            for table in (User, Case, SourceFile, ItemScore, RectificationItem)
        ]
    login = {"login": "reviewer1", "password": demo.PASSWORD}
    assert not sign_in.sign_in(sqlite_engine, **login, address="127.0.0.1")[2]
    with pytest.raises(SampleAccountOffLoopback):
        sign_in.sign_in(sqlite_engine, **login, address="10.0.0.4")


def test_real_data_is_never_mixed_with_samples(sqlite_engine, small):
    people.create_user(
        sqlite_engine, console(Role.ADMINISTRATOR), login="real", name="正式", role="leader"
    )
    assert not demo.may_fill(sqlite_engine)
    with pytest.raises(WrongState):
        demo.fill(sqlite_engine, print, folder=small)
    with reading(sqlite_engine) as session:
        assert session.exec(select(Case)).all() == []


def test_cases_without_accounts_are_real_data_too(sqlite_engine):
    from review.db.accounts import Unit

    with transaction(sqlite_engine) as session:
        unit = Unit(name="正式单位")
        session.add(unit)
        session.flush()
        session.add(Case(case_key="x", case_no="x", unit_id=unit.id))
    assert not demo.may_fill(sqlite_engine)


def test_missing_samples_are_named(sqlite_engine, tmp_path):
    with pytest.raises(MissingFile):
        demo.fill(sqlite_engine, print, folder=tmp_path)
    assert settings().home.is_dir()
