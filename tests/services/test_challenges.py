"""The ledger of proceedings: who enters and sees it, what it keeps, what the reviews had said."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy import event
from sqlmodel import select

from review.casefiles.tables import Case
from review.common.clock import today
from review.db.audit import AuditRecord
from review.db.session import reading, transaction
from review.errors import (
    BadValue,
    DuplicateRow,
    NotAllowed,
    NotFound,
    ReasonMissing,
    Stale,
    WrongState,
)
from review.findings.challenge_tables import Challenge
from review.findings.challenges import Outcome, Standing
from review.findings.result_tables import CaseResult, Publication
from review.findings.tables import Finding
from review.planning.tables import Round
from review.services.results import challenge_exports, challenge_views, challenges
from review.services.results.challenges import Entry
from tests.services.conftest import add_case

FILED, DECIDED = date(2024, 5, 6), date(2024, 7, 8)
OPEN = Entry(instance="reconsideration", organ="样例区人民政府", filed_on=FILED)
REVOKED = replace(
    OPEN,
    docket_no="〔2024〕样例复1号",
    decided_on=DECIDED,
    outcome="revoked",
    grounds="样例：未告知陈述申辩权利",
    concerns=("item:DOC-02",),
)


def enter(bureau, entry=REVOKED, *, case=0) -> int:
    return challenges.add_challenge(bureau.engine, bureau.regulations, bureau.cases[case], entry)


def ledger(bureau, who="regulations", **asked):
    return challenge_views.challenge_ledger(bureau.engine, bureau.actors[who], **asked)


def reviewed(bureau, *, on: date | None, faults=(), case=0, number=1) -> int:
    """A round with a result of the case and confirmed findings; published on that day if any."""
    with transaction(bureau.engine) as session:
        held = session.get_one(Case, bureau.cases[case])
        row = Round(
            title=f"样例第{number}次公布", year=2024, number=number,
            scope_from=date(2023, 1, 1), scope_to=date(2023, 12, 31),
            starts_on=date(2024, 1, 2), ends_on=date(2024, 1, 31),
            state="published" if on else "confirming",
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add(
            CaseResult(
                round_id=row.id, case_id=held.id, unit_id=held.unit_id, score=Decimal("91.5"),
                grade_zh="优秀", grade_en="Excellent", grade_rank=0, disputed=[], sheets=[],
            )
        )  # fmt: skip
        for item_id in faults:
            session.add(
                Finding(
                    round_id=row.id, case_id=held.id, key=item_id, item_id=item_id,
                    origin="user:1", severity="major", text_zh=f"样例问题{item_id}",
                    check_ids=[], state="confirmed",
                )
            )  # fmt: skip
        if on:
            at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
            session.add(Publication(round_id=row.id, published_at=at, figures_sha256="样例"))
        return row.id or 0


def test_what_was_entered_stands_in_the_ledger_with_the_audit_trail(bureau, tmp_path):
    paper = tmp_path / "x"
    paper.write_bytes("样例复议决定书".encode())
    key = challenges.add_challenge(
        bureau.engine, bureau.regulations, bureau.cases[0], REVOKED, proof=(paper, "../决定书.pdf")
    )
    (row,) = ledger(bureau).rows
    assert (row.id, row.outcome, row.is_overturned) == (key, Outcome.REVOKED, True)
    assert (row.organ, row.docket_no, row.grounds) == (
        "样例区人民政府", "〔2024〕样例复1号", "样例：未告知陈述申辩权利",
    )  # fmt: skip
    assert row.standing is Standing.NOT_REVIEWED
    assert [each.name for each in row.proofs] == ["决定书.pdf"]
    name, path = challenges.proof_file(bureau.engine, bureau.unit, row.proofs[0].id)
    assert (name, path.read_bytes()) == ("决定书.pdf", "样例复议决定书".encode())
    with reading(bureau.engine) as session:
        record = session.exec(
            select(AuditRecord).where(AuditRecord.action == "challenge.add")
        ).one()
    assert record.detail["after"]["outcome"] == "revoked"
    assert "陈述申辩" not in str(record.detail)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"instance": "third"}, "kind"),
        ({"organ": "  "}, "organ or court"),
        ({"filed_on": None}, "day of filing"),
        ({"filed_on": today() + timedelta(days=1)}, "day of filing"),
        ({"outcome": "won"}, "outcome"),
        ({"outcome": ""}, "outcome"),
        ({"decided_on": None}, "outcome"),
        ({"decided_on": FILED - timedelta(days=1)}, "day of the outcome"),
        ({"decided_on": today() + timedelta(days=1)}, "day of the outcome"),
        ({"concerns": ("check:NON999",)}, "grounds"),
        ({"concerns": ("DOC-02",)}, "grounds"),
    ],
)
def test_a_wrong_value_is_refused_by_its_field(bureau, changed, field):
    with pytest.raises(BadValue) as caught:
        enter(bureau, replace(REVOKED, **changed))
    assert caught.value.details["field_en"] == field
    assert ledger(bureau).rows == ()


def test_nothing_is_filed_before_the_decision(bureau):
    with transaction(bureau.engine) as session:
        session.get_one(Case, bureau.cases[0]).decided_on = FILED + timedelta(days=1)
    with pytest.raises(BadValue):
        enter(bureau)
    assert enter(bureau, replace(REVOKED, filed_on=FILED + timedelta(days=1)))


def test_the_same_docket_or_day_at_one_instance_is_entered_once(bureau):
    key = enter(bureau)
    for again in (REVOKED, replace(OPEN, filed_on=FILED), replace(REVOKED, filed_on=DECIDED)):
        with pytest.raises(DuplicateRow):
            enter(bureau, again)
    enter(bureau, replace(OPEN, instance="first"))
    enter(bureau, REVOKED, case=1)
    challenges.strike_challenge(
        bureau.engine, bureau.regulations, key, reason="样例误登", seen_version=1
    )
    assert enter(bureau) > key


def change(bureau, key, entry, *, seen=1, reason=""):
    challenges.change_challenge(
        bureau.engine, bureau.regulations, key, entry, seen_version=seen, reason=reason
    )


def test_an_outcome_is_written_later_and_a_correction_gives_its_reason(bureau):
    key = enter(bureau, OPEN)
    change(bureau, key, REVOKED)
    with pytest.raises(ReasonMissing):
        change(bureau, key, replace(REVOKED, outcome="altered"), seen=2)
    with pytest.raises(Stale):
        change(bureau, key, replace(REVOKED, outcome="altered"), seen=1, reason="样例")
    change(bureau, key, replace(REVOKED, outcome="altered"), seen=2, reason="样例：录入有误")
    (row,) = ledger(bureau).rows
    assert row.outcome is Outcome.ALTERED
    assert [(each.values["outcome"], each.reason) for each in row.corrections] == [
        ("", ""), ("revoked", "样例：录入有误"),
    ]  # fmt: skip
    assert row.corrections[1].values["grounds"] == REVOKED.grounds
    assert row.version == 3


def test_what_is_struck_counts_no_longer_and_stays_on_record(bureau, tmp_path):
    key = enter(bureau)
    engine, section = bureau.engine, bureau.regulations
    with pytest.raises(ReasonMissing):
        challenges.strike_challenge(engine, section, key, reason=" ", seen_version=1)
    challenges.strike_challenge(engine, section, key, reason="样例误登", seen_version=1)
    assert ledger(bureau).rows == ()
    paper = tmp_path / "x"
    paper.write_bytes(b"x")
    for call in (
        lambda: change(bureau, key, OPEN, seen=2, reason="样例"),
        lambda: challenges.strike_challenge(engine, section, key, reason="样例", seen_version=2),
        lambda: challenges.add_proof(engine, section, key, (paper, "x"), seen_version=2),
    ):
        with pytest.raises(WrongState):
            call()
    with reading(engine) as session:
        row = session.get_one(Challenge, key)
        assert (row.strike_reason, row.outcome, row.version) == ("样例误登", "revoked", 2)


def test_only_the_section_writes_and_a_unit_reads_its_own(bureau):
    key = enter(bureau)
    for who in ("leader", "unit", "reviewer", "expert", "administrator"):
        actor = bureau.actors[who]
        for call in (
            lambda actor=actor: challenges.add_challenge(
                bureau.engine, actor, bureau.cases[0], OPEN
            ),
            lambda actor=actor: challenges.change_challenge(
                bureau.engine, actor, key, OPEN, seen_version=1
            ),
            lambda actor=actor: challenges.strike_challenge(
                bureau.engine, actor, key, reason="样例", seen_version=1
            ),
            lambda actor=actor: challenge_views.concern_choices(
                bureau.engine, actor, bureau.cases[0]
            ),
        ):
            with pytest.raises(NotAllowed):
                call()
    for who in ("reviewer", "expert", "administrator"):
        with pytest.raises(NotAllowed):
            ledger(bureau, who)
    assert [len(ledger(bureau, who).rows) for who in ("leader", "unit", "other_unit")] == [1, 1, 0]


def test_a_paper_of_another_unit_is_refused(bureau, tmp_path):
    key = enter(bureau)
    paper = tmp_path / "x"
    paper.write_bytes(b"x")
    challenges.add_proof(
        bureau.engine, bureau.regulations, key, (paper, "判决书.pdf"), seen_version=1
    )
    (proof,) = ledger(bureau).rows[0].proofs
    with pytest.raises(NotAllowed):
        challenges.proof_file(bureau.engine, bureau.other_unit, proof.id)
    with pytest.raises(NotFound):
        challenges.proof_file(bureau.engine, bureau.unit, 987)


@pytest.mark.parametrize("who", ["regulations", "leader", "unit"])
def test_nothing_is_told_of_a_round_before_it_is_published(bureau, who):
    enter(bureau)
    reviewed(bureau, on=None, faults=("DOC-02",))
    (row,) = ledger(bureau, who).rows
    assert (row.standing, row.reviews) == (Standing.NOT_REVIEWED, ())


@pytest.mark.parametrize(
    ("on", "faults", "expected"),
    [
        (DECIDED, ("DOC-02", "DOC-03"), Standing.SEEN),
        (DECIDED, ("DOC-03",), Standing.OTHER),
        (DECIDED, (), Standing.PASSED),
        (DECIDED + timedelta(days=1), ("DOC-02",), Standing.LATER),
    ],
)
def test_beside_the_outcome_stands_what_the_published_review_said(bureau, on, faults, expected):
    enter(bureau)
    reviewed(bureau, on=on, faults=faults)
    for who in ("regulations", "leader", "unit"):
        (row,) = ledger(bureau, who).rows
        (review,) = row.reviews
        assert row.standing is expected
        assert (review.published_on, review.score, review.grade.zh) == (
            on,
            Decimal("91.50"),
            "优秀",
        )
        assert [(each.text.zh, each.is_touching) for each in review.faults] == [
            (f"样例问题{each}", each == "DOC-02") for each in faults
        ]
        assert review.is_before is (expected is not Standing.LATER)


def test_only_confirmed_findings_count(bureau):
    enter(bureau)
    reviewed(bureau, on=DECIDED, faults=("DOC-02",))
    with transaction(bureau.engine) as session:
        session.exec(select(Finding)).one().state = "dismissed"
    assert ledger(bureau).rows[0].standing is Standing.PASSED


def test_figures_count_the_last_word_and_add_up(bureau):
    enter(bureau)
    enter(bureau, replace(OPEN, instance="first", filed_on=DECIDED, decided_on=date(2024, 9, 9),
                          outcome="dismissed"))  # fmt: skip
    enter(bureau, replace(REVOKED, concerns=()), case=1)
    reviewed(bureau, on=DECIDED, faults=("DOC-03",), case=1)
    with transaction(bureau.engine) as session:
        other = add_case(session, bureau.units["样例港航大队"], 9)
        bureau.cases.append(other.id)
    enter(bureau, replace(REVOKED, filed_on=date(2025, 1, 6), decided_on=date(2025, 3, 3)), case=2)
    enter(bureau, replace(OPEN, instance="first", filed_on=date(2025, 4, 1)), case=2)
    found = ledger(bureau)
    assert found.years == (2025, 2024)
    assert [
        (each.year, each.unit_name, each.filed, each.decided, each.overturned)
        for each in found.figures
    ] == [(2025, "样例港航大队", 2, 1, 1), (2024, "样例执法大队", 3, 3, 1)]
    for each in found.figures:
        assert each.overturned == each.seen + each.missed + each.not_linked + each.not_reviewed
    assert [each.not_linked for each in found.figures] == [0, 1]
    assert len(ledger(bureau, year=2025).rows) == 2
    assert len(ledger(bureau, unit_id=bureau.units["样例执法大队"]).rows) == 3
    assert [each.unit_name for each in ledger(bureau, "other_unit").figures] == ["样例港航大队"]


def test_the_ledger_asks_as_often_whatever_it_holds(bureau):
    def asked():
        statements = []
        listener = lambda *given: statements.append(given[2])  # noqa: E731 - removed below
        event.listen(bureau.engine, "before_cursor_execute", listener)
        ledger(bureau)
        event.remove(bureau.engine, "before_cursor_execute", listener)
        return sum("SELECT" in each for each in statements)

    enter(bureau)
    few = asked()
    reviewed(bureau, on=DECIDED, faults=("DOC-02", "DOC-03"))
    for number in range(12):
        enter(bureau, replace(REVOKED, docket_no=f"样例{number}"), case=number % 2)
    assert asked() == few


def test_the_choices_are_items_of_the_cases_checklist_and_the_checks(bureau):
    names = challenge_views.concern_choices(bureau.engine, bureau.regulations, bureau.cases[0])
    assert names["item:DOC-02"].zh == "期限"
    assert names["check:DEC004"].en
    with pytest.raises(NotFound):
        challenge_views.concern_choices(bureau.engine, bureau.regulations, 987)


def sheets(raw):
    book = load_workbook(io.BytesIO(raw))
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]
        for sheet in book.worksheets
    }


def test_the_workbook_says_what_the_page_says(bureau):
    enter(bureau)
    enter(bureau, replace(OPEN, filed_on=date(2025, 2, 3)), case=1)
    reviewed(bureau, on=DECIDED, faults=("DOC-02",))
    name, raw = challenge_exports.challenges_xlsx(bureau.engine, bureau.regulations, 0)
    read = sheets(raw)
    assert name == "复议诉讼与信用修复台账.xlsx"
    assert list(read) == ["复议诉讼结果", "按年度和单位", "信用修复提醒"]
    still_open, revoked = read["复议诉讼结果"]
    assert (still_open[10], still_open[15]) == ("审理中", "无已公布的评查结果")
    assert revoked[1:4:2] == ["样例执法大队", "未取得道路运输经营许可擅自从事客运经营"]
    assert revoked[10] == "撤销"
    assert revoked[12:15] == ["DOC-02 期限", "是", "评查已发现争议点"]
    assert (
        revoked[15] == "样例第1次公布：91.5分，优秀，认定问题1个，其中涉及争议点1个，2024-07-08公布"
    )
    assert [row[:9] for row in read["按年度和单位"]] == [
        [2025, "样例执法大队", 1, 0, 0, 0, 0, 0, 0], [2024, "样例执法大队", 1, 1, 1, 1, 0, 0, 0],
    ]  # fmt: skip
    name, raw = challenge_exports.challenges_xlsx(bureau.engine, bureau.unit, 2024)
    assert list(sheets(raw)) == ["复议诉讼结果", "按年度和单位"]
    assert len(sheets(raw)["复议诉讼结果"]) == 1
    _, raw = challenge_exports.challenges_xlsx(bureau.engine, bureau.other_unit, 0)
    assert "样例罚" not in str(sheets(raw))
    with pytest.raises(NotFound):
        challenge_exports.challenges_xlsx(bureau.engine, bureau.unit, 1999)
