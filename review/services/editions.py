"""Editions in use: chosen when a round is planned, kept in the store, read back by their hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from review.casefiles.tables import Case, CaseKind
from review.checks.check import Procedure
from review.common.store import Store
from review.errors import NotFound
from review.scoring.checklist import Edition, list_editions, load_edition, parse_edition
from review.services import access
from review.services.access import Actor
from review.settings import settings


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class EditionCard:
    """An edition as a list shows it."""

    key: str
    kind: str
    in_force_on: date | None
    sha256: str
    title: Words
    items: int
    vetoes: int
    procedures: tuple[str, ...]


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
    if case.kind != CaseKind.PENALTY:
        return case.kind
    return procedure_of(case) or Procedure.ORDINARY


@lru_cache(maxsize=64)
def _loaded(path: Path, changed_ns: int) -> Edition:  # noqa: ARG001 - the time is part of the key
    return load_edition(path)


def _all(folder: Path) -> list[tuple[Path, Edition]]:
    return [
        (each.path, _loaded(each.path, each.path.stat().st_mtime_ns))
        for each in list_editions(folder)
    ]


def newest_editions(on: date) -> dict[str, dict[str, str]]:
    """For every slot the newest edition in force on that day, with its bytes kept in the store.

    Where several editions of one day are for a procedure, the one for the fewest procedures wins.
    """
    chosen: dict[str, tuple[tuple[date, int], Path, Edition]] = {}
    for path, edition in _all(settings().checklists):
        if edition.in_force_on is None or edition.in_force_on > on:
            continue
        is_penalty = path.parent.name.startswith(CaseKind.PENALTY)
        slots = edition.procedures if is_penalty else (path.parent.name,)
        rank = (edition.in_force_on, -len(edition.procedures))
        for slot in slots:
            if slot not in chosen or rank > chosen[slot][0]:
                chosen[slot] = (rank, path, edition)
    return {str(slot): freeze(path, edition) for slot, (_, path, edition) in sorted(chosen.items())}


def edition_by_key(key: str) -> dict[str, str]:
    """The edition `<kind>/<date>`, kept in the store. Raises NotFound."""
    for path, edition in _all(settings().checklists):
        if edition.key == key:
            return freeze(path, edition)
    raise NotFound(what="评查标准", what_en="checklist edition", key=key)


def freeze(path: Path, edition: Edition) -> dict[str, str]:
    """Keep the bytes of an edition; returns how a round refers to it."""
    kept = Store(settings().store).add(path.read_bytes())
    assert kept == edition.sha256
    return {"key": edition.key, "sha256": kept, "title": edition.title.zh}


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
    """The editions in the folder, by kind and date."""
    del engine  # editions are files; the signature is that of every service
    access.require(actor, "checklists.view")
    return [
        EditionCard(
            key=edition.key,
            kind=edition.kind,
            in_force_on=edition.in_force_on,
            sha256=edition.sha256,
            title=Words(edition.title.get("zh"), edition.title.get("en")),
            items=len(edition.items),
            vetoes=sum(item.is_veto for item in edition.items),
            procedures=tuple(sorted(edition.procedures)),
        )
        for _, edition in _all(settings().checklists)
    ]


def edition_view(engine: Engine, actor: Actor, key: str) -> Edition:
    """One edition of the folder by its key `<kind>/<date>`. Raises NotFound."""
    del engine
    access.require(actor, "checklists.view")
    for _, edition in _all(settings().checklists):
        if edition.key == key:
            return edition
    raise NotFound(what="评查标准", what_en="checklist edition", key=key)
