"""Editions in use: chosen when a round is planned, kept in the store, read back by their hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from review.casefiles.tables import Case, CaseKind
from review.checks.check import Procedure
from review.common.store import Store
from review.db.session import reading
from review.errors import NotFound
from review.scoring.checklist import Edition, list_editions, load_edition, parse_edition
from review.scoring.edition_tables import EditionRow
from review.services import access
from review.services.access import Actor
from review.settings import settings

DRAFT, PUBLISHED, SHIPPED = "draft", "published", "shipped"
"""States of an edition: imported, in force for rounds from then on, and part of the product."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class EditionCard:
    """An edition as a list shows it; `id` None: shipped. `state` is draft, published, shipped."""

    key: str
    kind: str
    in_force_on: date | None
    sha256: str
    title: Words
    items: int
    vetoes: int
    procedures: tuple[str, ...]
    id: int | None
    state: str
    source_name: str
    version: int


def procedure_of(case: Case) -> Procedure | None:
    """The procedure of a case as the ledger gives it; None where it gives none."""
    try:
        return Procedure(case.procedure)
    except ValueError:
        return None


def slot_of(case: Case) -> str:
    """Under which name a round keeps the edition for this case.

    The procedure for penalty files (ordinary where the ledger gives none), the kind for others.
    """
    return slot_for(case.kind, case.procedure)


def slot_for(kind: str, procedure: str) -> str:
    """The same, from the kind and the procedure that the ledger gives."""
    if kind != CaseKind.PENALTY:
        return kind
    return procedure if procedure in tuple(Procedure) else Procedure.ORDINARY


@dataclass(frozen=True, slots=True)
class KnownEdition:
    """An edition with its bytes. `row` None: shipped as a file."""

    edition: Edition
    raw: bytes
    row: EditionRow | None = None


@lru_cache(maxsize=64)
def _loaded(path: Path, changed_ns: int) -> KnownEdition:  # noqa: ARG001 - the time is part of the key
    return KnownEdition(load_edition(path), path.read_bytes())


@lru_cache(maxsize=64)
def _imported(kind: str, day: str, text: str) -> Edition:
    return parse_edition(Path(kind) / f"{day}.yaml", text.encode())


def known_editions(engine: Engine, *, drafts: bool = False) -> list[KnownEdition]:
    """The shipped editions and those that the site published, by kind and date."""
    found = [
        _loaded(each.path, each.path.stat().st_mtime_ns)
        for each in list_editions(settings().checklists)
    ]
    with reading(engine) as session:
        rows = session.exec(select(EditionRow).order_by(col(EditionRow.id))).all()
    found += [
        KnownEdition(
            _imported(row.kind, row.in_force_on.isoformat(), row.content),
            row.content.encode(),
            row,
        )
        for row in rows
        if drafts or row.state == PUBLISHED
    ]
    return sorted(found, key=lambda each: (each.edition.kind, each.edition.key))


def newest_editions(engine: Engine, on: date) -> dict[str, dict[str, str]]:
    """For every slot the newest edition in force on that day, with its bytes kept in the store.

    Where several editions of one day are for a procedure, the one for the fewest procedures wins.
    """
    chosen: dict[str, tuple[tuple[date, int], KnownEdition]] = {}
    for known in known_editions(engine):
        edition = known.edition
        if edition.in_force_on is None or edition.in_force_on > on:
            continue
        own = (edition.kind,) if edition.kind in tuple(CaseKind) else ()
        is_penalty = edition.kind.startswith(CaseKind.PENALTY)
        slots = edition.procedures if is_penalty else own  # others are for rounds that name them
        rank = (edition.in_force_on, -len(edition.procedures))
        for slot in slots:
            if slot not in chosen or rank > chosen[slot][0]:
                chosen[slot] = (rank, known)
    return {str(slot): freeze(known) for slot, (_, known) in sorted(chosen.items())}


def edition_by_key(engine: Engine, key: str) -> dict[str, str]:
    """The edition `<kind>/<date>`, kept in the store. Raises NotFound."""
    return freeze(known_edition(engine, key))


def known_edition(engine: Engine, key: str, *, drafts: bool = False) -> KnownEdition:
    """The edition `<kind>/<date>`; a published one before a draft. Raises NotFound."""
    found = [known for known in known_editions(engine, drafts=drafts) if known.edition.key == key]
    if not found:
        raise NotFound(what="评查标准", what_en="checklist edition", key=key)
    return min(found, key=lambda known: known.row is not None and known.row.state != PUBLISHED)


def freeze(known: KnownEdition) -> dict[str, str]:
    """Keep the bytes of an edition; returns how a round refers to it."""
    kept = Store(settings().store).add(known.raw)
    assert kept == known.edition.sha256
    return {"key": known.edition.key, "sha256": kept, "title": known.edition.title.zh}


@lru_cache(maxsize=64)
def _kept(store: Path, key: str, sha256: str) -> Edition:
    kind, _, day = key.partition("/")
    return parse_edition(Path(kind) / f"{day}.yaml", Store(store).read(sha256))


def kept_edition(key: str, sha256: str) -> Edition:
    """The very edition that a round or a sheet points at, whatever the folder holds now."""
    return _kept(settings().store, key, sha256)


def edition_in(editions: Any, slot: str) -> dict[str, str]:
    """A round's edition for a slot. Raises NotFound."""
    chosen: dict[str, str] | None = (editions or {}).get(slot)
    if chosen is None:
        raise NotFound(what="评查标准", what_en="checklist edition", key=slot)
    return chosen


def list_cards(engine: Engine, actor: Actor) -> list[EditionCard]:
    """Every edition: drafts first, then those of penalty files, then the others, by kind, date."""
    access.require(actor, "checklists.view")
    cards = [_card(known) for known in known_editions(engine, drafts=True)]
    return sorted(
        cards, key=lambda card: (card.state != DRAFT, not card.kind.startswith(CaseKind.PENALTY))
    )


def _card(known: KnownEdition) -> EditionCard:
    edition, row = known.edition, known.row
    return EditionCard(
        key=edition.key,
        kind=edition.kind,
        in_force_on=edition.in_force_on,
        sha256=edition.sha256,
        title=Words(edition.title.get("zh"), edition.title.get("en")),
        items=len(edition.items),
        vetoes=sum(item.is_veto for item in edition.items),
        procedures=tuple(sorted(edition.procedures)),
        id=row.id if row else None,
        state=row.state if row else SHIPPED,
        source_name=row.source_name if row else "",
        version=row.version if row else 0,
    )


def edition_view(engine: Engine, actor: Actor, key: str) -> Edition:
    """One edition by its key `<kind>/<date>`, also a draft. Raises NotFound."""
    access.require(actor, "checklists.view")
    return known_edition(engine, key, drafts=True).edition
