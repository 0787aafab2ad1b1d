"""The generated documentation: checks, checklist editions, errors, the schema of editions.

`write` brings `docs/` up to date, or with `check` only says which files are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from review.checks import documentation as check_pages
from review.errors import ReviewError, catalogue
from review.scoring.checklist import (
    Edition,
    Item,
    Text,
    edition_schema,
    list_editions,
    load_edition,
)
from review.scoring.dimensions import GROUPS
from review.settings import settings

DOCS = Path(__file__).resolve().parents[2] / "docs"

_NOTE = "<!-- 由 case-review docs 生成，请勿手工修改。Generated: do not edit. -->\n"


def pages(docs: Path = DOCS) -> dict[Path, str]:
    """Every generated file with what it ought to hold."""
    made = dict(check_pages.pages(docs))
    made[docs / "errors.md"] = _errors()
    made[docs / "checklist.schema.json"] = edition_schema()
    for place in list_editions(settings().checklists):
        edition = load_edition(place.path)
        name = f"{edition.key.replace('/', '-')}.md"
        made[docs / "checklists" / name] = _edition(edition)
    return made


def write(*, check: bool = False, docs: Path = DOCS) -> list[Path]:
    """Write what is not current and remove what is generated no more; returns those files."""
    wanted = pages(docs)
    stale = [
        path
        for path, content in wanted.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != content
    ]
    folders = {path.parent for path in wanted} - {docs}
    left = [path for folder in folders for path in folder.glob("*.md") if path not in wanted]
    if not check:
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        for path in left:
            path.unlink()
    return sorted([*stale, *left])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(heads)
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines.extend(f"| {' | '.join(_cell(each) for each in row)} |" for row in rows)
    return "\n".join(lines) + "\n"


def _errors() -> str:
    """Every error by code, with what it means and the sentence with its remedy."""
    rows = [(each.code, _first_sentence(each), each.zh, each.en) for each in catalogue() if each.zh]
    return (
        f"# 错误代码 · Errors\n\n{_NOTE}\n"
        "每条提示都说明原因和处理办法；花括号中是出错时填入的内容。"
        "Every message says what happened and what to do; braces are filled in.\n\n"
        + _table(("代码 · Code", "含义 · Meaning", "提示", "Message"), rows)
    )


def _first_sentence(error: type[ReviewError]) -> str:
    return (error.__doc__ or "").strip().split("\n", 1)[0]


def _edition(edition: Edition) -> str:
    """One page an edition: header, grades, sections with their items."""
    procedures = "、".join(sorted(edition.procedures))
    vetoes = sum(item.is_veto for item in edition.items)
    counts = f"{len(edition.items)} 项 · items，其中否决项 · vetoes: {vetoes}"
    lines = [
        f"# {edition.title.get('zh')}（{edition.key}）\n",
        _NOTE,
        f"{edition.title.get('en')}\n",
        f"- 施行日期 · in force: {edition.in_force_on or '-'}",
        f"- 适用程序 · procedures: {procedures or '-'}",
        f"- 总分 · total: {edition.total.normalize():f}，{counts}",
        f"- SHA-256: `{edition.sha256}`\n",
        "## 等次 · Grades\n",
        _table(
            ("等次 · Grade", "分数下限 · From"),
            ((_both(each.name), f"{each.bound.normalize():f}") for each in edition.grades),
        ),
        "## 维度 · Dimensions\n",
        _table(
            ("维度 · Dimension", "归类 · Group"),
            (
                (_both(each.title), _both(GROUPS[each.group]) if each.group else "")
                for each in edition.dimensions
            ),
        ),
    ]
    for section in edition.sections:
        weight = f"（{section.points.normalize():f} 分）" if section.points else ""
        lines.append(f"## {section.id} {_both(section.title)}{weight}\n")
        if section.when is not None:
            lines.append(f"{_both(section.when)}\n")
        lines.append(
            _table(
                (
                    "编号 · Id",
                    "内容 · Content",
                    "分值 · Points",
                    "扣分 · Deductions",
                    "依据 · Law",
                    "机检 · Checks",
                ),
                (_item(item) for item in section.items),
            )
        )
    return "\n".join(lines)


def _both(text: Text) -> str:
    """A text in both languages, once where they are the same."""
    zh, en = text.get("zh"), text.get("en")
    return zh if zh == en else f"{zh} · {en}"


def _item(item: Item) -> tuple[str, str, str, str, str, str]:
    deductions = "；".join(
        f"{each.text.get('zh')} −{each.points.normalize():f}{'/处' if each.is_counted else ''}"
        for each in item.deductions
    )
    points = "否决 · veto" if item.is_veto else f"{item.points.normalize():f}"
    return (
        item.id,
        _both(item.title),
        points,
        deductions,
        " ".join(item.sources),
        " ".join(item.checks),
    )
