"""From the model of an edition's file to its values; refuses what does not fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from review.checks.check import ALL_PROCEDURES
from review.common.datafile import DataFile, Key, dotted_key
from review.errors import PointsDoNotAddUp
from review.scoring.dimensions import OTHER, Dimension, known_dimensions
from review.scoring.edition import (
    RESULT_WORDS,
    Deduction,
    Edition,
    Grade,
    Item,
    Rectify,
    Section,
    Supersedes,
)
from review.scoring.edition_file import EditionFile, ItemEntry, Result, SectionEntry, Text

DEFAULT_GRADES = (
    (Text(zh="优秀", en="Excellent"), Decimal(90)),
    (Text(zh="良好", en="Good"), Decimal(80)),
    (Text(zh="合格", en="Qualified"), Decimal(60)),
    (Text(zh="不合格", en="Unqualified"), Decimal(0)),
)
"""Name and lower bound in percent of the scale, for an edition that names no grades."""


def edition_from(source: DataFile, known_checks: Collection[str] | None) -> Edition:
    """The edition that a file describes; raises BadDataFile and PointsDoNotAddUp."""
    try:
        model = EditionFile.model_validate(source.content)
    except ValidationError as problem:
        raise source.from_validation(problem) from problem
    if (model.sections is None) == (model.items is None):
        raise source.error((), "应有 sections 或 items 之一", "needs either sections or items")
    in_force_on = _in_force_on(source, model)
    dimensions = known_dimensions(
        {
            key: Dimension(key, Text(zh=each.zh, en=each.en), each.group)
            for key, each in (model.dimensions or {}).items()
        }
    )
    sections = tuple(
        _section(source, model, entry, key, dimensions) for key, entry in _section_entries(model)
    )
    _refuse_doubles(source, model)
    _refuse_bad_references(source, model, known_checks)
    _refuse_wrong_sums(source, model, sections)
    grades = _grades(source, model)
    veto_grade = grades[-1]
    if model.veto.grade is not None:
        named = [grade for grade in grades if grade.name.zh == model.veto.grade]
        if not named:
            zh, en = "不是 grades 中的等次", "is not one of the grades"
            raise source.error(("veto", "grade"), zh, en)
        veto_grade = named[0]
    used = {item.dimension.id for section in sections for item in section.items}
    return Edition(
        kind=model.kind or source.path.parent.name or source.path.stem,
        in_force_on=in_force_on,
        sha256=sha256(source.raw).hexdigest(),
        title=model.title,
        issued_by=model.issued_by,
        supersedes=Supersedes(str(model.supersedes.edition), model.supersedes.reason)
        if model.supersedes
        else None,
        note=model.note,
        procedures=frozenset(model.procedures or ALL_PROCEDURES),
        total=model.total,
        base=model.base,
        scale=model.scale or model.total,
        step=model.step,
        grades=grades,
        results=_results(source, model),
        is_rescaled=model.not_applicable == "rescale",
        rounding_step=model.rounding.step,
        rounding_mode=model.rounding.mode,
        veto_grade=veto_grade,
        veto_sets_zero=model.veto.score == "zero",
        dimensions=tuple(each for each in dimensions.values() if each.id in used),
        sections=sections,
    )


def date_in_name(path: Path) -> date | None:
    """The date that a file is named by, or None."""
    try:
        return date.fromisoformat(path.stem)
    except ValueError:
        return None


def _in_force_on(source: DataFile, model: EditionFile) -> date | None:
    named = date_in_name(source.path)
    if model.in_force and named and model.in_force != named:
        raise source.error(
            ("in_force",), f"与文件名日期 {named} 不一致", f"differs from the file name {named}"
        )
    return model.in_force or named


def _section_entries(model: EditionFile) -> Iterator[tuple[Key, SectionEntry]]:
    if model.sections is not None:
        for number, entry in enumerate(model.sections):
            yield ("sections", number), entry
    elif model.items is not None:
        yield (), SectionEntry(id="items", title=model.title, items=model.items)


def _section(
    source: DataFile,
    model: EditionFile,
    entry: SectionEntry,
    key: Key,
    dimensions: Mapping[str, Dimension],
) -> Section:
    items = tuple(
        _item(
            source,
            model,
            entry,
            entry=each,
            key=(*key, "items", number),
            dimensions=dimensions,
        )
        for number, each in enumerate(entry.items)
    )
    is_scored = entry.counts == "scored"
    announced = entry.points
    found = sum((item.points for item in items), Decimal(0))
    if is_scored and announced is not None and announced != found:
        raise _wrong_sum(source, (*key, "points"), found, announced)
    if entry.weight is not None and (not is_scored or entry.conditional):
        zh, en = (
            "只有计分且非条件性的分组才有权重",
            "only a scored, unconditional section has a weight",
        )
        raise source.error((*key, "weight"), zh, en)
    if entry.conditional and entry.procedures is None and entry.when is None:
        zh, en = (
            "条件性分组须写明 procedures 或 when",
            "a conditional section needs procedures or when",
        )
        raise source.error((*key, "conditional"), zh, en)
    return Section(
        id=entry.id,
        title=entry.title,
        items=items,
        is_scored=is_scored,
        is_conditional=entry.conditional,
        when=entry.when,
        weight=entry.weight,
        cap=announced if not is_scored else None,
    )


def _item(
    source: DataFile,
    model: EditionFile,
    section: SectionEntry,
    *,
    entry: ItemEntry,
    key: Key,
    dimensions: Mapping[str, Dimension],
) -> Item:
    name = entry.dimension or section.dimension or OTHER.id
    if name not in dimensions:
        known = "、".join(dimensions)
        place = (*key, "dimension") if entry.dimension else (*key[:-2], "dimension")
        raise source.error(
            place,
            f"没有维度“{name}”；请在 dimensions 中定义，或使用 {known}",
            f"no dimension {name}; define it under dimensions or use one of {known}",
        )
    if not entry.points and not entry.veto:
        raise source.error(
            (*key, "points"), "非否决项须有分值", "an item without veto needs points above 0"
        )
    step = entry.step or model.step
    _refuse_off_step(source, (*key, "points"), entry.points, step)
    deductions = []
    for number, each in enumerate(entry.deduct):
        place = (*key, "deduct", number) if (*key, "deduct", number) in source.lines else key
        if each.points > entry.points:
            zh = f"扣分 {each.points} 超过该项分值 {entry.points}"
            en = f"deducts {each.points}, more than the item's {entry.points} points"
            raise source.error((*place, "points"), zh, en)
        _refuse_off_step(source, (*place, "points"), each.points, step)
        deductions.append(
            Deduction(
                id=each.id or f"d{number + 1}",
                text=Text(zh=each.zh, en=each.en) if each.zh else entry.title,
                points=each.points,
                is_counted=each.per == "occurrence",
                maximum=each.max,
                defects=tuple(each.defects),
            )
        )
    if len({each.id for each in deductions}) != len(deductions):
        raise source.error((*key, "deduct"), "扣分情形编号重复", "two reasons have the same id")
    procedures = entry.procedures or section.procedures or model.procedures
    return Item(
        id=entry.id,
        ref=entry.ref,
        title=entry.title,
        points=entry.points,
        step=step,
        is_veto=entry.veto,
        deductions=tuple(deductions),
        partial=model.partial if entry.partial is None else entry.partial,
        guidance=entry.guidance,
        dimension=dimensions[name],
        procedures=frozenset(procedures or ALL_PROCEDURES),
        not_applicable=entry.not_applicable,
        sources=tuple(entry.sources),
        checks=tuple(entry.checks),
        defects=tuple(entry.defects),
        look_only=tuple(entry.look_only),
        checks_cover_all=entry.covers == "whole",
        needs_time_code=entry.time_code,
        rectify=Rectify(
            Text(zh=entry.rectify.zh, en=entry.rectify.en),
            entry.rectify.due_days or model.rectify_days,
        )
        if entry.rectify
        else None,
        section_id=section.id,
        is_conditional=section.conditional,
    )


def _refuse_off_step(source: DataFile, key: Key, points: Decimal, step: Decimal) -> None:
    if points % step:
        zh, en = (
            f"{points} 不是计分单位 {step} 的倍数",
            f"{points} is not a multiple of the step {step}",
        )
        raise source.error(key, zh, en)


def _refuse_doubles(source: DataFile, model: EditionFile) -> None:
    seen_sections: set[str] = set()
    seen_items: set[str] = set()
    for key, section in _section_entries(model):
        if section.id in seen_sections:
            zh, en = f"分组编号 {section.id} 重复", f"two sections have the id {section.id}"
            raise source.error((*key, "id"), zh, en)
        seen_sections.add(section.id)
        for number, item in enumerate(section.items):
            if item.id in seen_items:
                zh, en = f"评查项编号 {item.id} 重复", f"two items have the id {item.id}"
                raise source.error((*key, "items", number, "id"), zh, en)
            seen_items.add(item.id)


def _refuse_bad_references(
    source: DataFile, model: EditionFile, known_checks: Collection[str] | None
) -> None:
    if known_checks is None:
        return
    for key, section in _section_entries(model):
        for number, item in enumerate(section.items):
            for check_id in item.checks:
                if check_id not in known_checks:
                    zh, en = f"没有机检 {check_id}", f"there is no check {check_id}"
                    raise source.error((*key, "items", number, "checks"), zh, en)


def _refuse_wrong_sums(source: DataFile, model: EditionFile, sections: tuple[Section, ...]) -> None:
    counted = [each for each in sections if each.is_scored and not each.is_conditional]
    if not counted or all(not each.points for each in counted):
        if model.base not in {Decimal(0), model.total}:
            raise _wrong_sum(source, ("base",), model.base, model.total)
        return
    weighted = [each for each in counted if each.points]
    weights = [each.weight for each in weighted if each.weight is not None]
    if weights and len(weights) != len(weighted):
        zh, en = (
            "要么每个计分分组都有 weight，要么都没有",
            "give every scored section a weight, or none",
        )
        raise source.error(("sections",), zh, en)
    parts = weights or [each.points for each in weighted]
    found = model.base + sum(parts, Decimal(0))
    if found != model.total:
        raise _wrong_sum(source, ("total",), found, model.total)


def _wrong_sum(source: DataFile, key: Key, found: Decimal, expected: Decimal) -> PointsDoNotAddUp:
    place_zh, place_en = source.place(key)
    return PointsDoNotAddUp(
        file=source.path.name,
        place=place_zh,
        place_en=place_en,
        found=f"{found.normalize():f}",
        expected=f"{expected.normalize():f}",
        key=dotted_key(key),
    )


def _grades(source: DataFile, model: EditionFile) -> tuple[Grade, ...]:
    scale = model.scale or model.total
    if model.grades is None:
        return tuple(Grade(name, share * scale / 100) for name, share in DEFAULT_GRADES)
    grades = tuple(Grade(each.name, each.bound) for each in model.grades)
    for number, (better, worse) in enumerate(pairwise(grades)):
        if worse.bound >= better.bound:
            zh, en = "等次下限须由高到低递减", "bounds must fall from the best grade down"
            raise source.error(("grades", number + 1), zh, en)
    if grades[0].bound > scale:
        zh, en = f"下限超过满分 {scale}", f"the bound is above the best score {scale}"
        raise source.error(("grades", 0), zh, en)
    if grades[-1].bound > 0:
        zh, en = "最低等次的下限须为 0", "the bound of the lowest grade must be 0"
        raise source.error(("grades", len(grades) - 1), zh, en)
    names = Counter(grade.name.zh for grade in grades)
    if max(names.values()) > 1:
        raise source.error(("grades",), "等次名称重复", "two grades have the same name")
    return grades


def _results(source: DataFile, model: EditionFile) -> Mapping[Result, Text]:
    if model.results is None:
        return RESULT_WORDS
    chosen = model.results
    if Result.MET not in chosen or Result.NOT_MET not in chosen:
        zh, en = "至少要有 met 和 not_met", "needs at least met and not_met"
        raise source.error(("results",), zh, en)
    words = {result: chosen[result] for result in Result if result in chosen}
    words.setdefault(Result.UNDECIDED, RESULT_WORDS[Result.UNDECIDED])
    return words
