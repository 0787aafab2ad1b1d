"""Which files are made, and writing them with their truth."""

from __future__ import annotations

import importlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from review.bench.forge import causes, press
from review.bench.forge.faults import Fault
from review.bench.forge.oddities import ODDITIES, Oddity
from review.bench.forge.paper import Paper, Seal
from review.bench.forge.plots import plot
from review.bench.forge.recording_faults import FAULTS
from review.bench.forge.story import Cause, Story

HOUSES = ("ministry", "municipal", "prose", "waterway")
_CAUSES: dict[str, tuple[Cause, ...]] = {
    "ministry": (
        causes.OVERLOAD,
        causes.PASSENGER,
        causes.FREIGHT,
        causes.MAINTENANCE,
        causes.DANGEROUS,
    ),
    "municipal": (
        causes.RIDE_HAILING,
        causes.OVERLOAD,
        causes.PASSENGER,
        causes.FREIGHT,
        causes.MAINTENANCE,
    ),
    "prose": (causes.OVERLOAD, causes.ROAD_WORKS, causes.PASSENGER, causes.STALLS, causes.FREIGHT),
    "waterway": (causes.PORT, causes.DUMPING, causes.SHIP_PAPERS),
}
_HEARD = (causes.PASSENGER, causes.DANGEROUS, causes.PORT, causes.SHIP_PAPERS)
_TAPES, _DECISION = "视音频资料清单", "行政处罚决定书"
Surface = Literal["text", "docx", "scan"]


@dataclass(frozen=True, slots=True)
class Order:
    """One file to be made: the house, the surface, the seed, and what is changed in the story.

    `manner` is how a scan was made, by lot where empty.
    """

    key: str
    house: str
    surface: Surface
    seed: int
    fault: int | None = None
    oddity: int | None = None
    manner: str = ""

    @property
    def change(self) -> Fault | Oddity | None:
        """The planted defect or the lawful oddity."""
        if self.fault is not None:
            return FAULTS[self.fault]
        return ODDITIES[self.oddity] if self.oddity is not None else None


def _fits(change: Fault | Oddity, house: str) -> bool:
    if isinstance(change, Oddity) and change.houses and house not in change.houses:
        return False
    if change.cause is causes.DUMPING:
        return house == "waterway"
    if change.cause is not None and house == "waterway":
        return False
    road = isinstance(change, Fault) and "road" in change.needs
    seized = change.procedure == "summary" and house == "waterway"
    return not (road and house == "waterway") and not seized


def orders(
    seed: int, *, scans: int, houses: tuple[str, ...] = HOUSES, clean: int = 4
) -> list[Order]:
    """Every fault in two houses, every oddity in one or two, clean files, and scans of some."""
    rng = random.Random(seed)
    found: list[Order] = []
    surfaces: tuple[Surface, ...] = ("text", "text", "docx")

    def add(name: str, house: str, **what: Any) -> None:
        key = f"{len(found):03d}-{house}-{name}"
        surface = surfaces[len(found) % len(surfaces)]
        fault = FAULTS[what["fault"]] if "fault" in what else None
        if fault is not None and fault.on_pages:
            surface = "text"
        found.append(Order(key, house, surface, rng.randrange(10**9), **what))

    for number, each in enumerate(FAULTS):
        fitting = [house for house in houses if _fits(each, house)]
        for turn in range(min(2, len(fitting))):
            add(each.defect, fitting[(number + turn) % len(fitting)], fault=number)
    for number, odd in enumerate(ODDITIES):
        fitting = [house for house in houses if _fits(odd, house)]
        for turn in range(min(2, len(fitting))):
            add("odd" + str(number), fitting[(number + turn) % len(fitting)], oddity=number)
    for house in houses:
        for _ in range(clean):
            add("clean", house)
    chosen = rng.sample(found, min(scans, len(found)))
    found += [
        Order(f"{each.key}-scan", each.house, "scan", each.seed, each.fault, each.oddity)
        for each in chosen
    ]
    return found


