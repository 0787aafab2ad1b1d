"""Every module with tables, so that the metadata is whole wherever the schema is looked at."""

from review.casefiles import tables as casefile_tables
from review.checks import tables as check_tables
from review.checks import waiver_tables as waiver_review_tables
from review.db import accounts, audit
from review.db.base import metadata
from review.documents import tables as document_tables
from review.facts import tables as fact_tables
from review.findings import challenge_tables, result_tables
from review.findings import tables as finding_tables
from review.law import tables as law_tables
from review.law import waiver_tables
from review.panels import tables as panel_tables
from review.planning import tables as planning_tables
from review.rectification import tables as rectification_tables
from review.registers import tables as register_tables
from review.scoring import adoption_tables, edition_tables
from review.scoring import tables as scoring_tables

MODULES = (
    accounts,
    audit,
    law_tables,
    register_tables,
    casefile_tables,
    document_tables,
    fact_tables,
    check_tables,
    waiver_tables,
    waiver_review_tables,
    planning_tables,
    panel_tables,
    scoring_tables,
    edition_tables,
    adoption_tables,
    finding_tables,
    result_tables,
    challenge_tables,
    rectification_tables,
)

__all__ = ["MODULES", "metadata"]
