"""What a case file says about the things on which a fine depends."""

from __future__ import annotations

from review.checks.check import Procedure
from review.checks.values import count, day, says, words, yuan
from review.facts.model import CaseFacts
from review.law.fines import Cause, Circumstances
from review.law.in_force import LawInForce

FINED = frozenset({Procedure.ORDINARY, Procedure.HEARING, Procedure.SUMMARY})


def circumstances(case: CaseFacts) -> Circumstances:
    """What the file says about the things on which a range depends."""
    serious = says(case.get("serious_stated")) or any(
        says(fact) for _, fact in case.every("serious_stated")
    )
    return Circumstances(
        act_on=day(case.get("act_on")),
        decided_on=day(case.get("decided_on")),
        party_type=words(case.get("party_type")),
        gains_yuan=yuan(case.get("gains_yuan")),
        is_serious=bool(serious),
        over_kg=over_kg(case),
        height_m=yuan(case.get("height_m")),
        width_m=yuan(case.get("width_m")),
        length_m=yuan(case.get("length_m")),
        contract_price_yuan=yuan(case.get("contract_price_yuan")),
    )


def over_kg(case: CaseFacts) -> int | None:
    """Kilograms over the limit: as stated, or weighed less the limit stated."""
    stated = count(case.get("over_kg"))
    if stated is not None:
        return stated
    weighed, limit = count(case.get("weighed_kg")), count(case.get("limit_kg"))
    return None if weighed is None or limit is None else weighed - limit


def cause_of(case: CaseFacts, law: LawInForce) -> Cause | None:
    """The held cause of the case, or None."""
    text = words(case.get("cause"))
    return law.cause(text) if text else None
