"""Marks that stand for what nobody may learn early, and the search for them in anything sent."""

import io
import struct
import zipfile
from collections.abc import Iterable

PREFIX = "Zq7"
"""What is typed into every field of a search: it names no mark, and finds each."""

HANDED_IN, OPEN, CHECK, VOTE, FINDING = (
    f"{PREFIX}{name}" for name in ("Amber", "Birch", "Cedar", "Dahlia", "Elder")
)
"""Words of a sheet that is in, of one that is open, of the machine, of a vote, of a finding.

Letters and digits alone: they stay as they are in JSON, in HTML, in an address, in a workbook.
"""

SCORE = "score"
EVERY = frozenset({HANDED_IN, OPEN, CHECK, VOTE, FINDING, SCORE})

GAP, DEDUCTED, TOTAL = 13.47, 26.94, 73.06
"""Points that a gap costs, as the edition says; those that two gaps cost, and what is left."""

_WAYS_TO_WRITE_THE_SCORE = (
    *(f"{number:g}".encode() for number in (DEDUCTED, TOTAL, round(TOTAL, 1))),
    *(struct.pack("<d", number) for number in (DEDUCTED, TOTAL)),
)

EDITION = f"""
title: {{zh: 测试评查标准, en: Test edition}}
total: 100
step: 0.01
sections:
  - id: A
    title: {{zh: 程序, en: Procedure}}
    points: 100
    items:
      - {{id: DOC-01, title: {{zh: 决定合法, en: Decision lawful}}, points: 0, veto: true,
         checks: [DEC004]}}
      - id: DOC-02
        title: {{zh: 期限, en: Time limits}}
        points: 60
        deduct:
          - {{id: gap, zh: 漏项, points: {GAP}, per: occurrence}}
      - {{id: DOC-03, title: {{zh: 归档, en: Archive}}, points: 40}}
"""


def unpacked(raw: bytes) -> Iterable[bytes]:
    """The bytes themselves and, of an archive in an archive, every member with its name."""
    yield raw
    if raw[:4] != b"PK\x03\x04":
        return
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name in archive.namelist():
            yield name.encode()
            yield from unpacked(archive.read(name))


def marks_in(sent: Iterable[bytes]) -> set[str]:
    """The marks that stand in any of these messages, files or answers."""
    seen = set()
    for raw in sent:
        for part in unpacked(raw):
            seen |= {mark for mark in EVERY - {SCORE} if mark.encode() in part}
            if any(written in part for written in _WAYS_TO_WRITE_THE_SCORE):
                seen.add(SCORE)
    return seen
