"""The vocabularies of lists, editions, waiver reviews and checks, with their colours."""

from __future__ import annotations

from review.checks.waiver_assessment import Verdict
from review.checks.waiver_conditions import Standing
from review.i18n import N_
from review.ui.format import Term

LIST_KINDS = {
    "waive": Term(N_("No penalty"), "green"),
    "mitigate": Term(N_("Mitigated"), "blue"),
    "lighten": Term(N_("Lighter"), "violet"),
}
LIST_STATES = {
    "draft": Term(N_("Draft"), "orange"),
    "published": Term(N_("Published"), "green"),
    "shipped": Term(N_("Shipped"), "gray"),
}
LIMBS = {
    "must": Term(N_("Must be waived"), "red"),
    "may": Term(N_("Can be waived"), "blue"),
    "unstated": Term(N_("Not told apart"), "gray"),
}
NEEDS = {
    "first": Term(N_("First violation"), "blue"),
    "minor": Term(N_("Minor act"), "violet"),
    "corrected": Term(N_("Corrected in time"), "green"),
    "harmless": Term(N_("No harm"), "orange"),
    "cooperates": Term(N_("Cooperation"), "yellow"),
    "other": Term(N_("For a person to see"), "gray"),
}
STANDINGS: dict[str, Term] = {
    Standing.PROVED: Term(N_("Proved"), "green", "check_circle"),
    Standing.NOT_PROVED: Term(N_("Not proved"), "red", "cancel"),
    Standing.UNKNOWN: Term(N_("Unknown"), "orange", "help"),
}
VERDICTS: dict[str, Term] = {
    Verdict.FINED_MUST_WAIVE: Term(N_("Fined, had to be waived"), "red"),
    Verdict.WAIVED_NOT_ENTITLED: Term(N_("Waived without ground"), "red"),
    Verdict.FINED_MAY_WAIVE: Term(N_("Fined, could be waived"), "orange"),
    Verdict.WAIVED_OPEN: Term(N_("Waived, to be seen"), "yellow"),
    Verdict.FINED_OPEN: Term(N_("Fined, to be seen"), "yellow"),
    Verdict.WAIVED_IN_ORDER: Term(N_("Waived with ground"), "green"),
    Verdict.FINED_IN_ORDER: Term(N_("Fined with ground"), "green"),
    Verdict.NOT_CONCERNED: Term(N_("Not concerned"), "gray"),
}
CHANGE_KINDS = {
    "whole": Term(N_("Edition"), "blue"),
    "added": Term(N_("Added"), "green"),
    "removed": Term(N_("Removed"), "red"),
    "changed": Term(N_("Changed"), "orange"),
}
CHECK_STATES = {
    "used": Term(N_("In use"), "green"),
    "suggested": Term(N_("Trial suggested"), "orange"),
    "trial": Term(N_("On trial"), "violet"),
}
