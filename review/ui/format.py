"""How values are written for people: dates, money, states, facts; and words made safe to draw.

Everything here returns text in the language in force. Missing values are a dash, never None.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from review.common.clock import local
from review.facts.names import BY_NAME
from review.i18n import N_, _, chosen

MISSING = "—"
Colour = Literal["red", "orange", "yellow", "blue", "green", "violet", "gray"]

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=@&])")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a stored vocabulary: its msgid, its colour, and an icon where one helps."""

    text: str
    colour: Colour = "gray"
    icon: str = ""


ROLES = {
    "reviewer": Term(N_("Reviewer"), "blue"),
    "expert": Term(N_("Expert"), "violet"),
    "regulations": Term(N_("Regulations section"), "green"),
    "unit": Term(N_("Reviewed unit"), "orange"),
    "leader": Term(N_("Leader"), "gray"),
    "administrator": Term(N_("Administrator"), "gray"),
}
PROCEDURES = {
    "ordinary": Term(N_("Ordinary"), "blue"),
    "summary": Term(N_("Summary"), "gray"),
    "hearing": Term(N_("Hearing"), "violet"),
    "waived": Term(N_("Waived"), "green"),
    "": Term(N_("Not stated"), "gray"),
}
CASE_KINDS = {
    "penalty": Term(N_("Administrative penalty")),
    "permit": Term(N_("Administrative permit")),
    "compulsory": Term(N_("Compulsory measure")),
    "inspection": Term(N_("Inspection")),
}
READING_STATES = {
    "none": Term(N_("No files"), "gray"),
    "read": Term(N_("Read"), "green"),
    "partly": Term(N_("Partly read"), "orange"),
}
FILE_STATES = {
    "read": Term(N_("Read"), "green", "check_circle"),
    "partly read": Term(N_("Partly read"), "orange", "error"),
    "refused": Term(N_("Refused"), "red", "cancel"),
}
IMPORT_STATES = {
    "waiting": Term(N_("Waiting"), "gray"),
    "running": Term(N_("In progress"), "blue"),
    "done": Term(N_("Done"), "green"),
    "partly": Term(N_("Needs attention"), "orange"),
    "refused": Term(N_("Refused"), "red"),
    "cancelling": Term(N_("Being cancelled"), "gray"),
    "cancelled": Term(N_("Was cancelled"), "gray"),
}
IMPORT_STAGES = {
    "": Term(N_("Queued")),
    "unpacking": Term(N_("Unpacking")),
    "reading": Term(N_("Reading pages")),
    "writing": Term(N_("Splitting and extracting facts")),
    "checking": Term(N_("Machine checks")),
}
SEVERITIES = {
    "veto": Term(N_("Severe"), "red"),
    "major": Term(N_("Major"), "orange"),
    "minor": Term(N_("Minor"), "yellow"),
    "hint": Term(N_("Hint"), "gray"),
}
OUTCOMES = {
    "fail": Term(N_("Problem found"), "red", "cancel"),
    "unknown": Term(N_("Cannot be decided"), "orange", "help"),
    "pass": Term(N_("In order"), "green", "check_circle"),
    "not_applicable": Term(N_("Not applicable"), "gray", "block"),
}
LIMIT_STATES = {
    "ok": Term(N_("In time"), "green"),
    "late": Term(N_("Late"), "red"),
    "unknown": Term(N_("Unknown"), "orange"),
    "": Term(N_("No limit"), "gray"),
}
SHEET_STATES = {
    "none": Term(N_("Not begun"), "gray"),
    "open": Term(N_("Being scored"), "blue"),
    "submitted": Term(N_("Submitted"), "green"),
    "withdrawn": Term(N_("Withdrawn"), "gray"),
}
ROUND_KINDS = {
    "review": Term(N_("Regular review")),
    "spot_check": Term(N_("Spot check")),
    "topic": Term(N_("Topic review")),
    "unannounced": Term(N_("Unannounced inspection")),
    "on_site": Term(N_("Review on site")),
}
ROUND_STATES = {
    "planned": Term(N_("Planned"), "gray"),
    "notified": Term(N_("Notice issued"), "gray"),
    "frozen": Term(N_("List frozen"), "violet"),
    "drawn": Term(N_("Drawn"), "violet"),
    "scoring": Term(N_("First review"), "blue"),
    "deliberating": Term(N_("Deliberation"), "blue"),
    "confirming": Term(N_("Confirming findings"), "orange"),
    "objecting": Term(N_("Open to objections"), "orange"),
    "published": Term(N_("Published"), "green"),
    "rectifying": Term(N_("Rectifying"), "yellow"),
    "closed": Term(N_("Archived"), "green"),
}
ROUND_STEPS = {
    "notice": Term(N_("Notice")),
    "self_review": Term(N_("Self-review")),
    "list": Term(N_("Frozen list")),
    "draw": Term(N_("Draw")),
    "groups": Term(N_("Groups")),
    "hand_over": Term(N_("Hand-over")),
    "first_review": Term(N_("First review")),
    "panel": Term(N_("Panel")),
    "feedback": Term(N_("Feedback")),
    "bulletin": Term(N_("Bulletin")),
    "rectification": Term(N_("Rectification")),
    "archive": Term(N_("Archive")),
}
STEP_STATES = {
    "done": Term(N_("Done"), "green"),
    "now": Term(N_("Now"), "blue"),
    "open": Term(N_("Open"), "gray"),
}
COMMON_STATES = {
    "open": Term(N_("To be settled"), "orange"),
    "settled": Term(N_("Settled"), "green"),
}
REPLACEMENT_STATES = {
    "asked": Term(N_("Waits for approval"), "orange"),
    "approved": Term(N_("Approved"), "green"),
    "refused": Term(N_("Refused"), "gray"),
}
MEASURES = {
    "reviews": Term(N_("Case-file reviews")),
    "random_checks": Term(N_("Random checks")),
    "training": Term(N_("Training")),
    "examinations": Term(N_("Examinations")),
    "other": Term(N_("Other")),
}
STANDINGS = {
    "reached": Term(N_("Goal reached"), "green"),
    "on_the_way": Term(N_("On the way"), "blue"),
    "behind": Term(N_("Behind"), "orange"),
    "missed": Term(N_("Missed"), "red"),
    "given_up": Term(N_("Given up"), "gray"),
}
FINDING_STATES = {
    "proposed": Term(N_("To be confirmed"), "orange"),
    "confirmed": Term(N_("Confirmed"), "red"),
    "dismissed": Term(N_("Dismissed"), "gray"),
}
OBJECTION_STATES = {
    "raised": Term(N_("Objection to decide"), "orange"),
    "upheld": Term(N_("Upheld"), "green"),
    "rejected": Term(N_("Not upheld"), "gray"),
    "withdrawn": Term(N_("Withdrawn"), "gray"),
}
INSTANCES = {
    "reconsideration": Term(N_("Reconsideration"), "violet"),
    "first": Term(N_("First instance"), "blue"),
    "second": Term(N_("Second instance"), "blue"),
    "retrial": Term(N_("Retrial"), "blue"),
}
CHALLENGE_OUTCOMES = {
    "": Term(N_("Pending outcome"), "gray"),
    "upheld": Term(N_("Decision upheld"), "green"),
    "dismissed": Term(N_("Claim dismissed"), "green"),
    "revoked": Term(N_("Revoked"), "red"),
    "partly_revoked": Term(N_("Partly revoked"), "red"),
    "altered": Term(N_("Altered"), "orange"),
    "unlawful": Term(N_("Held unlawful"), "red"),
    "void": Term(N_("Held void"), "red"),
    "ordered": Term(N_("Ordered to act"), "orange"),
    "withdrawn": Term(N_("Withdrawn by the claimant"), "gray"),
    "mediated": Term(N_("Mediated"), "gray"),
    "ended": Term(N_("Ended"), "gray"),
    "not_accepted": Term(N_("Not accepted"), "gray"),
}
REVIEW_STANDINGS = {
    "seen": Term(N_("Found the point"), "green"),
    "other": Term(N_("Found other problems"), "red"),
    "not_linked": Term(N_("Grounds not linked"), "orange"),
    "passed": Term(N_("Found nothing"), "red"),
    "later": Term(N_("Reviewed only afterwards"), "gray"),
    "not_reviewed": Term(N_("Not reviewed"), "gray"),
}
CREDIT_CLASSES = {
    "serious": Term(N_("Serious"), "red"),
    "general": Term(N_("General"), "orange"),
    "minor": Term(N_("Minor credit fault"), "yellow"),
    "none": Term(N_("Not displayed"), "gray"),
}
CREDIT_STATES = {
    "due": Term(N_("Reminder due"), "orange"),
    "waiting": Term(N_("Least time not over"), "blue"),
    "missing": Term(N_("Something is missing"), "red"),
    "over": Term(N_("Display is over"), "gray"),
    "not_displayed": Term(N_("Not displayed"), "gray"),
    "excluded": Term(N_("Repair excluded"), "gray"),
    "reminded": Term(N_("Reminded"), "green"),
}
ITEM_STATES = {
    "to_do": Term(N_("Pending"), "gray"),
    "in_work": Term(N_("Being rectified"), "blue"),
    "submitted": Term(N_("Submitted"), "violet"),
    "closed": Term(N_("Closed off"), "green"),
    "sent_back": Term(N_("Sent back"), "orange"),
    "overdue": Term(N_("Overdue"), "red"),
}
ACCOUNT_STATES = {
    "active": Term(N_("Active"), "green"),
    "first": Term(N_("First password"), "orange"),
    "disabled": Term(N_("Disabled"), "gray"),
}


