"""The twenty cases and the ledger as data: needs no drawing library and no fonts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from samples import ledger
from samples.cases import Case
from samples.cases_clean import CLEAN
from samples.cases_flawed import FLAWED

DEFAULT_SEED = 20231

PROCEDURE_NAMES = {
    "ordinary": "普通程序",
    "hearing": "普通程序（听证）",
    "summary": "简易程序",
    "waived": "不予处罚",
}


def cases(seed: int = DEFAULT_SEED) -> list[Case]:
    """Return the twenty cases, the clean ones first."""
    return [make(seed) for make in (*CLEAN, *FLAWED)]


def ledger_rows(made: Iterable[Case], seed: int = DEFAULT_SEED) -> list[ledger.LedgerRow]:
    """Return the ledger: the cases with files, then forty whose files were not called up."""
    rows = []
    for case in made:
        waived = case.procedure == "waived"
        summary = case.procedure == "summary"
        dates = case.dates
        kinds = "不予行政处罚" if waived else ("警告、罚款" if case.cause.warning else "罚款")
        rows.append(
            ledger.LedgerRow(
                case_no=case.number,
                unit=case.agency.brigade,
                squad=case.squad,
                cause=case.cause.name,
                party=case.party_name,
                procedure=PROCEDURE_NAMES[case.procedure],
                kind_of_penalty=kinds,
                fine_yuan=None if waived else Decimal(case.fine),
                registered_on=None if summary else dates.found_on,
                filed_on=dates.filed,
                decided_on=dates.decided,
                closed_on=dates.closed or dates.registered_with_bureau or dates.decided,
                handlers="、".join(officer.name for officer in case.officers),
                note="样例数据",
            )
        )
    return rows + ledger.routine_rows(seed)
