"""Credit-repair reminders: classes that the section gives, days from ledger and file."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from review.casefiles.tables import Case
from review.common.clock import today
from review.common.dates import add_months
from review.db.audit import AuditRecord
from review.db.session import reading, transaction
from review.errors import BadValue, DuplicateRow, NotAllowed, NotFound, Stale
from review.facts.tables import FactRow
from review.findings.credit import CreditClass, CreditState, Lack
from review.services import work
from review.services.results import challenge_exports, credit
from review.services.rules import law_values


def ledger_says(bureau, case=0, **values):
    with transaction(bureau.engine) as session:
        row = session.get_one(Case, bureau.cases[case])
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)


def file_says(bureau, name, value, case=0, **more):
    with transaction(bureau.engine) as session:
        session.add(
            FactRow(
                case_id=bureau.cases[case], name=name, value=value.isoformat(), boxes=[], **more
            )
        )


def classed(bureau, credit_class="general", case=0):
    return credit.classify(
        bureau.engine, bureau.regulations, [bureau.cases[case]], credit_class=credit_class
    )


def card(bureau):
    return credit.credit_page(bureau.engine, bureau.regulations).rows[0]


def changed(bureau, *, seen=1, who="regulations", **values):
    given = {
        "credit_class": "general", "is_eligible": True, "performed_on": None,
        "reminded_on": None, "note": "",
    } | values  # fmt: skip
    credit.change_record(
        bureau.engine, bureau.actors[who], bureau.cases[0], seen_version=seen, **given
    )


HALF_A_YEAR_AGO = add_months(today(), -6)


def test_a_case_is_due_when_the_time_is_over_and_the_case_closed(bureau):
    ledger_says(bureau, decided_on=HALF_A_YEAR_AGO, closed_on=HALF_A_YEAR_AGO)
    page = credit.credit_page(bureau.engine, bureau.regulations)
    assert (page.rows, page.unclassed) == ((), 2)
    classed(bureau)
    found = card(bureau)
    assert found.standing.state is CreditState.DUE
    assert found.standing.due_from == add_months(HALF_A_YEAR_AGO, 3)
    assert not found.standing.is_confirmed
    assert found.performed_by == "closed"
    assert credit.due_reminders(bureau.engine, bureau.regulations) == 1
    page = credit.credit_page(bureau.engine, bureau.leader, state=CreditState.WAITING)
    assert (page.rows, page.counts, page.unclassed) == ((), {CreditState.DUE: 1}, 1)


def test_days_come_from_the_file_where_the_ledger_has_none(bureau):
    ledger_says(bureau, decided_on=None, closed_on=None)
    classed(bureau)
    assert card(bureau).standing.lacks == (Lack.DECISION_DAY, Lack.PERFORMANCE)
    file_says(bureau, "decided_on", HALF_A_YEAR_AGO)
    file_says(bureau, "paid_on", today(), is_contradicted=True)
    file_says(bureau, "paid_on", today(), document_id=None, case=1)
    assert card(bureau).standing.lacks == (Lack.PERFORMANCE,)
    assert credit.due_reminders(bureau.engine, bureau.regulations) == 0
    file_says(bureau, "closed_on", today())
    assert card(bureau).standing.state is CreditState.DUE


def test_a_person_says_that_it_was_performed_that_it_is_excluded_and_that_the_party_was_told(
    bureau,
):
    ledger_says(bureau, decided_on=HALF_A_YEAR_AGO, closed_on=None)
    classed(bureau)
    assert card(bureau).standing.state is CreditState.MISSING
    changed(bureau, performed_on=today())
    assert (card(bureau).standing.state, card(bureau).performed_by) == (CreditState.DUE, "stated")
    with pytest.raises(Stale):
        changed(bureau, is_eligible=False)
    changed(bureau, is_eligible=False, performed_on=today(), seen=2)
    assert card(bureau).standing.state is CreditState.EXCLUDED
    changed(bureau, reminded_on=today(), note="样例：电话告知", seen=3)
    found = card(bureau)
    assert (found.standing.state, found.note) == (CreditState.REMINDED, "样例：电话告知")
    with reading(bureau.engine) as session:
        records = session.exec(select(AuditRecord).where(AuditRecord.action == "credit.change"))
        kept = [record.detail for record in records]
    assert [each["after"]["is_eligible"] for each in kept] == [True, False, True]
    assert "电话" not in str(kept)


def test_what_is_not_valid_is_refused(bureau):
    for given in ("", "grave"):
        with pytest.raises(BadValue):
            classed(bureau, given)
    with pytest.raises(NotFound):
        credit.classify(bureau.engine, bureau.regulations, [987], credit_class="none")
    classed(bureau)
    with pytest.raises(DuplicateRow):
        credit.classify(
            bureau.engine, bureau.regulations, list(reversed(bureau.cases)), credit_class="none"
        )
    assert credit.credit_page(bureau.engine, bureau.regulations).unclassed == 1
    later = today() + timedelta(days=1)
    for name in ("performed_on", "reminded_on"):
        with pytest.raises(BadValue):
            changed(bureau, **{name: later})


def test_a_case_without_a_class_says_what_is_usual(bureau):
    ledger_says(bureau, procedure="summary", decided_on=date(2024, 1, 2))
    ledger_says(bureau, case=1, kind="permit")
    (found,) = credit.unclassed_cases(bureau.engine, bureau.regulations)
    assert (found.case_id, found.proposed) == (bureau.cases[0], CreditClass.NONE)
    assert "简易程序" in found.why.zh
    other = bureau.units["样例港航大队"]
    assert credit.unclassed_cases(bureau.engine, bureau.leader, unit_id=other) == []


def test_only_section_and_leader_see_it_and_only_the_section_writes(bureau):
    classed(bureau)
    for who in ("unit", "reviewer", "expert", "administrator"):
        actor = bureau.actors[who]
        for call in (credit.credit_page, credit.due_reminders, credit.unclassed_cases):
            with pytest.raises(NotAllowed):
                call(bureau.engine, actor)
    for who in ("unit", "reviewer", "expert", "administrator", "leader"):
        with pytest.raises(NotAllowed):
            changed(bureau, who=who)
        with pytest.raises(NotAllowed):
            credit.classify(bureau.engine, bureau.actors[who], bureau.cases, credit_class="none")


def test_the_section_finds_due_reminders_among_its_work(bureau):
    ledger_says(bureau, decided_on=HALF_A_YEAR_AGO, closed_on=HALF_A_YEAR_AGO)
    classed(bureau)
    counts = {
        each.key: each.value for each in work.my_work(bureau.engine, bureau.regulations).counts
    }
    assert counts["credit"] == 1


def test_a_value_that_the_bureau_confirms_moves_the_day(bureau):
    ledger_says(bureau, decided_on=HALF_A_YEAR_AGO, closed_on=HALF_A_YEAR_AGO)
    classed(bureau)
    for parameter, months in (("credit_display_minimum", "9"), ("credit_display_maximum", "24")):
        law_values.confirm_value(
            bureau.engine,
            bureau.regulations,
            parameter=parameter,
            since=date(2023, 5, 1),
            value=dict.fromkeys(("serious", "general", "minor"), months),
            document="样例文件",
        )
        law_values.confirm_value(
            bureau.engine,
            bureau.regulations,
            parameter=parameter,
            since=date(2026, 4, 1),
            value=dict.fromkeys(("serious", "general", "minor"), months),
            document="样例文件",
        )
    found = card(bureau).standing
    assert (found.state, found.is_confirmed) == (CreditState.WAITING, True)


def test_the_workbook_gives_each_case_with_its_reason(bureau):
    ledger_says(bureau, decided_on=HALF_A_YEAR_AGO, closed_on=None)
    classed(bureau)
    classed(bureau, "minor", case=1)
    ledger_says(bureau, case=1, decided_on=HALF_A_YEAR_AGO)
    _, raw = challenge_exports.challenges_xlsx(bureau.engine, bureau.leader, 0)
    sheet = load_workbook(io.BytesIO(raw))["信用修复提醒"]
    rows = {row[2]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    first = rows["样例罚〔2023〕1号"]
    assert (first[4], first[10]) == ("一般", "情况不明")
    assert "不知义务是否履行" in first[11]
    assert "未经本机关核对" in first[11]
    assert rows["样例罚〔2023〕2号"][10] == "不公示"
    assert "原则上不公示" in rows["样例罚〔2023〕2号"][11]
