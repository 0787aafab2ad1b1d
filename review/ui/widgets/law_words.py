"""Values, units and fines of the law in words."""

from __future__ import annotations

from decimal import Decimal

from review.checks.catalogue import by_id
from review.i18n import N_, _, chosen
from review.law.fines import Band, Fine, GainsFine, RangeFine, ShareFine, SizeFine
from review.law.parameter import Scale, Value
from review.services.rules.editions import Words
from review.ui.format import MISSING, Term, money, word

CONFIRMED = {
    "yes": Term(N_("Confirmed"), "green"),
    "no": Term(N_("Not confirmed"), "orange"),
    "text": Term(N_("Text held"), "blue"),
    "none": Term(N_("No text held"), "gray"),
}
STATES = {
    "in_force": Term(N_("In force"), "green"),
    "ended": Term(N_("No longer in force"), "red"),
    "later": Term(N_("Held for later days only"), "orange"),
}
CHANGES = {
    "cancelled": Term(N_("Cancelled"), "red"),
    "lowered": Term(N_("Lowered"), "orange"),
}
"""What the version of the day did to the fine before it."""
UNITS = {
    "days": Term(N_("days")),
    "working days": Term(N_("working days")),
    "months": Term(N_("months")),
    "years": Term(N_("years")),
    "yuan": Term(N_("yuan")),
    "persons": Term(N_("persons")),
    "per cent": Term(N_("per cent")),
    "kilograms": Term(N_("kilograms")),
    "metres": Term(N_("metres")),
    "choice": Term(""),
    "truth": Term(""),
}
NAMES = {
    "citizen": Term(N_("Citizen")),
    "organization": Term(N_("Organization")),
    "individual_business": Term(N_("Individual business")),
    "notice": Term(N_("Notice (article)")),
    "defence": Term(N_("Defence (article)")),
    "hearing": Term(N_("Hearing (article)")),
    "serious": Term(N_("Serious")),
    "general": Term(N_("General")),
    "minor": Term(N_("Minor credit fault")),
    "2": Term(N_("2 axles")),
    "3 truck": Term(N_("3 axles, truck")),
    "3 train": Term(N_("3 axles, train")),
    "4 truck": Term(N_("4 axles, truck")),
    "4 train": Term(N_("4 axles, train")),
    "5": Term(N_("5 axles")),
    "6": Term(N_("6 axles or more")),
    "6 single drive": Term(N_("6 axles or more, single drive axle")),
}
CHOICES = {
    "citizen": Term(N_("Citizen")),
    "organization": Term(N_("Organization")),
    "government": Term(N_("The government of the same level")),
    "government or superior department": Term(
        N_("The government of the same level, or the superior department")
    ),
    "floor": Term(N_("Full steps only")),
    "proportional": Term(N_("In proportion")),
}
"""Words that values of the kind "choice" take."""


def text(words: Words | None) -> str:
    """A text of the law data in the language in force."""
    return "" if words is None else chosen(words.zh, words.en)


def check_names(ids: tuple[str, ...]) -> str:
    """Checks by id and title, one a line of a sentence."""
    found = [(each, by_id(each)) for each in ids]
    return _("; ").join(
        f"{each} {chosen(check.title.zh, check.title.en)}" for each, check in found if check
    )


def one(value: Value, unit: str) -> str:
    """One value with its unit."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str):
        return word(CHOICES, value) if value in CHOICES else value
    figure = money(Decimal(value)) if unit == "yuan" else str(value)
    return f"{figure} {word(UNITS, unit)}".strip()


def value_words(value: Value | Scale, unit: str) -> str:
    """A value, or all values of a scale, with the unit."""
    if not isinstance(value, tuple):
        return one(value, unit)
    return _("; ").join(f"{word(NAMES, name)} {one(each, unit)}" for name, each in value)


def fine_words(fine: Fine) -> str:
    """What a version threatens, in one line."""
    match fine:
        case RangeFine():
            return _range(fine)
        case GainsFine():
            return _(
                "from {threshold} yuan of gains {least} to {most} times them; below {band}",
                threshold=money(fine.threshold),
                least=fine.times_min,
                most=fine.times_max,
                band=_band(fine.below),
            )
        case ShareFine():
            return _("{least} to {most} per cent of the price", least=fine.min, most=fine.max)
        case SizeFine():
            return _("; ").join(_band(step.fine) for step in fine.steps)
    simple = {
        "overload": _("by the mass over the limit, see the numbers"),
        "none": _("not punished"),
        "unknown": _("amounts not held"),
    }
    return simple.get(fine.kind, MISSING)


def _range(fine: RangeFine) -> str:
    if fine.by_party:
        parts = [f"{word(NAMES, name)} {_band(band)}" for name, band in fine.by_party.items()]
    else:
        parts = [_band(Band(min=fine.min, max=fine.max))]
    if fine.warning:
        parts.insert(0, _("warning"))
    if fine.serious is not None:
        when = _("after refusal") if fine.escalation == "refusal" else _("if serious")
        parts.append(f"{when} {_band(fine.serious)}")
    if fine.after_refusal:
        parts.append(_("only after refusal"))
    return _("; ").join(parts)


def _band(band: Band) -> str:
    if band.max is None:
        return _("from {least} yuan", least=money(band.min))
    if not band.min:
        return _("up to {most} yuan", most=money(band.max))
    return _("{least} to {most} yuan", least=money(band.min), most=money(band.max))
