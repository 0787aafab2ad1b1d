"""Make the invented case files: `python -m samples.generate --out DIR [--seed N]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from samples import binding, ledger
from samples.cases import Case
from samples.cases_clean import CLEAN
from samples.cases_flawed import FLAWED
from samples.fonts import FaceMissingError

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


def write_all(out: Path, seed: int = DEFAULT_SEED, only: Sequence[str] = ()) -> int:
    """Write files, truth and ledger below `out`; return the number of bytes."""
    size = 0
    made = cases(seed)
    for case in made:
        if only and case.key not in only:
            continue
        result = binding.make(case)
        folder = out / case.key
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        (folder / result.name).write_bytes(result.data)
        (folder / "truth.json").write_text(binding.truth_json(result), encoding="utf-8")
        size += len(result.data)
    rows = ledger_rows(made, seed)
    for name, data in (
        ("案件台账.xlsx", ledger.write_workbook(rows)),
        ("案件台账.csv", ledger.write_csv(rows)),
    ):
        (out / name).write_bytes(data)
        size += len(data)
    return size


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 1 where a font is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--only", nargs="*", default=(), help="keys of single cases, such as c01")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        size = write_all(options.out, options.seed, options.only)
    except FaceMissingError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{size} bytes below {options.out}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
