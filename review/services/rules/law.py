"""The law as of a day: what is held, who confirmed it, and what rests on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from review.checks.uses import checks_on, parameters_used
from review.db.session import reading
from review.errors import LawNotInForce, NotFound
from review.law.citation import Citation, Place
from review.law.fines import Cause, Version, change_of
from review.law.in_force import LawInForce
from review.law.parameter import DatedValue, Parameter, Scale, Value
from review.law.stale_text import StaleText
from review.law.statute import Statute
from review.law.tables import SiteStatute, SiteValue
from review.scoring.checklist import list_editions, load_edition
from review.services import access
from review.services.access import Actor
from review.services.rules.editions import Words
from review.services.rules.site import site_law
from review.settings import settings


@dataclass(frozen=True, slots=True)
class StatuteCard:
    """A law on a day: `state` in_force, ended, later or other (held for other days only).

    `text_id` and `version` are those of a text that the bureau handed in.
    """

    law: str
    title: Words
    state: str
    promulgated: date | None
    in_force: date
    ended: date | None
    articles: int
    is_whole: bool
    confirmed: bool
    confirmed_by: str
    versions: int
    checks: int
    note: str
    text_id: int | None = None
    text_version: int = 0


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """One article of a version: how many paragraphs and items, in own words, what rests on it."""

    key: str
    name: Words
    paragraphs: int | None
    items: int | None
    summary: Words | None
    wording: str
    confirmed: bool
    checks: tuple[str, ...]
    checklist_items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryCard:
    """One dated value. `site_id` is that of a value which the bureau confirmed."""

    since: date
    value: Value | Scale
    source: str
    confirmed: bool
    confirmed_by: str
    site_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ParameterCard:
    """One number or period: its value on the day (None: none in force), and its history."""

    name: str
    title: Words
    unit: str
    dated_by: str
    current: EntryCard | None
    history: tuple[EntryCard, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CauseCard:
    """A cause with the version of the day (None before the first) and all its days.

    `change` says what that version did to the fine before it: cancelled, lowered or nothing.
    """

    key: str
    name: Words
    version: Version | None
    days: tuple[date, ...]
    change: str


@dataclass(frozen=True, slots=True)
class LawPage:
    """Everything the law page shows for one day."""

    on: date
    statutes: tuple[StatuteCard, ...]
    parameters: tuple[ParameterCard, ...]
    causes: tuple[CauseCard, ...]
    stale_texts: tuple[StaleText, ...]


def law_page(engine: Engine, actor: Actor, *, on: date) -> LawPage:
    """What is held as of a day."""
    access.require(actor, "law.view")
    with reading(engine) as session:
        law = site_law(session)
        texts = _texts(session)
        own = _own_values(session)
    return LawPage(
        on,
        tuple(
            _statute_card(statute, on, law, texts)
            for key in law.library.laws
            if (statute := _of_day(law, key, on)) is not None
        ),
        tuple(_parameter_card(each, on, own) for each in law.parameters.values()),
        tuple(_cause_card(each, on) for each in law.causes),
        tuple(each for each in law.stale_texts if each.since <= on),
    )


def articles(engine: Engine, actor: Actor, law_key: str, *, in_force: date) -> list[ArticleCard]:
    """The articles of one version in order. Raises NotFound."""
    access.require(actor, "law.view")
    with reading(engine) as session:
        law = site_law(session)
    version = next(
        (each for each in law.library.versions(law_key) if each.in_force == in_force), None
    )
    if version is None:
        raise NotFound(what="法规版本", what_en="version of a law", key=f"{law_key} {in_force}")
    items = _items_by_source()
    return [_article_card(version, key, items) for key in _ordered(version)]


def _ordered(statute: Statute) -> list[str]:
    keys = {*statute.structure, *statute.summaries}
    return sorted(keys, key=lambda key: tuple(int(part) for part in key.split(".")))


def _article_card(statute: Statute, key: str, items: Sequence[tuple[str, Citation]]) -> ArticleCard:
    article, _, inserted = key.partition(".")
    place = Place(int(article), int(inserted) if inserted else None)
    counts = statute.outline.get(key)
    summary = statute.summaries.get(key)
    return ArticleCard(
        key=key,
        name=Words(place.zh, place.en),
        paragraphs=None if counts is None else len(counts),
        items=None if counts is None else sum(counts),
        summary=None if summary is None else Words(summary.zh, summary.en),
        wording=statute.wording.get(key, ""),
        confirmed=statute.is_confirmed(place),
        checks=checks_on(statute.law, place),
        checklist_items=tuple(
            sorted(
                {
                    item
                    for item, cited in items
                    if cited.law == statute.law
                    and cited.place is not None
                    and place.covers(cited.place)
                }
            )
        ),
    )


def _items_by_source() -> list[tuple[str, Citation]]:
    """Checklist items (edition and id) with what they cite; notes that are no citation drop out."""
    found: list[tuple[str, Citation]] = []
    for each in list_editions(settings().checklists):
        found += _items_of(each.path, each.path.stat().st_mtime_ns)
    return found


@lru_cache(maxsize=64)
def _items_of(path: Any, changed_ns: int) -> tuple[tuple[str, Citation], ...]:  # noqa: ARG001
    edition = load_edition(path)
    found: list[tuple[str, Citation]] = []
    for item in edition.items:
        for source in item.sources:
            try:
                found.append((f"{edition.title.get('zh')} {item.id}", Citation.parse(source)))
            except ValueError:
                continue
    return tuple(found)


def _of_day(law: LawInForce, key: str, on: date) -> Statute | None:
    """The version of the day, else the one that ended last, else the next to come."""
    versions = law.library.versions(key)
    begun = [each for each in versions if each.in_force <= on]
    return begun[0] if begun else (versions[-1] if versions else None)


def _statute_card(
    statute: Statute, on: date, law: LawInForce, texts: Mapping[tuple[str, date], SiteStatute]
) -> StatuteCard:
    if statute.in_force > on:
        state = "later"
    elif statute.ended is not None and statute.ended <= on:
        state = "ended"
    else:
        state = "in_force"
    text = texts.get((statute.law, statute.in_force))
    return StatuteCard(
        law=statute.law,
        title=Words(statute.title.zh, statute.title.en),
        state=state,
        promulgated=statute.promulgated,
        in_force=statute.in_force,
        ended=statute.ended,
        articles=len(statute.structure),
        is_whole=statute.is_whole,
        confirmed=statute.confirmed,
        confirmed_by=statute.confirmed_by or "",
        versions=len(law.library.versions(statute.law)),
        checks=len(checks_on(statute.law)),
        note=statute.note or "",
        text_id=text.id if text else None,
        text_version=text.version if text else 0,
    )


def _texts(session: Session) -> dict[tuple[str, date], SiteStatute]:
    rows = session.exec(select(SiteStatute).where(col(SiteStatute.withdrawn_at).is_(None)))
    return {(row.law, row.in_force): row for row in rows}


def _own_values(session: Session) -> dict[tuple[str, date], SiteValue]:
    rows = session.exec(
        select(SiteValue).where(col(SiteValue.withdrawn_at).is_(None)).order_by(col(SiteValue.id))
    )
    return {(row.parameter, row.since): row for row in rows}


def _parameter_card(
    parameter: Parameter, on: date, own: Mapping[tuple[str, date], SiteValue]
) -> ParameterCard:
    history = tuple(_entry_card(each, own) for each in parameter.history)
    try:
        current: EntryCard | None = _entry_card(parameter.on(on), own)
    except LawNotInForce:
        current = None
    return ParameterCard(
        name=parameter.name,
        title=Words(parameter.title.zh, parameter.title.en),
        unit=parameter.unit,
        dated_by=parameter.dated_by,
        current=current,
        history=history,
        checks=parameters_used().get(parameter.name, ()),
    )


def _entry_card(value: DatedValue, own: Mapping[tuple[str, date], SiteValue]) -> EntryCard:
    row = own.get((value.parameter, value.since))
    return EntryCard(
        since=value.since,
        value=value.value,
        source=value.source,
        confirmed=value.confirmed,
        confirmed_by=value.confirmed_by or "",
        site_id=row.id if row else None,
        version=row.version if row else 0,
    )


def _cause_card(cause: Cause, on: date) -> CauseCard:
    version = cause.on(on)
    return CauseCard(
        cause.key,
        Words(cause.name.zh, cause.name.en),
        version,
        tuple(each.since for each in cause.versions),
        (change_of(cause, version) if version is not None else None) or "",
    )
