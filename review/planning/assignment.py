"""Who reviews which case: balanced, by lot, and never one's own.

Recusal by analogy to art. 43 of the penalty law: not the own unit or squad, no part in the case, no
declared conflict. The lot is the hash of the seed, so that the same input gives the same seats.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from review.errors import DrawNotPossible

SEATS = ("A", "B")
PANEL_SEAT = "P"
"""First reviewers have letters; seats of experts are P and a number."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """A person who may be given cases. `conflicts` are declared: case keys or names of persons.

    `specialities` are words that stand in the cause of cases the person knows well; `other_load`
    counts the seats he has in other rounds; `lacks_certificate` bars him from every case.
    """

    id: int
    name: str
    unit_id: int | None = None
    squad: str = ""
    conflicts: frozenset[str] = frozenset()
    specialities: frozenset[str] = frozenset()
    other_load: int = 0
    lacks_certificate: bool = False


@dataclass(frozen=True, slots=True)
class DrawnCase:
    """What recusal needs to know of a case.

    `people` are the names of officers, approvers and legal reviewers; `parties` of the party and
    its representatives; `earlier` the ids of scorers who scored it in another round. `subject` is
    the text in which specialities are looked for.
    """

    key: str
    unit_id: int | None = None
    squad: str = ""
    people: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    earlier: frozenset[int] = frozenset()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Recusal:
    """Why a scorer may not have a case, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One scorer for one case; `seat` is A or B."""

    case_key: str
    seat: str
    scorer_id: int


@dataclass(frozen=True, slots=True)
class Unseated:
    """A seat that nobody may take, with each scorer's recusal."""

    case_key: str
    seat: str
    recusals: tuple[tuple[int, Recusal], ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The seats given, in the order of cases and seats, and those that stay empty."""

    seats: tuple[Seat, ...]
    unseated: tuple[Unseated, ...]

    @property
    def loads(self) -> Mapping[int, int]:
        """Number of seats of each scorer who has any."""
        return Counter(seat.scorer_id for seat in self.seats)


def recusal(scorer: Scorer, case: DrawnCase) -> Recusal | None:
    """Why this scorer is recused from this case; None: may review it.

    Names are compared without spaces and middle dots. Two people of the same name are blocked as
    well: a person can settle that by hand, a missed recusal cannot be undone.
    """
    if scorer.lacks_certificate:
        return Recusal("未登记执法证件", "no enforcement certificate is registered")
    if scorer.id in case.earlier:
        return Recusal("本人在其他轮次评查过该案", "the scorer reviewed the case in another round")
    if scorer.unit_id is not None and scorer.unit_id == case.unit_id:
        return Recusal("案卷属于本人所在单位", "the case is of the scorer's own unit")
    is_unit_open = scorer.unit_id is None or case.unit_id is None  # squads of two units share names
    if scorer.squad and scorer.squad == case.squad and is_unit_open:
        return Recusal("案卷属于本人所在中队", "the case is of the scorer's own squad")
    name = normal_name(scorer.name)
    if name in {normal_name(each) for each in case.people}:
        return Recusal("本人承办、审批或者审核过该案", "the scorer took part in the case")
    parties = {normal_name(each) for each in case.parties}
    if name in parties:
        return Recusal("本人是该案当事人", "the scorer is a party of the case")
    declared = {normal_name(each) for each in scorer.conflicts}
    involved = parties | {normal_name(each) for each in case.people} | {normal_name(case.key)}
    if declared & involved:
        return Recusal("本人已申报利害关系", "the scorer declared a conflict")
    return None


def assign(
    cases: Iterable[DrawnCase],
    scorers: Iterable[Scorer],
    *,
    seed: str,
    seats: Sequence[str] = SEATS,
    kept: Collection[Seat] = (),
    places: Collection[tuple[str, str]] | None = None,
) -> Assignment:
    """Give every case its scorers, as evenly as recusal allows.

    Args:
        cases: the drawn cases.
        scorers: who takes part.
        seed: any text, kept by the caller; the same input and seed give the same seats.
        seats: names of the seats of a case; one name for single review.
        kept: seats that stay as they are (work has begun); they count as load.
        places: pairs of case and seat to fill and no others; None for all seats of all cases.

    Raises:
        DrawNotPossible: no case, no scorer, or no seat.
    """
    by_key = {case.key: case for case in cases}
    by_id = {scorer.id: scorer for scorer in scorers}
    if not by_key or not by_id or not seats:
        zh, en = (
            "没有案卷、评查人员或者席位可供分配",
            "there are no cases, scorers or seats to assign",
        )
        raise DrawNotPossible(reason=zh, reason_en=en)
    barred = {
        key: {each.id: why for each in by_id.values() if (why := recusal(each, case)) is not None}
        for key, case in by_key.items()
    }
    fits = {
        (key, each.id)
        for key, case in by_key.items()
        for each in by_id.values()
        if any(word in case.subject for word in each.specialities)
    }
    table = _Table(
        barred=barred,
        scorers=tuple(sorted(by_id)),
        seed=seed,
        fits=fits,
        other_load={each.id: each.other_load for each in by_id.values()},
    )
    fixed = {(seat.case_key, seat.seat): seat.scorer_id for seat in kept}
    for (key, seat), scorer_id in sorted(fixed.items()):
        table.give(key, seat, scorer_id)
    empty: list[Unseated] = []
    wanted = [(key, seat) for key in by_key for seat in seats] if places is None else sorted(places)
    open_seats = [place for place in wanted if place not in fixed]
    # the cases with the fewest possible scorers choose first
    open_seats.sort(key=lambda each: (len(by_id) - len(barred[each[0]]), each[1], table.lot(*each)))
    for key, seat in open_seats:
        best = table.best(key, seat)
        if best is None:
            empty.append(Unseated(key, seat, tuple(sorted(barred[key].items()))))
        else:
            table.give(key, seat, best)
    table.even_out(fixed.keys())
    return Assignment(
        seats=tuple(Seat(*place, scorer_id) for place, scorer_id in sorted(table.taken.items())),
        unseated=tuple(sorted(empty, key=lambda each: (each.case_key, each.seat))),
    )


def normal_name(name: str) -> str:
    """A name without what papers write differently: spaces of any width and middle dots."""
    return "".join(ch for ch in name if not ch.isspace() and ch not in "·•・.").casefold()


class _Table:
    """Seats while they are being given."""

    def __init__(
        self,
        *,
        barred: Mapping[str, Mapping[int, Recusal]],
        scorers: tuple[int, ...],
        seed: str,
        fits: Collection[tuple[str, int]] = (),
        other_load: Mapping[int, int] | None = None,
    ) -> None:
        self.fits = fits
        self.other_load = other_load or {}
        self.barred = barred
        self.scorers = scorers
        self.seed = seed
        self.taken: dict[tuple[str, str], int] = {}
        self.load: Counter[int] = Counter()
        self.of_seat: Counter[tuple[int, str]] = Counter()
        self.at_case: dict[str, set[int]] = {}
        self.pairs: Counter[frozenset[int]] = Counter()

    def lot(self, key: str, seat: str, scorer_id: int | None = None) -> str:
        """The lot of a place, or of a scorer for it."""
        text = f"{self.seed}\n{key}\n{seat}\n{scorer_id}"
        return sha256(text.encode("utf-8")).hexdigest()

    def may(self, key: str, scorer_id: int) -> bool:
        return scorer_id not in self.barred.get(key, {}) and scorer_id not in self.at_case.get(
            key, set()
        )

    def best(self, key: str, seat: str) -> int | None:
        """The least loaded who may; then by subject and by what he has to do elsewhere.

        Then who had this seat and this partner least; then the lot.
        """

        def order(scorer_id: int) -> tuple[int, bool, int, int, int, str]:
            together = sum(
                self.pairs[frozenset({scorer_id, other})] for other in self.at_case.get(key, ())
            )
            return (
                self.load[scorer_id],
                (key, scorer_id) not in self.fits,
                self.other_load.get(scorer_id, 0),
                self.of_seat[scorer_id, seat],
                together,
                self.lot(key, seat, scorer_id),
            )

        return min((each for each in self.scorers if self.may(key, each)), key=order, default=None)

    def give(self, key: str, seat: str, scorer_id: int) -> None:
        others = self.at_case.setdefault(key, set())
        for other in others:
            self.pairs[frozenset({scorer_id, other})] += 1
        others.add(scorer_id)
        self.taken[key, seat] = scorer_id
        self.load[scorer_id] += 1
        self.of_seat[scorer_id, seat] += 1

    def take_back(self, key: str, seat: str) -> None:
        scorer_id = self.taken.pop((key, seat))
        self.at_case[key].discard(scorer_id)
        for other in self.at_case[key]:
            self.pairs[frozenset({scorer_id, other})] -= 1
        self.load[scorer_id] -= 1
        self.of_seat[scorer_id, seat] -= 1

    def even_out(self, fixed: Collection[tuple[str, str]]) -> None:
        """Pass seats along from the most to the least loaded while the gap is two or more."""
        while (chain := self._chain(fixed)) is not None:
            for (key, seat), receiver in reversed(chain):
                self.take_back(key, seat)
                self.give(key, seat, receiver)

    def _chain(
        self, fixed: Collection[tuple[str, str]]
    ) -> list[tuple[tuple[str, str], int]] | None:
        """Moves that bring one seat from somebody to somebody with two fewer, by breadth."""
        for giver in sorted(self.scorers, key=lambda each: (-self.load[each], each)):
            came_by: dict[int, tuple[int, tuple[str, str]] | None] = {giver: None}
            queue = deque([giver])
            while queue:
                current = queue.popleft()
                if self.load[current] <= self.load[giver] - 2:
                    return self._path(came_by, current)
                for place, holder in sorted(self.taken.items()):
                    if holder != current or place in fixed:
                        continue
                    for receiver in self.scorers:
                        if receiver not in came_by and self.may(place[0], receiver):
                            came_by[receiver] = (current, place)
                            queue.append(receiver)
        return None

    @staticmethod
    def _path(
        came_by: Mapping[int, tuple[int, tuple[str, str]] | None], end: int
    ) -> list[tuple[tuple[str, str], int]]:
        path: list[tuple[tuple[str, str], int]] = []
        step = came_by[end]
        while step is not None:
            giver, place = step
            path.append((place, end))
            end, step = giver, came_by[giver]
        return path[::-1]
