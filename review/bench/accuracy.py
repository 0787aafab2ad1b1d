"""How right the reading and the checks are on labelled case files.

A labelled case file is a folder with a `truth.json` (documents, facts, seeded defects) beside the
file it names as `input`. The same command that users run, `case-review check DIR --jsonl`, does the
work; this module only compares.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ABOVE_HINT = ("veto", "major", "minor")


@dataclass(slots=True)
class Tally:
    """Right and wrong per name; `wrong` keeps what stood against what was expected."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, *, is_right: bool, note: str) -> None:
        """Count one comparison."""
        self.total[name] += 1
        if is_right:
            self.right[name] += 1
        else:
            self.wrong[name].append(note)


@dataclass(slots=True)
class Comparison:
    """Everything compared in one run, text and scan apart (the key is the style of the file)."""

    documents: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    facts: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    defects: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    false_alarms: list[str] = field(default_factory=list)
    cases: Counter[str] = field(default_factory=Counter)


def labelled(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The labelled case files below a folder: (path of the case file, truth)."""
    found = []
    for truth in sorted(folder.rglob("truth.json")):
        content = json.loads(truth.read_text(encoding="utf-8"))
        found.append((truth.parent / content["input"], content))
    return found


def check_one(path: Path) -> dict[str, Any]:
    """The object that `case-review check PATH --json` prints."""
    done = subprocess.run(
        [sys.executable, "-m", "review", "check", str(path), "--json"],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if not done.stdout.strip():
        raise RuntimeError(f"{path}: {done.stderr.strip()[-500:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def compare(folder: Path) -> Comparison:
    """Run every labelled case file below `folder` and compare with its truth."""
    comparison = Comparison()
    for path, truth in labelled(folder):
        style = "scan" if truth.get("style") == "scan" else "text"
        comparison.cases[style] += 1
        compare_one(comparison, style, path.parent.name, check_one(path), truth)
    return comparison


def compare_one(
    comparison: Comparison, style: str, name: str, result: dict[str, Any], truth: dict[str, Any]
) -> None:
    """Add one case file's comparison."""
    _documents(comparison.documents[style], name, result, truth)
    _facts(comparison.facts[style], name, result, truth)
    expected = set(truth.get("defects", ()))
    found: set[str] = set()
    for each in result["checks"]:
        if each["outcome"] != "fail" or each["severity"] not in ABOVE_HINT:
            continue
        found.update(each["defects"])
        if not expected & set(each["defects"]):
            comparison.false_alarms.append(
                f"{style} {name} {each['id']} {','.join(each['defects'])} "
                f"[{each['severity']}] {each['message']['zh']}"
            )
    for defect in sorted(expected):
        comparison.defects[style].add(defect, is_right=defect in found, note=name)


def _place(document: dict[str, Any]) -> tuple[str, str, tuple[int, ...] | None]:
    pages = document["pages"]
    source = Path(document["source"]).name
    return document["kind"], source, tuple(pages) if pages else None


def _documents(tally: Tally, name: str, result: dict[str, Any], truth: dict[str, Any]) -> None:
    read = Counter(_place(each) for each in result["documents"])
    for each in truth["documents"]:
        place = _place(each)
        is_right = read[place] > 0
        if is_right:
            read[place] -= 1
        tally.add(each["kind"], is_right=is_right, note=f"{name} {each['pages']}")
    for kind, source, pages in read.elements():
        tally.wrong["(extra)"].append(f"{name} {source} {kind} {pages}")


def _facts(tally: Tally, name: str, result: dict[str, Any], truth: dict[str, Any]) -> None:
    merged: dict[str, Any] = {}
    for each in result["facts"]:
        if each.get("document") is None:
            merged.setdefault(each["name"], each["value"])
    alternatives = truth.get("facts_alt", {})
    for key, value in truth["facts"].items():
        accepted = [value, *alternatives.get(key, [])]
        got = merged.get(key)
        is_right = any(_same(key, got, each) for each in accepted)
        tally.add(key, is_right=is_right, note=f"{name}: {got!r}, expected {value!r}")
    invented = set(merged) & INTERFACE_NAMES - set(truth["facts"]) - set(alternatives)
    for key in sorted(invented):
        tally.wrong[f"{key} (not in the truth)"].append(f"{name}: {merged[key]!r}")


INTERFACE_NAMES = frozenset(
    {
        *("case_no", "cause", "party_name", "party_id", "party_type", "officers", "plate"),
        *("act_on", "found_on", "filed_on", "notice_on", "notice_served_on", "hearing_on"),
        *("fine_notified_yuan", "fine_yuan", "legal_review_on", "discussion_on", "decided_on"),
        *("served_on", "paid_on", "closed_on", "published_on", "violated", "basis", "agency"),
        "procedure",
    }
)


def _same(name: str, got: object, expected: object) -> bool:
    if expected == "*":
        return True
    if got is None or expected is None:
        return got is None and expected is None
    if name == "officers":
        return _officers(str(got)) == _officers(str(expected))
    return str(got) == str(expected)


def _officers(text: str) -> set[tuple[str, str | None]]:
    return {(each["name"], each.get("cert_no")) for each in json.loads(text)}


def table(comparison: Comparison) -> str:
    """The figures as plain text: a row a name, text and scan side by side, then every miss."""
    lines = [f"case files: {dict(comparison.cases)}", ""]
    for title, tallies in (
        ("documents", comparison.documents),
        ("facts", comparison.facts),
        ("seeded defects", comparison.defects),
    ):
        lines.append(f"{title:<28}{'text':>12}{'scan':>12}")
        names = sorted({name for tally in tallies.values() for name in tally.total})
        for name in names:
            cells = [
                f"{tallies[style].right[name]}/{tallies[style].total[name]}"
                for style in ("text", "scan")
            ]
            lines.append(f"{name:<28}{cells[0]:>12}{cells[1]:>12}")
        totals = [
            f"{sum(tallies[style].right.values())}/{sum(tallies[style].total.values())}"
            for style in ("text", "scan")
        ]
        lines.append(f"{'all':<28}{totals[0]:>12}{totals[1]:>12}")
        for style in ("text", "scan"):
            for name, notes in sorted(tallies[style].wrong.items()):
                lines.extend(f"  ! {style} {name}: {note}" for note in notes)
        lines.append("")
    lines.append(f"failures above hint that no label explains: {len(comparison.false_alarms)}")
    lines.extend(f"  ! {each}" for each in comparison.false_alarms)
    return "\n".join(lines)
