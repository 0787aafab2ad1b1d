"""Make the invented case files: `python -m samples.generate --out DIR [--seed N]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from samples import binding, ledger
from samples.catalogue import DEFAULT_SEED, cases, ledger_rows
from samples.fonts import FaceMissingError


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
