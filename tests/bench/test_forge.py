"""The forge: stories are lawful before a fault is planted, repeatable, and owe nothing to the readers."""

import ast
import importlib
import json
import random
from datetime import date, timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from review.bench import forge
from review.bench.forge import causes
from review.bench.forge.oddities import ODDITIES
from review.bench.forge.plots import plot
from review.bench.forge.recording_faults import FAULTS
from review.bench.forge.write import HOUSES, Order, orders, tell, write
from review.common.dates import working_days_between

FIRST = "01 02 04 05 06 07 08 12 18 19 28 31 34 35 36 48 49 51 53 63 64 70 71 74 75 79 84 85 86"
MINE = orders(1, scans=0)


def test_every_defect_of_the_first_issue_is_planted_in_two_houses():
    for number in FIRST.split():
        houses = {each.house for each in MINE if f"D-{number}" in each.key.split("-", 2)[2]}
        assert len(houses) >= 2, number


def test_there_are_enough_lawful_oddities():
    assert len({each.name for each in ODDITIES}) >= 25
    assert {each.change for each in MINE if each.oddity is not None} == set(ODDITIES)


def test_the_forge_shares_no_words_with_readers_checks_or_samples():
    for path in Path(forge.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            elif isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            for name in names:
                assert not name.startswith(("samples", "review.facts", "review.documents"))
                assert not name.startswith(("review.checks", "review.law"))


def test_an_order_tells_the_same_story_again():
    for order in MINE[::17]:
        assert tell(order) == tell(order)


@pytest.mark.parametrize("seed", range(12))
def test_lawful_stories_keep_the_order_and_the_limits(seed):
    rng = random.Random(seed)
    cause = rng.choice((causes.OVERLOAD, causes.ROAD_WORKS, causes.MAINTENANCE))
    start = date(2022, 6, 1) + timedelta(days=rng.randrange(1100))
    told = plot(rng, "x", "ministry", cause, "ordinary", start=start, organization=True)

    assert told.day_of_act <= told.chief_on <= told.filed_on <= told.report_on <= told.notice_on
    assert working_days_between(told.registered_on, told.filed_on) <= 7
    assert working_days_between(told.notice_served_on, told.decided_on) > 5
    assert (told.decided_on - told.filed_on).days <= 90
    assert working_days_between(told.decided_on, told.served_on) <= 7
    assert told.published_on is not None
    assert working_days_between(told.decided_on, told.published_on) <= 7
    assert told.served_on <= told.paid_on <= told.closed_on <= told.archived_on
    assert told.fine == told.fine_notified
    assert cause.fine_from <= told.fine <= cause.fine_to
    assert told.officers[0].number != told.officers[1].number


@pytest.mark.parametrize("house", HOUSES)
def test_a_file_and_its_truth_agree_on_pages(house, tmp_path):
    path = write(Order("one", house, "text", seed=5), tmp_path)

    truth = json.loads((path.parent / "truth.json").read_text(encoding="utf-8"))
    pages = [each["pages"] for each in truth["documents"]]
    assert [first for first, _ in pages] == [1, *(last + 1 for _, last in pages[:-1])]
    assert pages[-1][1] == len(pdfium.PdfDocument(path))
    assert truth["defects"] == []


@pytest.mark.parametrize("house", HOUSES)
def test_houses_do_not_word_the_same_papers_alike(house):
    order = next(each for each in MINE if each.house == house and each.key.endswith("clean"))
    own = {paper.title for paper in _papers(house, order)}
    for other in HOUSES:
        if other != house:
            theirs = {paper.title for paper in _papers(other, order)}
            assert len(own - theirs) >= 4


def _papers(house, order):
    return importlib.import_module(f"review.bench.forge.houses.{house}").papers(tell(order))


def test_every_fault_names_its_defect_in_the_truth():
    planted = {FAULTS[each.fault].defect for each in MINE if each.fault is not None}
    assert planted == {each.defect for each in FAULTS}
    for order in MINE:
        if order.fault is not None:
            assert FAULTS[order.fault].defect in tell(order).defects