def word(vocabulary: dict[str, Term], value: object) -> str:
    """The word for a stored value; the value itself where the vocabulary does not have it."""
    term = vocabulary.get(str(value or ""))
    return _(term.text) if term else str(value or MISSING)


def badge(vocabulary: dict[str, Term], value: object) -> str:
    """A coloured badge for a stored value, as Markdown."""
    term = vocabulary.get(str(value or ""))
    colour = term.colour if term else "gray"
    icon = f":material/{term.icon}: " if term and term.icon else ""
    return f":{colour}-badge[{icon}{plain(word(vocabulary, value))}]"


def plain(text: object) -> str:
    """Text of data made literal for a place where Markdown is drawn (no image, link or style)."""
    return _MARKDOWN.sub(r"\\\1", str(text if text not in (None, "") else MISSING)).replace(
        "\n", "  \n"
    )


def day(value: date | None) -> str:
    """YYYY-MM-DD."""
    return value.isoformat() if value else MISSING


def moment(value: datetime | None) -> str:
    """YYYY-MM-DD HH:MM in Shanghai time."""
    return local(value).strftime("%Y-%m-%d %H:%M") if value else MISSING


def number(value: Decimal | float | None, places: int = 2) -> str:
    """A number with thousands separators and at most `places` decimals, no trailing zeros."""
    if value is None:
        return MISSING
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal | None) -> str:
    """Yuan with thousands separators; fen only where there are any."""
    if value is None:
        return MISSING
    whole = value == value.to_integral_value()
    return f"{value:,.0f}" if whole else f"{value:,.2f}"


