"""Registers: nothing is written over, every change leaves its history, days never overlap."""

from __future__ import annotations

from datetime import date

import pytest

from review.db.session import reading
from review.errors import BadValue, BadWorkbook, DuplicateRow, NotAllowed, ReasonMissing, Stale
from review.services.rules import register_edits, register_import, registers
from review.services.rules.site import registers_in

JAN, JUN = date(2023, 1, 1), date(2023, 6, 1)
CSV = "姓名,执法证号,人员类别,有效期至\n样例甲,10001,在编,2025-12-31\n样例乙,10002,辅助人员,\n"


def take(bureau, text: str, *, valid_from: date = JAN):
    return register_import.import_register(
        bureau.engine,
        bureau.regulations,
        "officers",
        raw=text.encode(),
        name="名册.csv",
        valid_from=valid_from,
    )


def listed(bureau, **more):
    return registers.list_rows(bureau.engine, bureau.regulations, "officers", **more).rows


def test_an_import_adds_repeats_and_replaces(bureau):
    assert take(bureau, CSV) == register_import.RegisterImported(2, 0, 0)
    assert take(bureau, CSV) == register_import.RegisterImported(0, 0, 2)
    changed = take(bureau, CSV.replace("2025-12-31", "2027-12-31"), valid_from=JUN)
    assert changed == register_import.RegisterImported(0, 1, 1)
    days = [(row.valid_from, row.valid_until) for row in listed(bureau, text="10001")]
    assert days == [(JAN, date(2023, 5, 31)), (JUN, None)]
    before = listed(bureau, on=date(2023, 5, 31), text="10001")[0]
    assert before.values["certificate_until"] == date(2025, 12, 31)
    rows = registers.history(bureau.engine, bureau.regulations, before.id)
    assert len(rows) == 3
    assert [row.closed_at is None for row in rows].count(False) == 1


def test_a_preview_writes_nothing_and_says_what_would_happen(bureau):
    preview = register_import.preview_import(
        bureau.engine,
        bureau.regulations,
        "officers",
        raw=CSV.encode(),
        name="名册.csv",
        valid_from=JAN,
    )
    assert preview.would == register_import.RegisterImported(2, 0, 0)
    assert listed(bureau) == ()


def test_one_bad_cell_keeps_all_of_it_out(bureau):
    with pytest.raises(BadWorkbook) as caught:
        take(bureau, CSV + "样例丙,10003,在编,2023-02-30\n")
    assert "第 4 行 D 列" in caught.value.text("zh")
    assert listed(bureau) == ()


def add(bureau, **more):
    values = {"name": "样例甲", "cert_no": "10001"} | more.pop("values", {})
    return register_edits.add_row(
        bureau.engine, bureau.regulations, "officers", values=values, valid_from=JAN, **more
    )


def test_a_change_ends_what_stood_the_day_before(bureau):
    row_id = add(bureau)
    new_id = register_edits.change_row(
        bureau.engine,
        bureau.regulations,
        row_id,
        values={"name": "样例甲", "cert_no": "10001", "unit": "样例二大队"},
        since=JUN,
        reason="调动",
        seen_version=1,
    )
    assert [row.values.get("unit") for row in listed(bureau, on=date(2023, 5, 31))] == [None]
    assert [row.id for row in listed(bureau, on=JUN)] == [new_id]
    kept = registers.history(bureau.engine, bureau.regulations, new_id)
    assert [row.closed_reason for row in kept if row.closed_at] == ["调动"]


def test_an_end_a_correction_and_a_strike_keep_their_history(bureau):
    row_id = add(bureau)
    ended = register_edits.end_row(
        bureau.engine, bureau.regulations, row_id, last_day=JUN, reason="退休", seen_version=1
    )
    assert listed(bureau, on=date(2023, 6, 2)) == ()
    fixed = register_edits.correct_row(
        bureau.engine,
        bureau.regulations,
        ended,
        values={"name": "样例甲", "cert_no": "10001", "unit": "样例大队"},
        valid_from=JAN,
        valid_until=JUN,
        reason="漏填单位",
        seen_version=1,
    )
    register_edits.strike_row(
        bureau.engine, bureau.regulations, fixed, reason="重复", seen_version=1
    )
    assert listed(bureau) == ()
    assert len(registers.history(bureau.engine, bureau.regulations, fixed)) == 3


def test_what_is_refused(bureau):
    row_id = add(bureau)
    with pytest.raises(DuplicateRow):
        add(bureau)
    with pytest.raises(BadValue):
        add(bureau, values={"name": ""})
    with pytest.raises(BadValue):
        add(bureau, values={"staff": "boss"})
    with pytest.raises(BadValue):
        add(bureau, values={"height": "9"})
    with pytest.raises(BadValue):
        add(bureau, values={"cert_no": "10009"}, valid_until=date(2022, 12, 31))
    with pytest.raises(ReasonMissing):
        register_edits.strike_row(
            bureau.engine, bureau.regulations, row_id, reason=" ", seen_version=1
        )
    with pytest.raises(Stale):
        register_edits.strike_row(
            bureau.engine, bureau.regulations, row_id, reason="重复", seen_version=9
        )
    with pytest.raises(NotAllowed):
        register_edits.strike_row(
            bureau.engine, bureau.reviewer, row_id, reason="重复", seen_version=1
        )


def test_a_register_is_complete_only_for_the_days_declared(bureau):
    period_id = registers.declare_complete(
        bureau.engine, bureau.regulations, "officers", since=JAN, until=JUN, note="样例"
    )
    add(bureau)
    with reading(bureau.engine) as session:
        kept = registers_in(session)
    assert [kept.is_complete("officers", day) for day in (JAN, JUN, date(2023, 6, 2))] == [
        True,
        True,
        False,
    ]
    assert kept.find("officers", "cert_no", "10001")[0].valid_from == JAN
    registers.withdraw_declaration(bureau.engine, bureau.regulations, period_id, seen_version=1)
    with reading(bureau.engine) as session:
        assert not registers_in(session).is_complete("officers", JAN)
    card = registers.list_registers(bureau.engine, bureau.regulations)[0]
    assert (card.name, card.rows, card.complete) == ("officers", 1, ())


def test_nobody_declares_the_future_complete(bureau):
    with pytest.raises(BadValue):
        registers.declare_complete(
            bureau.engine,
            bureau.regulations,
            "officers",
            since=JAN,
            until=date(2099, 1, 1),
            note="样例",
        )
