"""The seed of a draw out of two people's numbers, so that nobody can choose it alone.

The list of cases and the rules of the draw (size, quotas, required and excluded cases) are fixed
first and hashed. Then two people each enter a number. A number is published as a commitment at
once and shown when both are in: who enters second does not know the first, and neither can take
his own back. The seed is the SHA-256 of the hash and both numbers. All of it stands in the record,
so that anybody can repeat it from paper.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from review.errors import BadValue, DrawNotPossible
from review.planning import sampling
from review.planning.sampling import Candidate, DrawRecord

METHOD = "sha256-two-numbers/1"
"""Names the procedure; another procedure gets another name."""

LEAST_DIGITS, MOST_DIGITS = 6, 18


@dataclass(frozen=True)
class FrozenList:
    """The cases that may be drawn and the rules of the draw, as they are before any number is in.

    `population` stands in the order of keys; `quotas` None for shares in proportion.
    """

    population: tuple[Candidate, ...]
    size: int
    quotas: tuple[tuple[str, int], ...] | None = None
    must_include: tuple[str, ...] = ()
    excluded: tuple[tuple[str, str], ...] = ()
    every_group: bool = False

    @cached_property
    def population_sha256(self) -> str:
        """The hash of the list alone."""
        return sampling.population_hash(self.population)

    @cached_property
    def sha256(self) -> str:
        """The hash of list and rules, to which the numbers are bound."""
        return _hash([METHOD, self.population_sha256, *self._rules()])

    def _rules(self) -> tuple[Any, ...]:
        return (
            self.size,
            None if self.quotas is None else [list(each) for each in self.quotas],
            list(self.must_include),
            [list(each) for each in self.excluded],
            self.every_group,
        )

    def draw(self, seed: str) -> DrawRecord:
        """Draw by this seed. Raises DrawNotPossible."""
        return sampling.draw(
            self.population,
            size=self.size,
            seed=seed,
            quotas=None if self.quotas is None else dict(self.quotas),
            must_include=self.must_include,
            exclude=dict(self.excluded),
            every_group=self.every_group,
        )

    def as_json(self) -> dict[str, Any]:
        """The list as JSON values."""
        return {
            "population": [[each.key, each.stratum, each.group] for each in self.population],
            "size": self.size,
            "quotas": None if self.quotas is None else dict(self.quotas),
            "must_include": list(self.must_include),
            "excluded": dict(self.excluded),
            "every_group": self.every_group,
            "sha256": self.sha256,
        }


def frozen(
    population: Sequence[Candidate],
    *,
    size: int,
    quotas: Mapping[str, int] | None = None,
    must_include: Sequence[str] = (),
    exclude: Mapping[str, str] | None = None,
    every_group: bool = False,
) -> FrozenList:
    """Fix list and rules; refuses at once what no seed could draw. Raises DrawNotPossible."""
    made = FrozenList(
        population=tuple(sorted(population)),
        size=size,
        quotas=None if quotas is None else tuple(sorted(quotas.items())),
        must_include=tuple(sorted(set(must_include))),
        excluded=tuple(sorted((exclude or {}).items())),
        every_group=every_group,
    )
    made.draw("trial")  # whether a draw is possible does not depend on the seed
    return made


def frozen_from_json(raw: Mapping[str, Any]) -> FrozenList:
    """The list from `as_json`. Raises DrawNotPossible where it is damaged."""
    try:
        quotas = raw["quotas"]
        return FrozenList(
            population=tuple(Candidate(*map(str, each)) for each in raw["population"]),
            size=int(raw["size"]),
            quotas=None
            if quotas is None
            else tuple(sorted((k, int(n)) for k, n in quotas.items())),
            must_include=tuple(map(str, raw["must_include"])),
            excluded=tuple(sorted((str(k), str(why)) for k, why in raw["excluded"].items())),
            every_group=bool(raw["every_group"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise DrawNotPossible(
            reason="冻结的名单已损坏", reason_en="the frozen list is damaged"
        ) from problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's number, with the commitment that stood before it was shown."""

    place: int
    person: str
    number: str
    salt: str
    commitment: str
    entered_at: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that nobody chose the seed: the hash that was fixed first, and both numbers."""

    frozen_sha256: str
    entries: tuple[Entry, ...]

    def as_json(self) -> dict[str, Any]:
        """The proof as JSON values."""
        return {
            "method": METHOD,
            "frozen_sha256": self.frozen_sha256,
            "entries": [
                [each.place, each.person, each.number, each.salt, each.commitment, each.entered_at]
                for each in self.entries
            ],
        }


def proof_from_json(raw: Mapping[str, Any]) -> Proof:
    """The proof from `as_json`. Raises DrawNotPossible where it is damaged."""
    try:
        return Proof(
            frozen_sha256=str(raw["frozen_sha256"]),
            entries=tuple(
                Entry(int(place), *(str(each) for each in rest)) for place, *rest in raw["entries"]
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise DrawNotPossible(
            reason="抽取记录已损坏", reason_en="the record of the draw is damaged"
        ) from problem


def checked_number(text: str) -> str:
    """A person's number: 6 to 18 digits, full-width ones made plain. Raises BadValue."""
    number = unicodedata.normalize("NFKC", text).strip()
    if not (number.isascii() and number.isdigit() and LEAST_DIGITS <= len(number) <= MOST_DIGITS):
        raise BadValue(
            field="数字",
            field_en="number",
            value="…",
            reason=f"应为 {LEAST_DIGITS} 至 {MOST_DIGITS} 位数字",
            reason_en=f"{LEAST_DIGITS} to {MOST_DIGITS} digits are needed",
        )
    return number


