"""The hand-written documents: decisions are listed, links between files lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.policy.repository_files import ROOT, files

DECISIONS = ROOT / "docs/decisions"
TITLE = re.compile(r"# (\d{4}) (.+)")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_every_decision_is_listed_by_number_and_title():
    listed = (DECISIONS / "README.md").read_text("utf-8")
    for path in DECISIONS.glob("0*.md"):
        title = TITLE.match(path.read_text("utf-8"))
        assert title, path.name
        assert path.name.startswith(f"{title[1]}-"), path.name
        assert f"- [{title[1]}]({path.name}) {title[2]}\n" in listed, path.name


def test_no_two_decisions_share_a_number():
    numbers = [path.name[:4] for path in DECISIONS.glob("0*.md")]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    "document",
    [path for path in files(ending=".md") if "changelog.d" not in path.parts],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_links_between_files_lead_somewhere(document: Path):
    text = document.read_text("utf-8")
    missing = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert missing == []
