"""The menu: every page with its section and the roles that may open it.

A script lies in `pages/<section>/<name>.py`; this table is the only place that lists it, and a
test keeps table and files equal. Services ask again: the table decides what is offered, not what
is permitted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st

from review.db.accounts import Role
from review.i18n import N_, _
from review.services.access import Actor

ROOT = Path(__file__).parents[2]

EVERYBODY = frozenset(Role)
SCORERS = frozenset({Role.REVIEWER, Role.EXPERT})
SUPERVISORS = frozenset({Role.REGULATIONS, Role.LEADER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page. `script` is its path below `pages/` without the ending; `title` a msgid.

    A hidden page needs an id in its address and is opened from a table, not from the menu.
    """

    script: str
    title: str
    section: str
    icon: str
    roles: frozenset[Role]
    is_hidden: bool = False

    @property
    def url(self) -> str:
        """The path in the address."""
        return self.script.rsplit("/", 1)[-1]

    def is_open_to(self, actor: Actor) -> bool:
        """Whether the actor's role is offered this page."""
        return actor.role in self.roles


WORK, FILES, REVIEW, SUPERVISION, RULES, SYSTEM = (
    N_("Workbench"),
    N_("Case files"),
    N_("Scoring"),
    N_("Supervision"),
    N_("Rules and data"),
    N_("System"),
)
READERS = SCORERS | SUPERVISORS
RULE_READERS = READERS | ADMINISTRATOR
REGULATIONS = frozenset({Role.REGULATIONS})

# In the order of the work: a file comes in, is reviewed, and what was found is followed up.
PAGES: tuple[PageSpec, ...] = (
    PageSpec("work/my_work", N_("My work"), WORK, "inbox", EVERYBODY),
    PageSpec("overview/dashboards", N_("Dashboards"), WORK, "insights", SUPERVISORS),
    PageSpec("cases/ledger", N_("Case ledger"), FILES, "table_rows", SUPERVISORS),
    PageSpec("cases/import_files", N_("Import files"), FILES, "upload_file", REGULATIONS),
    PageSpec("cases/search", N_("Full-text search"), FILES, "search", READERS),
    PageSpec("cases/case", N_("Case file"), FILES, "folder_open", READERS, is_hidden=True),
    PageSpec("cases/arrange", N_("Arrange papers"), FILES, "stacks", READERS, is_hidden=True),
    PageSpec("rounds/year", N_("Year's plan"), REVIEW, "calendar_today", SUPERVISORS),
    PageSpec("rounds/rounds", N_("Review rounds"), REVIEW, "event_repeat", SUPERVISORS),
    PageSpec("review/scoring", N_("Score a case"), REVIEW, "fact_check", READERS),
    PageSpec("rounds/comparison", N_("Comparison"), REVIEW, "compare_arrows", READERS),
    PageSpec("findings/findings", N_("Findings"), REVIEW, "rule", SUPERVISORS),
    PageSpec("rounds/results", N_("Results"), REVIEW, "leaderboard", SUPERVISORS),
    PageSpec(
        "rounds/objections", N_("Objections"), SUPERVISION, "forum", SUPERVISORS | {Role.UNIT}
    ),
    PageSpec(
        "findings/rectification",
        N_("Rectification"),
        SUPERVISION,
        "assignment_turned_in",
        SUPERVISORS | {Role.UNIT},
    ),
    PageSpec(
        "findings/challenges",
        N_("Challenged decisions"),
        SUPERVISION,
        "balance",
        SUPERVISORS | {Role.UNIT},
    ),
    PageSpec("findings/credit", N_("Credit repair"), SUPERVISION, "credit_score", SUPERVISORS),
    PageSpec(
        "waivers/waiver_ledger", N_("Waiver ledger"), SUPERVISION, "receipt_long", SUPERVISORS
    ),
    PageSpec(
        "review/adoption",
        N_("Adoption of proposals"),
        SUPERVISION,
        "thumbs_up_down",
        SUPERVISORS,
    ),
    PageSpec("law/law", N_("Legal basis"), RULES, "gavel", RULE_READERS),
    PageSpec("admin/checklists", N_("Checklists"), RULES, "checklist", RULE_READERS),
    PageSpec("waivers/lists", N_("Waiver lists"), RULES, "volunteer_activism", RULE_READERS),
    PageSpec("registers/registers", N_("Enforcement registers"), RULES, "badge", RULE_READERS),
    PageSpec(
        "admin/calendar",
        N_("Working calendar"),
        RULES,
        "calendar_month",
        ADMINISTRATOR | REGULATIONS,
    ),
    PageSpec("admin/bureau", N_("Thresholds and templates"), RULES, "tune", REGULATIONS),
    PageSpec("admin/users", N_("Users and roles"), SYSTEM, "manage_accounts", ADMINISTRATOR),
    PageSpec("admin/audit", N_("Audit trail"), SYSTEM, "policy", ADMINISTRATOR),
)
BY_SCRIPT = {spec.script: spec for spec in PAGES}
FIRST = PAGES[0]


def script_path(script: str) -> Path:
    """The file of a page."""
    return ROOT / "pages" / f"{script}.py"


def navigation(actor: Actor) -> st.Page:
    """Declare the menu that the actor's role may see and return the page that was asked for.

    The address of a page for other roles is known as well, so that `open_page` can say whose it
    is, in the user's own language, instead of Streamlit that it does not exist.
    """
    menu: dict[str, list[st.Page]] = {}
    for spec in PAGES:
        is_offered = spec.is_open_to(actor) and not spec.is_hidden
        menu.setdefault(_(spec.section) if is_offered else "", []).append(
            st.Page(
                script_path(spec.script),
                title=_(spec.title),
                icon=f":material/{spec.icon}:",
                url_path=spec.url,
                default=spec is FIRST,
                visibility="visible" if is_offered else "hidden",
            )
        )
    return st.navigation(menu, expanded=True)


def go(script: str, **address: int | str) -> NoReturn:
    """Open another page with ids in its address."""
    st.switch_page(
        script_path(script), query_params={name: str(value) for name, value in address.items()}
    )


def link(script: str, **address: int | str) -> str:
    """The address of a page within the workbench."""
    query = urlencode(address)
    path = "" if BY_SCRIPT[script] is FIRST else BY_SCRIPT[script].url
    return f"/{path}?{query}" if query else f"/{path}"
