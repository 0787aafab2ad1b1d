"""Model cases are decided by a person with a reason; problems that came back, by unit and officer."""

import pytest
from sqlmodel import col, select

from review.bench.published_year import Year, fill
from review.db.accounts import Role, User
from review.db.audit import AuditRecord
from review.db.session import reading, transaction
from review.errors import NotAllowed, ReasonMissing, Stale, WrongState
from review.findings.result_tables import CaseResult, ResultItem, ResultOfficer
from review.services.access import actor_from, console
from review.services.results import model_cases, papers, repeats, results


@pytest.fixture
def year(sqlite_engine):
    """Two rounds with results: engine, the section, the last round."""
    rounds = fill(sqlite_engine, Year(rounds=2, cases=8, units=2))
    with reading(sqlite_engine) as session:
        user = session.exec(select(User).where(User.role == Role.REGULATIONS)).one()
    return sqlite_engine, actor_from(user), rounds[-1]


def case_of(year, *, fit):
    engine, actor, round_id = year
    found = results.figures(engine, actor, round_id).cases
    return next(each for each in found if each.may_be_model is fit)


def test_a_proposed_case_becomes_a_model_case_and_back_each_with_a_reason(year):
    engine, actor, _ = year
    for is_model in (True, False):
        case = case_of(year, fit=True)
        model_cases.decide_model(
            engine, actor, case.result_id,
            is_model=is_model, reason=" 样例：文书完整 ", seen_version=case.version,
        )  # fmt: skip
        assert case_of(year, fit=True).is_model is is_model
    with reading(engine) as session:
        records = session.exec(select(AuditRecord).where(AuditRecord.action == "result.model"))
        told = [(each.detail["is_model"], each.detail["reason"]) for each in records]
    assert told == [(True, "样例：文书完整"), (False, "样例：文书完整")]


def test_the_circular_names_the_decided_ones_as_such(year):
    import io

    from docx import Document

    engine, actor, round_id = year
    case = case_of(year, fit=True)
    model_cases.decide_model(
        engine, actor, case.result_id, is_model=True, reason="样例", seen_version=case.version
    )
    _, raw = papers.circular_docx(engine, actor, round_id)
    text = "\n".join(each.text for each in Document(io.BytesIO(raw)).paragraphs)
    assert "经认定为优秀案卷" in text
    assert case.case_no in text


@pytest.mark.parametrize(
    ("wrong", "error"), [({"reason": " "}, ReasonMissing), ({"seen_version": 99}, Stale)]
)
def test_a_wrong_decision_is_refused(year, wrong, error):
    engine, actor, _ = year
    case = case_of(year, fit=True)
    values = {"is_model": True, "reason": "样例", "seen_version": case.version} | wrong
    with pytest.raises(error):
        model_cases.decide_model(engine, actor, case.result_id, **values)
    assert not case_of(year, fit=True).is_model


def test_a_case_that_is_not_fit_and_a_person_without_the_right_are_refused(year):
    engine, actor, _ = year
    case = case_of(year, fit=False)
    for who, error in ((actor, WrongState), (console(Role.LEADER), NotAllowed)):
        with pytest.raises(error):
            model_cases.decide_model(
                engine, who, case.result_id,
                is_model=True, reason="样例", seen_version=case.version,
            )  # fmt: skip


def test_what_came_back_is_told_by_unit_and_by_officer(year):
    engine, actor, last = year
    with transaction(engine) as session:
        of_unit = {}
        for row in session.exec(select(CaseResult).order_by(col(CaseResult.round_id))):
            of_unit.setdefault(row.unit_id, {}).setdefault(row.round_id, row.id)
        unit_id, first = next(iter(of_unit.items()))
        for result_id in first.values():
            item = session.exec(select(ResultItem).where(ResultItem.result_id == result_id)).first()
            item.result = "部分符合"
            session.add(item)
            session.add(ResultOfficer(result_id=result_id, name="样例老办案员"))
        item_id = item.item_id
    by_unit, by_officer = repeats.repeats(engine, actor, last)
    assert (item_id, unit_id, 1) in {
        (each.item_id, each.unit_id, len(each.earlier)) for each in by_unit
    }
    assert (item_id, "样例老办案员") in {(each.item_id, each.officer) for each in by_officer}
    with pytest.raises(NotAllowed):
        repeats.repeats(engine, console(Role.UNIT), last)
