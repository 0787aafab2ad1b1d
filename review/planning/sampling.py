"""The draw of a round: seeded, stratified, explainable, and the same on every machine.

Every case of the frozen population gets a ticket, the SHA-256 of seed, population and case; the
lowest tickets win. Nothing depends on the order of the input, on a library's random numbers or on
the platform. The record holds all that entered the draw, so that anybody can repeat it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeVar

from review.errors import DrawNotPossible

T = TypeVar("T")

METHOD = "sha256-tickets/1"
"""Names the procedure; another procedure gets another name, so that old records stay verifiable."""


ANY_STRATUM = "\0"
"""The pool that strata without a quota share; no stratum of a person has this name."""


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """One case of the population.

    `stratum` is what quotas are set for (the procedure, say), `group` what may be asked to be
    represented (the squad, say); both may be empty.
    """

    key: str
    stratum: str = ""
    group: str = ""


class Reason(StrEnum):
    """Why a case was selected."""

    MUST = "must"
    GROUP = "group"
    QUOTA = "quota"
    REST = "rest"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class Selected:
    """One selected case; `sequence` counts from 1 in the order of selection."""

    sequence: int
    key: str
    stratum: str
    reason: Reason
    ticket: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A selected case that was taken out afterwards, why, and the next ticket that came in."""

    out_key: str
    reason: str
    in_key: str