def tell(order: Order) -> Story:
    """The story of a file."""
    rng = random.Random(order.seed)
    change = order.change
    procedure = (
        change.procedure
        if change
        else rng.choice(("ordinary", "ordinary", "hearing", "summary", "waived"))
    )
    if order.house == "waterway" and procedure == "summary":
        procedure = "ordinary"
    start = change.start if change and change.start else None
    start = start or date(2022, 6, 1) + timedelta(days=rng.randrange(1150))
    cause = change.cause if change and change.cause else None
    if cause is None:
        cause = _cause(rng, order, procedure)
    if cause.key == "not-carried" and not (change and change.cause):
        start = date(2022, 6, 1) + timedelta(days=rng.randrange(400))
    if cause.key == "ride-hailing" and start < date(2022, 12, 10):
        start = date(2023, 2, 6) + timedelta(days=rng.randrange(600))
    organization = rng.random() < 0.6
    if change and change.organization is not None:
        organization = change.organization
    if cause.key in _OF_CITIZENS:
        organization = False
    if cause.key in ("maintenance", "port", "ship-papers", "road-works", "dangerous") and not (
        change and change.organization is False
    ):
        organization = True
    if _near_change(start) and not (change and change.start):
        # fined until the rules of 2023-07-20, lawfully no more
        start = date(2022, 11, 7) if cause.key == "not-carried" else date(2023, 9, 4)
    story = plot(
        rng, order.key, order.house, cause, procedure, start=start, organization=organization
    )
    if isinstance(change, Fault):
        story.defects.add(change.defect)
        change.change(story, rng)
    elif change:
        story.oddities.add(change.name)
        change.change(story, rng)
    return story


_OF_CITIZENS = ("stalls", "not-carried")
"""Causes whose story is that of a citizen."""


def _near_change(start: date) -> bool:
    # act before and decision after the change of the road rules: an oddity of its own
    return date(2023, 4, 1) <= start < date(2023, 7, 20)


def _cause(rng: random.Random, order: Order, procedure: str) -> Cause:
    if procedure == "summary":
        old = order.change is None or order.change.start is None
        organization = order.change is not None and order.change.organization
        return causes.NOT_CARRIED if old and not organization else causes.MAINTENANCE
    if procedure == "waived":
        return causes.DUMPING if order.house == "waterway" else causes.STALLS
    mine = _CAUSES[order.house]
    if procedure == "hearing":
        return rng.choice([each for each in mine if each in _HEARD])
    change = order.change
    if isinstance(change, Fault) and "plate" in change.needs:
        mine = tuple(each for each in mine if each.vehicle)
    if isinstance(change, Fault) and "road" in change.needs:
        mine = tuple(each for each in mine if "道路运输条例" in each.violated)
    if change is not None and change.organization:
        mine = tuple(each for each in mine if each.key not in _OF_CITIZENS)
    return rng.choice(mine)


def write(order: Order, folder: Path) -> Path:
    """Make the file and its truth in a folder of its own; gives the path of the file."""
    story = tell(order)
    house = importlib.import_module(f"review.bench.forge.houses.{order.house}")
    made = [paper for paper in house.papers(story) if story.has("录像") or paper.kind != _TAPES]
    for paper in made:
        if paper.kind == _DECISION and not story.has("印章"):
            paper.blocks = [block for block in paper.blocks if not isinstance(block, Seal)]
    index = _index(story, house.index)
    target = folder / order.key
    target.mkdir(parents=True, exist_ok=True)
    if order.surface == "docx":
        path = target / "案卷.docx"
        bound = press.word(made, index, path)
        places: list[list[int] | None] = [None] * len(bound)
    else:
        path = target / "案卷.pdf"
        embedded = order.surface == "scan" or order.seed % 2 == 0
        content, bound, pages = press.bind(made, house.LOOK, index, embedded=embedded)
        if order.surface == "scan":
            content = press.scan(content, random.Random(order.seed), order.manner)
        path.write_bytes(content)
        places = [list(each) for each in pages]
    truth = _truth(story, order, path.name, list(zip(bound, places, strict=True)))
    (target / "truth.json").write_text(
        json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return path


def _index(story: Story, index: press.Index) -> press.Index:
    """The file index, with a wrong page for one row where the story says so."""
    if not story.says("目录错页", otherwise=False):
        return index

    def slipped(rows: list[tuple[str, date | None, str]]) -> Paper:
        wrong = next(
            at for at, row in enumerate(rows) if row[0].endswith("案件调查报告") or at == 8
        )
        title, day, pages = rows[wrong]
        return index(
            [*rows[:wrong], (title, day, str(int(pages.split("-")[0]) + 3)), *rows[wrong + 1 :]]
        )

    return slipped


def _truth(story: Story, order: Order, name: str, papers: list[Any]) -> dict[str, Any]:
    return {
        "input": name,
        "style": order.surface,
        "house": order.house,
        "oddities": sorted(story.oddities),
        "documents": [
            {"kind": paper.kind, "pages": pages, "source": name, "title": paper.title}
            for paper, pages in papers
        ],
        "facts": story.facts(),
        "facts_alt": story.facts_alt,
        "defects": sorted(story.defects),
    }


def write_all(wanted: list[Order], folder: Path) -> Iterator[Path]:
    """All files one after another."""
    for order in wanted:
        yield write(order, folder)
