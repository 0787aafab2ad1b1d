"""The record of a draw (抽取记录) as a Word document, and reading it back to check it.

Everything that entered the draw stands on paper: the whole list, the rules, both numbers with their
commitments, the seed, the result. Whoever holds the paper (or types it in) can repeat the draw.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from docx import Document
from docx.document import Document as Doc
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Pt

from review.errors import DrawNotPossible
from review.planning.sampling import (
    METHOD,
    Candidate,
    DrawRecord,
    Reason,
    Replacement,
    Selected,
    ticket_of,
)
from review.planning.two_numbers import Entry, Proof
from review.reports.official_page import (
    CENTRE,
    HEADING_FONT,
    LEFT,
    SIZE_FIVE,
    SIZE_FOUR,
    SIZE_SMALL_FIVE,
    SIZE_TWO,
    TITLE_FONT,
    add_row,
    add_signatures,
    new_document,
    paragraph,
    table,
    to_bytes,
)

STRATA: Mapping[str, str] = {
    "ordinary": "普通程序",
    "summary": "简易程序",
    "hearing": "听证程序",
    "waived": "免予处罚",
}
REASONS: Mapping[Reason, str] = {
    Reason.MUST: "必抽",
    Reason.GROUP: "中队覆盖",
    Reason.QUOTA: "名额抽取",
    Reason.REST: "随机抽取",
    Reason.REPLACEMENT: "替换抽取",
}
NONE = "无"
INFO = (34, 122)
SIGNING = (52, 52, 52)
DRAWN = (10, 36, 32, 20, 16, 18, 24)
LISTED = (12, 50, 22, 36, 36)
TICKET = 16
"""So many characters of a ticket are printed; repeating the draw gives all of them."""

ROUND, DRAWN_AT, DRAWN_BY = "评查轮次", "抽取时间", "抽取人"
LIST_SIZE, SIZE, QUOTAS, GROUPS = "清单案卷数", "抽取件数", "各类名额", "各中队至少一件"
LIST_HASH, FROZEN_HASH, SEED, METHOD_NAME = "清单哈希值", "清单和规则哈希值", "种子", "抽取方法"
NUMBERS = ("数字一", "数字二")
CANDIDATES = ("序号", "案号", "类别", "中队（单位）", "必抽或者排除理由")
SELECTED = ("序号", "案号", "案由", "中队（单位）", "类别", "抽中原因", "抽签号")
ENTRY_LINE = re.compile(r"^(填写人|数字|随机盐|承诺值|时间)：(.*)$", re.MULTILINE)
REPLACED = ("序号", "换出案号", "理由", "换入案号")


@dataclass(frozen=True, slots=True)
class DrawRecordContent:
    """What the paper says: the record, the proof, and the causes of the drawn cases by key."""

    round_title: str
    issuer: str
    record: DrawRecord
    proof: Proof | None
    causes: Mapping[str, str]
    drawn_on: date
    drawn_at: str
    drawn_by: str


def draw_record_docx(content: DrawRecordContent) -> bytes:
    """The record with signatures, and the whole list behind it. Chinese only: an official paper."""
    document = new_document(
        title=f"{content.round_title}案卷随机抽取记录",
        author=content.issuer,
        dated=content.drawn_on,
    )
    title = "案卷随机抽取记录"
    paragraph(document, title, font=TITLE_FONT, size=SIZE_TWO, line=Pt(36), align=CENTRE)
    paragraph(document, "", size=SIZE_FIVE, line=Pt(10))
    _info(document, content)
    _heading(document, "一、抽中案卷")
    _selected(document, content)
    if content.record.replacements:
        _heading(document, "二、更换案卷")
        made = table(document, (12, 44, 56, 44), REPLACED)
        for number, each in enumerate(content.record.replacements, 1):
            row = (str(number), each.out_key, each.reason, each.in_key)
            add_row(made, row, (12, 44, 56, 44), (CENTRE, LEFT, LEFT, LEFT))
    document.add_page_break()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    _heading(document, "附件　案卷清单")
    _list(document, content.record)
    return to_bytes(document)


def _heading(document: Doc, text: str) -> None:
    paragraph(
        document,
        text,
        font=HEADING_FONT,
        size=SIZE_FOUR,
        line=Pt(26),
        align=LEFT,
        keep_next=True,
        space_before=Pt(6),
    )


def _info(document: Doc, content: DrawRecordContent) -> None:
    record, proof = content.record, content.proof
    quotas = "；".join(f"{STRATA.get(key, key)} {n}" for key, n in record.quotas or ())
    rows = [
        (ROUND, content.round_title),
        (DRAWN_AT, content.drawn_at),
        (DRAWN_BY, content.drawn_by),
        (LIST_SIZE, str(len(record.population))),
        (SIZE, str(record.size)),
        (QUOTAS, "按各类件数比例" if record.quotas is None else quotas or NONE),
        (GROUPS, "是" if record.every_group else "否"),
        (LIST_HASH, record.population_sha256),
    ]
    if proof is not None:
        rows.append((FROZEN_HASH, proof.frozen_sha256))
        rows.extend((NUMBERS[entry.place - 1], _entry(entry)) for entry in proof.entries)
    rows += [(SEED, record.seed), (METHOD_NAME, record.method)]
    made = table(document, INFO)
    for row in rows:
        add_row(made, row, INFO, (LEFT, LEFT))
    paragraph(document, "", size=SIZE_FIVE, line=Pt(10))
    signing = table(document, SIGNING)
    add_signatures(
        signing,
        (("抽取人（签名）：",), ("填数人（签名）：",), ("见证人（签名）：",)),
        SIGNING,
        size=SIZE_FIVE,
    )


def _entry(entry: Entry) -> str:
    return "\n".join(
        (
            f"填写人：{entry.person}",
            f"数字：{entry.number}",
            f"随机盐：{entry.salt}",
            f"承诺值：{entry.commitment}",
            f"时间：{entry.entered_at}",
        )
    )


def _selected(document: Doc, content: DrawRecordContent) -> None:
    groups = {each.key: each.group for each in content.record.population}
    made = table(document, DRAWN, SELECTED)
    aligns = (CENTRE, LEFT, LEFT, LEFT, CENTRE, CENTRE, LEFT)
    for each in content.record.selected:
        row = (
            str(each.sequence),
            each.key,
            content.causes.get(each.key, ""),
            groups.get(each.key, ""),
            STRATA.get(each.stratum, each.stratum),
            REASONS[each.reason],
            each.ticket[:TICKET],
        )
        add_row(made, row, DRAWN, aligns, size=SIZE_SMALL_FIVE)


def _list(document: Doc, record: DrawRecord) -> None:
    must, excluded = set(record.must_include), dict(record.excluded)
    made = table(document, LISTED, CANDIDATES)
    for number, each in enumerate(record.population, 1):
        mark = "必抽" if each.key in must else ""
        if each.key in excluded:
            mark = f"排除：{excluded[each.key]}"
        row = (str(number), each.key, STRATA.get(each.stratum, each.stratum), each.group, mark)
        add_row(made, row, LISTED, (CENTRE, LEFT, CENTRE, LEFT, LEFT), size=SIZE_SMALL_FIVE)


# --- reading back -------------------------------------------------------------------------------


def read_draw_record(raw: bytes) -> tuple[DrawRecord, Proof | None]:
    """The record and its proof from the paper. Raises DrawNotPossible where it is no such paper.

    Tickets are printed short; they are taken from the paper as far as they stand there and filled
    up by the draw itself, so that a changed one is found.
    """
    try:
        document = Document(io.BytesIO(raw))
        tables = [
            [[cell.text for cell in row.cells] for row in made.rows] for made in document.tables
        ]
        return _record(tables)
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, IndexError) as problem:
        raise DrawNotPossible(
            reason="不是抽取记录，或者已损坏", reason_en="this is no record of a draw, or damaged"
        ) from problem


def _record(tables: list[list[list[str]]]) -> tuple[DrawRecord, Proof | None]:
    info = {row[0]: row[1] for row in tables[0] if len(row) == 2}
    listed = _rows(tables, CANDIDATES)
    strata = {words: key for key, words in STRATA.items()}
    population = tuple(Candidate(row[1], strata.get(row[2], row[2]), row[3]) for row in listed)
    reasons = {words: reason for reason, words in REASONS.items()}
    record = DrawRecord(
        method=info[METHOD_NAME],
        seed=info[SEED],
        size=int(info[SIZE]),
        population=population,
        population_sha256=info[LIST_HASH],
        quotas=_quotas(info[QUOTAS], strata),
        must_include=tuple(sorted(row[1] for row in listed if row[4] == "必抽")),
        excluded=tuple(
            sorted((row[1], row[4][3:]) for row in listed if row[4].startswith("排除："))
        ),
        every_group=info[GROUPS] == "是",
        selected=tuple(
            Selected(int(row[0]), row[1], strata.get(row[4], row[4]), reasons[row[5]], row[6])
            for row in _rows(tables, SELECTED)
        ),
        replacements=tuple(
            Replacement(row[1], row[2], row[3]) for row in _rows(tables, REPLACED, optional=True)
        ),
    )
    if info[LIST_SIZE] != str(len(population)) or record.method != METHOD:
        raise ValueError(info[LIST_SIZE])
    return _with_whole_tickets(record), _proof(info)


def _rows(
    tables: list[list[list[str]]], headings: tuple[str, ...], *, optional: bool = False
) -> list[list[str]]:
    for made in tables:
        if made and tuple(made[0]) == headings:
            return made[1:]
    if optional:
        return []
    raise KeyError(headings[1])


def _quotas(text: str, strata: Mapping[str, str]) -> tuple[tuple[str, int], ...] | None:
    if text == "按各类件数比例":
        return None
    if text == NONE:
        return ()
    parts = [part.rsplit(" ", 1) for part in text.split("；")]
    return tuple(sorted((strata.get(name, name), int(count)) for name, count in parts))


def _with_whole_tickets(record: DrawRecord) -> DrawRecord:
    whole = []
    for each in record.selected:
        ticket = ticket_of(record, each.key)
        whole.append(replace(each, ticket=ticket) if ticket.startswith(each.ticket) else each)
    return replace(record, selected=tuple(whole))


def _proof(info: Mapping[str, str]) -> Proof | None:
    if FROZEN_HASH not in info:
        return None
    entries = []
    for place, name in enumerate(NUMBERS, 1):
        parts = dict(ENTRY_LINE.findall(info[name]))
        entries.append(
            Entry(
                place,
                parts["填写人"],
                parts["数字"],
                parts["随机盐"],
                parts["承诺值"],
                parts["时间"],
            )
        )
    return Proof(info[FROZEN_HASH], tuple(entries))