def commitment(frozen_sha256: str, place: int, number: str, salt: str) -> str:
    """What is published of a number at once; the salt keeps it from being guessed."""
    return _hash([METHOD, frozen_sha256, place, number, salt])


def seed_of(frozen_sha256: str, numbers: Sequence[str]) -> str:
    """The seed: the SHA-256 of the frozen hash and the numbers in the order of their places."""
    return _hash([METHOD, frozen_sha256, *numbers])


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold of a record, in both languages."""

    key: str
    zh: str
    en: str


LIST = Fault("list", "案卷名单与冻结时的哈希值不符", "the list is not the one that was frozen")
RULES = Fault(
    "rules",
    "抽取规则（数量、名额、必抽或者排除）与冻结时不符",
    "size, quotas, required or excluded cases are not those that were frozen",
)
NUMBER = Fault("number", "数字与其承诺值不符", "a number does not fit its commitment")
PEOPLE = Fault("people", "两个数字不是由两人填写", "the two numbers are not of two people")
SEED = Fault("seed", "种子不是由两个数字得出", "the seed does not follow from the two numbers")
RESULT = Fault("result", "重新抽取的结果与记录不同", "drawing again gives another result")


def faults(record: DrawRecord, proof: Proof | None) -> tuple[Fault, ...]:
    """What does not hold of a record; nothing where it is sound.

    Without a proof (draws made before two numbers were asked for) only the draw is repeated.
    """
    found: list[Fault] = []
    if sampling.population_hash(record.population) != record.population_sha256:
        found.append(LIST)
    if proof is not None:
        found.extend(_faults_of(record, proof, is_list_sound=not found))
    if not sampling.verify(record):
        found.append(RESULT)
    return tuple(found)


def _faults_of(record: DrawRecord, proof: Proof, *, is_list_sound: bool) -> list[Fault]:
    found: list[Fault] = []
    rules = FrozenList(
        record.population,
        record.size,
        record.quotas,
        record.must_include,
        record.excluded,
        record.every_group,
    )
    if rules.sha256 != proof.frozen_sha256 and is_list_sound:
        found.append(RULES)
    if [each.place for each in proof.entries] != [1, 2] or (
        len({each.person for each in proof.entries}) != len(proof.entries)
    ):
        found.append(PEOPLE)
    if any(
        commitment(proof.frozen_sha256, each.place, each.number, each.salt) != each.commitment
        for each in proof.entries
    ):
        found.append(NUMBER)
    numbers = [each.number for each in proof.entries]
    if seed_of(proof.frozen_sha256, numbers) != record.seed:
        found.append(SEED)
    return found


def _hash(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode("utf-8")).hexdigest()
