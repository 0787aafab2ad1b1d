"""What may not stand in the sources, wherever somebody would put it."""

import ast
import re

import pytest
from repository_files import ROOT, files, product_code, trees

HERE = "tests/policy/"


def lines_with(pattern: str, paths) -> list[str]:
    found = []
    for path in paths:
        place = path.relative_to(ROOT).as_posix()
        if place.startswith(HERE):
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if re.search(pattern, line):
                found.append(f"{place}:{number}: {line.strip()[:80]}")
    return found


def test_html_is_never_made_from_data_through_markdown():
    assert lines_with(r"unsafe_allow_html\s*=\s*True|unsafe_allow_javascript", product_code()) == []


def test_streamlit_is_drawn_with_in_ui_pages_and_the_launcher_alone():
    elsewhere = [
        place
        for place, tree in trees(product_code())
        if not place.startswith(("review/ui/", "pages/", "review/bench/")) and place != "app.py"
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.Import)
            and any(a.name.split(".")[0] == "streamlit" for a in node.names)
        )
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "streamlit")
    ]
    assert elsewhere == []


def test_pages_open_no_database_session():
    for place, tree in trees(files("pages", "review/ui", ending=".py")):
        names = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert not names & {"transaction", "reading", "Session", "select"}, place


def test_only_the_clock_knows_what_time_it_is():
    asked = [
        f"{place}:{node.lineno}"
        for place, tree in trees(product_code())
        if place != "review/common/clock.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow", "fromtimestamp"}
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and getattr(node.func.value, "id", getattr(node.func.value, "attr", ""))
        in {"datetime", "date", "Timestamp"}
    ]
    assert asked == []


def test_no_check_carries_a_date_of_the_law():
    dated = [
        f"{place}:{node.lineno}"
        for place, tree in trees(files("review/checks", ending=".py"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"date", "fromisoformat"}
        and node.args
        and all(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert dated == []


def test_no_path_of_some_machine_stands_anywhere():
    assert lines_with(r"(?<![\w.])/(work|home|root|Users)/\w", files()) == []


def test_no_address_of_a_package_index_stands_anywhere():
    pattern = r"py[p]i\.|python[h]osted|index-ur[l]|extra-inde[x]|mirrors?\.[a-z]+\.(com|cn|edu|org)|registry\.np[m]"
    assert lines_with(pattern, files()) == []


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"])
def test_no_leftover_stands_anywhere(word):
    assert lines_with(rf"\b{word}\b", files()) == []


def test_no_test_is_skipped_or_expected_to_fail():
    marks = r"pytest\.(skip|xfail|importorskip)|mark\.(skip|skipif|xfail)"
    assert lines_with(marks, files("tests", ending=".py")) == []


def test_every_ignored_type_names_its_code():
    pattern = r"#\s*type:\s*ignore(?!\[[\w-]+)"
    assert lines_with(pattern, files("review", "pages", ending=".py")) == []


def test_modules_are_not_named_by_what_they_are_not():
    bad = {"utils", "helpers", "util", "misc", "common_utils", "manager"}
    assert [path for path in product_code() if path.stem in bad] == []