@dataclass(frozen=True, slots=True)
class DrawRecord:
    """All that entered a draw and what came out.

    `population` stands in the order of keys; `quotas` are as asked, None for shares in proportion
    to the strata; `excluded` maps keys to reasons; `selected` is the result, replacements applied.
    """

    method: str
    seed: str
    size: int
    population: tuple[Candidate, ...]
    population_sha256: str
    quotas: tuple[tuple[str, int], ...] | None
    must_include: tuple[str, ...]
    excluded: tuple[tuple[str, str], ...]
    every_group: bool
    selected: tuple[Selected, ...]
    replacements: tuple[Replacement, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the selected cases in the order of selection."""
        return tuple(each.key for each in self.selected)

    def to_json(self) -> str:
        """The record as canonical JSON."""
        return _canonical(
            {
                "method": self.method,
                "seed": self.seed,
                "size": self.size,
                "population": [[each.key, each.stratum, each.group] for each in self.population],
                "population_sha256": self.population_sha256,
                "quotas": None if self.quotas is None else dict(self.quotas),
                "must_include": list(self.must_include),
                "excluded": dict(self.excluded),
                "every_group": self.every_group,
                "selected": [
                    [each.sequence, each.key, each.stratum, each.reason, each.ticket]
                    for each in self.selected
                ],
                "replacements": [
                    [each.out_key, each.reason, each.in_key] for each in self.replacements
                ],
            }
        )

    @classmethod
    def kept(cls, raw: Any) -> DrawRecord:
        """The record from what `to_json` writes, read; raises DrawNotPossible where it is none."""
        try:
            quotas = raw["quotas"]
            return cls(
                method=str(raw["method"]),
                seed=str(raw["seed"]),
                size=int(raw["size"]),
                population=tuple(Candidate(*map(str, each)) for each in raw["population"]),
                population_sha256=str(raw["population_sha256"]),
                quotas=None if quotas is None else _pairs(quotas, int),
                must_include=tuple(map(str, raw["must_include"])),
                excluded=_pairs(raw["excluded"], str),
                every_group=bool(raw["every_group"]),
                selected=tuple(
                    Selected(int(number), str(key), str(stratum), Reason(reason), str(ticket))
                    for number, key, stratum, reason, ticket in raw["selected"]
                ),
                replacements=tuple(Replacement(*map(str, each)) for each in raw["replacements"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise _not_possible("抽取记录已损坏", "the record of the draw is damaged") from problem


def draw(
    population: Iterable[Candidate],
    *,
    size: int,
    seed: str,
    quotas: Mapping[str, int] | None = None,
    must_include: Collection[str] = (),
    exclude: Mapping[str, str] | None = None,
    every_group: bool = False,
) -> DrawRecord:
    """Draw `size` cases.

    Args:
        population: all cases of the scope; their order does not matter.
        size: how many cases to select, those that must be in included.
        seed: any text, fixed before the draw and kept in the record.
        quotas: cases per stratum, those that must be in included; strata that are not named share
            what is left by their tickets. None: every stratum in proportion to its eligible cases.
        must_include: keys that are in without a ticket (hearing, highest fine ...).
        exclude: key to reason (in litigation ...); excluded cases stay in the population.
        every_group: whether each group with an eligible case is represented at least once.

    Raises:
        DrawNotPossible: what is asked for cannot be met; says what is in the way.
    """
    people = tuple(sorted(population))
    excluded = dict(exclude or {})
    must = tuple(sorted(set(must_include)))
    _refuse_impossible(people, size, seed, must=must, excluded=excluded)
    population_sha256 = population_hash(people)
    tickets = {each.key: _ticket(seed, population_sha256, each.key) for each in people}
    eligible = sorted(
        (each for each in people if each.key not in excluded), key=lambda each: tickets[each.key]
    )
    wanted = _wanted(eligible, size, quotas, must)
    chosen: dict[str, Reason] = {}
    free = Counter(wanted)
    rest = size - sum(wanted.values())

    def take(candidate: Candidate, reason: Reason) -> bool:
        nonlocal rest
        if candidate.key in chosen:
            return False
        if candidate.stratum in wanted:
            if not free[candidate.stratum]:
                return False
            free[candidate.stratum] -= 1
        elif rest:
            rest -= 1
        else:
            return False
        chosen[candidate.key] = reason
        return True

    by_key = {each.key: each for each in eligible}
    for key in must:
        if not take(by_key[key], Reason.MUST):
            name = by_key[key].stratum
            zh, en = f"“{name}”的必抽案卷多于其名额", f"more must-includes than places in {name}"
            raise _not_possible(zh, en)
    if every_group:
        _represent_groups(eligible, chosen, free | {ANY_STRATUM: rest}, take)
    for candidate in eligible:
        take(candidate, Reason.QUOTA if candidate.stratum in wanted else Reason.REST)
    if len(chosen) != size:  # what is left of the places has no case in its strata
        zh, en = "未设名额的类别案卷不足", "too few cases in the strata without a quota"
        raise _not_possible(zh, en)
    return DrawRecord(
        method=METHOD,
        seed=seed,
        size=size,
        population=people,
        population_sha256=population_sha256,
        quotas=None if quotas is None else tuple(sorted(quotas.items())),
        must_include=must,
        excluded=tuple(sorted(excluded.items())),
        every_group=every_group,
        selected=tuple(
            Selected(number, key, by_key[key].stratum, reason, tickets[key])
            for number, (key, reason) in enumerate(chosen.items(), 1)
        ),
    )


def population_hash(population: Iterable[Candidate]) -> str:
    """SHA-256 of a list of cases; their order does not matter."""
    rows = [[each.key, each.stratum, each.group] for each in sorted(population)]
    return _hash(_canonical(rows))


def ticket_of(record: DrawRecord, key: str) -> str:
    """The ticket of a case in a draw: the lot that nobody chose."""
    return _ticket(record.seed, record.population_sha256, key)


def replace_one(record: DrawRecord, key: str, reason: str) -> DrawRecord:
    """Take one selected case out, for a stated reason, and put the next ticket in its place.

    The next ticket of the same stratum comes in. Drawing anew is not offered.

    Raises:
        DrawNotPossible: not selected, no reason, or nobody is left in the stratum.
    """
    if key not in record.keys:
        raise _not_possible(f"案卷 {key} 未被抽中", f"{key} was not drawn")
    if not reason.strip():
        raise _not_possible("更换案卷须说明理由", "a replacement needs a reason")
    gone = {each.out_key for each in record.replacements} | dict(record.excluded).keys()
    out = next(each for each in record.selected if each.key == key)
    waiting = sorted(
        (_ticket(record.seed, record.population_sha256, each.key), each)
        for each in record.population
        if each.stratum == out.stratum and each.key not in gone and each.key not in record.keys
    )
    if not waiting:
        zh, en = f"“{out.stratum}”没有可替补的案卷", f"no case is left in {out.stratum}"
        raise _not_possible(zh, en)
    ticket, new = waiting[0]
    coming = Selected(out.sequence, new.key, new.stratum, Reason.REPLACEMENT, ticket)
    return replace(
        record,
        selected=tuple(coming if each.key == key else each for each in record.selected),
        replacements=(*record.replacements, Replacement(key, reason, new.key)),
    )


def verify(record: DrawRecord) -> bool:
    """Whether repeating the draw from the record's own inputs gives the record's own result."""
    if record.method != METHOD:
        return False
    try:
        again = draw(
            record.population,
            size=record.size,
            seed=record.seed,
            quotas=None if record.quotas is None else dict(record.quotas),
            must_include=record.must_include,
            exclude=dict(record.excluded),
            every_group=record.every_group,
        )
        for each in record.replacements:
            again = replace_one(again, each.out_key, each.reason)
    except DrawNotPossible:
        return False
    return again == record


# --- inside -------------------------------------------------------------------------------------


def _refuse_impossible(
    people: Sequence[Candidate],
    size: int,
    seed: str,
    *,
    must: Collection[str],
    excluded: Mapping[str, str],
) -> None:
    keys = Counter(each.key for each in people)
    doubles = sorted(key for key, count in keys.items() if count > 1)
    unknown = sorted((set(must) | set(excluded)) - set(keys))
    both = sorted(set(must) & set(excluded))
    eligible = len(keys) - len(excluded)
    silent = sorted(key for key, reason in excluded.items() if not reason.strip())
    problems = (
        (not seed.strip(), "未填写随机种子", "no seed"),
        (bool(doubles), f"案卷重复：{_some(doubles)}", f"cases stand twice: {_some(doubles)}"),
        (bool(unknown), f"范围内没有案卷 {_some(unknown)}", f"not in the scope: {_some(unknown)}"),
        (bool(both), f"既必抽又排除：{_some(both)}", f"both in and excluded: {_some(both)}"),
        (bool(silent), f"排除须说明理由：{_some(silent)}", f"no reason to exclude {_some(silent)}"),
        (size < 1, "抽取数量须大于 0", "the number must be above 0"),
        (size > eligible, f"可抽案卷只有 {eligible} 件", f"only {eligible} cases can be drawn"),
        (len(must) > size, f"必抽案卷 {len(must)} 件多于抽取数量", "more must-includes than cases"),
    )
    for is_so, zh, en in problems:
        if is_so:
            raise _not_possible(zh, en)


def _wanted(
    eligible: Sequence[Candidate],
    size: int,
    quotas: Mapping[str, int] | None,
    must: Collection[str],
) -> dict[str, int]:
    """Places per stratum; strata without an entry share the rest."""
    available = Counter(each.stratum for each in eligible)
    if quotas is None:
        return _proportional(eligible, available, size, must)
    for stratum, places in sorted(quotas.items()):
        if places < 0 or places > available[stratum]:
            raise _not_possible(
                f"“{stratum}”只有 {available[stratum]} 件可抽，名额为 {places}",
                f"{stratum} has {available[stratum]} cases for {places} places",
            )
    if sum(quotas.values()) > size:
        zh, en = "各类名额之和超过抽取数量", "the quotas add up to more than the number of cases"
        raise _not_possible(zh, en)
    return dict(quotas)


def _proportional(
    eligible: Sequence[Candidate], available: Counter[str], size: int, must: Collection[str]
) -> dict[str, int]:
    """Largest remainders; a stratum has at least the places that its must-includes need."""
    needed = Counter(each.stratum for each in eligible if each.key in set(must))
    whole = sum(available.values())
    places = {name: max(size * count // whole, needed[name]) for name, count in available.items()}
    by_remainder = sorted(available, key=lambda name: (-(size * available[name] % whole), name))
    while sum(places.values()) < size:
        for name in by_remainder:
            if sum(places.values()) < size and places[name] < available[name]:
                places[name] += 1
    while sum(places.values()) > size:
        # must-includes beyond a stratum's share are taken from the best provided other stratum
        spare = {name: places[name] - needed[name] for name in places}
        most = max(sorted(spare), key=lambda name: spare[name])
        places[most] -= 1
    return places


def _represent_groups(
    eligible: Sequence[Candidate],
    chosen: Mapping[str, Reason],
    free: Mapping[str, int],
    take: Callable[[Candidate, Reason], bool],
) -> None:
    """One case of each group that has nobody yet, groups in the order of their names.

    `free` gives the places of each pool; a candidate's pool is its stratum, or the common one
    where strata share. Groups are matched to pools so that all are represented where possible.
    """
    lowest: dict[str, dict[str, Candidate]] = {}
    for candidate in reversed(eligible):  # the lowest ticket is written last
        pool = candidate.stratum if candidate.stratum in free else ANY_STRATUM
        lowest.setdefault(candidate.group, {})[pool] = candidate
    present = {each.group for each in eligible if each.key in chosen}
    holders: dict[str, list[str]] = {}

    def seat(group: str, tried: set[str]) -> bool:
        own = lowest[group]
        for pool in sorted(own, key=lambda name: eligible.index(own[name])):
            if pool in tried:
                continue
            tried.add(pool)
            sitting = holders.setdefault(pool, [])
            if len(sitting) < free.get(pool, 0):
                sitting.append(group)
                return True
            for other in list(sitting):
                if seat(other, tried):
                    sitting.remove(other)
                    sitting.append(group)
                    return True
        return False

    for group in sorted(lowest):
        if group not in present and not seat(group, set()):
            zh, en = f"名额不足以覆盖“{group}”", f"no place is left to represent {group}"
            raise _not_possible(zh, en)
    pool_of = {group: pool for pool, groups in holders.items() for group in groups}
    for group in sorted(pool_of):
        take(lowest[group][pool_of[group]], Reason.GROUP)


def _ticket(seed: str, population_sha256: str, key: str) -> str:
    return _hash(_canonical([METHOD, seed, population_sha256, key]))


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _pairs(table: Mapping[str, Any], kind: Callable[[Any], T]) -> tuple[tuple[str, T], ...]:
    return tuple(sorted((str(key), kind(value)) for key, value in table.items()))


def _some(keys: Sequence[str]) -> str:
    return "、".join(keys[:5]) + ("…" if len(keys) > 5 else "")


def _not_possible(zh: str, en: str) -> DrawNotPossible:
    return DrawNotPossible(reason=zh, reason_en=en)