def size(count: int) -> str:
    """Bytes in the largest fitting unit."""
    amount, units = float(count), ("B", "KB", "MB", "GB")
    for unit in units[:-1]:
        if amount < 1024:
            return f"{amount:.0f} {unit}"
        amount /= 1024
    return f"{amount:.1f} {units[-1]}"


def fact_label(name: str) -> str:
    """What a fact name means."""
    known = BY_NAME.get(name)
    return chosen(known.zh, known.en) if known else name


def fact_value(name: str, value: str) -> str:
    """A fact in its published normal form, written for people."""
    known = BY_NAME.get(name)
    kind = known.type if known else "text"
    if value in ("", None):
        return MISSING
    if name == "procedure":
        return word(PROCEDURES, value)
    if name == "party_type":
        return word(PARTY_TYPES, value)
    if kind == "bool":
        return _("Yes") if value in ("true", "True", "1") else _("No")
    if kind == "money":
        unit = "" if name.endswith("_m") else _(" yuan")
        return f"{number(Decimal(value))}{unit}"
    if kind in ("officers", "names", "ints", "index"):
        return _listed(value)
    if kind == "datetime":
        return value.replace("T", " ")
    return value


PARTY_TYPES = {
    "citizen": Term(N_("Citizen")),
    "organization": Term(N_("Organization")),
    "individual_business": Term(N_("Individual business")),
}


def _listed(value: str) -> str:
    try:
        entries = json.loads(value)
    except ValueError:
        return value
    if not isinstance(entries, list):
        return value
    return _(", ").join(_entry(entry) for entry in entries) or MISSING


def _entry(entry: object) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    if "name" in entry:
        number = entry.get("cert_no")
        return f"{entry['name']} ({number})" if number else str(entry["name"])
    pages = [str(entry[key]) for key in ("page_from", "page_to") if entry.get(key)]
    return f"{entry.get('title', '')} {'–'.join(dict.fromkeys(pages))}".strip()
