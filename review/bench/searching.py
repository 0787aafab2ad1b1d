"""How long a full-text search takes over many pages: medians over queries of several kinds."""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import select

from review.casefiles.tables import Case, SourceFile
from review.db.accounts import Role, Unit
from review.db.session import engine_for, transaction
from review.documents.model import Line
from review.documents.search_text import grams, stream
from review.documents.tables import PageRow, PageText
from review.services.access import console
from review.services.case_files.searching import search
from review.services.migrate import migrate
from review.settings import settings

PAGES_A_CASE = 50
LINES_A_PAGE = 28
LETTERS_A_LINE = 34
COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"  # noqa: E501
QUERIES = ("行政处罚", "罚", "苏A12345", "行政 处罚 决定", "样例物流有限公司", "绝无此词")


@dataclass(frozen=True, slots=True)
class Answer:
    """One query: how many pages were found, and medians of clock and processor milliseconds."""

    query: str
    pages: int
    median_ms: float
    cpu_ms: float


def _page(chance: random.Random) -> list[str]:
    lines = ["".join(chance.choices(COMMON, k=LETTERS_A_LINE)) for _ in range(LINES_A_PAGE)]
    if chance.random() < 0.3:
        lines[3] = f"行政处罚决定书　当事人样例物流有限公司　苏A{chance.randrange(12300, 12400)}"
    return lines


def fill(engine: Engine, pages: int, seed: int = 1) -> None:
    """Put so many pages of invented text into a migrated, empty database."""
    chance = random.Random(seed)
    with transaction(engine) as session:
        unit = Unit(name="样例大队")
        session.add(unit)
        session.flush()
        for number in range(1, pages // PAGES_A_CASE + 1):
            case = Case(
                case_key=f"样例罚[2023]{number}",
                case_no=f"样例罚〔2023〕{number}号",
                unit_id=unit.id or 0,
                closed_on=date(2023, 6, 1),
            )
            session.add(case)
            session.flush()
            source = SourceFile(case_id=case.id or 0, source="案卷.pdf", sha256=f"{number:064x}")
            session.add(source)
            session.flush()
            rows = list(_rows(source.id or 0, chance))
            session.execute(insert(PageRow), rows)
            ids = session.exec(
                select(PageRow.id)
                .where(PageRow.source_file_id == source.id)
                .order_by(PageRow.position)  # type: ignore[arg-type]  # a column at run time
            ).all()
            words = [
                {"page_id": key, "case_id": case.id, **_words(row)}
                for key, row in zip(ids, rows, strict=True)
            ]
            session.execute(insert(PageText), words)


def _rows(source_id: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for position in range(PAGES_A_CASE):
        lines = [[text, [60, 60, 500, 72], 1.0, "text-layer"] for text in _page(chance)]
        yield {
            "source_file_id": source_id,
            "position": position,
            "sequence": position,
            "number": position + 1,
            "width": 595.0,
            "height": 842.0,
            "status": "read",
            "note": "",
            "turned": 0,
            "content": {"blocks": [{"cell": None, "lines": lines}], "marks": []},
            "view_sha256": "",
            "thumb_sha256": "",
        }


def _words(row: dict[str, Any]) -> dict[str, str]:
    lines = row["content"]["blocks"][0]["lines"]
    plain = stream(Line(text, None, 1.0, "text-layer") for text, *_ in lines)
    return {"plain": plain, "grams": " ".join(sorted(grams(plain)))}


def measure(pages: int = 10_000, repeats: int = 7) -> list[Answer]:
    """Search so many invented pages in a database of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["CASE_REVIEW_HOME"] = home
        settings.cache_clear()
        migrate(settings().url)
        engine = engine_for(settings().url)
        fill(engine, pages)
        actor = console(Role.REGULATIONS)
        answers = []
        for query in QUERIES:
            clock, processor, total = [], [], 0
            for _ in range(repeats):
                began, used = time.perf_counter(), time.process_time()
                total = search(engine, actor, query=query).total
                clock.append(1000 * (time.perf_counter() - began))
                processor.append(1000 * (time.process_time() - used))
            median = statistics.median
            answers.append(Answer(query, total, median(clock), median(processor)))
        engine.dispose()
        return answers


def report(answers: list[Answer]) -> str:
    """The answers as text."""
    lines = [f"{'pages found':>12}  {'median ms':>10}  {'CPU ms':>8}  query"]
    lines += [
        f"{each.pages:12}  {each.median_ms:10.1f}  {each.cpu_ms:8.1f}  {each.query}"
        for each in answers
    ]
    return "\n".join(lines)
