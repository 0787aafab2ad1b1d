"""The menu, the page scripts and the roles agree."""

import ast

import pytest
from repository_files import ROOT

from review.db.accounts import Role
from review.i18n import _ as translated
from review.i18n import speaking
from review.ui.pages import BY_SCRIPT, FIRST, PAGES, script_path


def test_menu_and_files_agree():
    below = ROOT / "pages"
    scripts = {path.relative_to(below).with_suffix("").as_posix() for path in below.rglob("*.py")}
    assert scripts == set(BY_SCRIPT)


def test_no_script_lies_where_streamlit_would_run_it_without_the_gate():
    assert list((ROOT / "pages").glob("*.py")) == []
    assert not (ROOT / "review" / "ui" / "pages").exists()


def test_every_page_names_roles_and_every_role_has_a_first_page():
    assert [spec.script for spec in PAGES if not spec.roles] == []
    assert FIRST.roles == frozenset(Role)


def test_addresses_are_unique():
    assert len({spec.url for spec in PAGES}) == len(PAGES)


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.script)
def test_titles_and_sections_are_translated(spec):
    with speaking("zh"):
        assert translated(spec.title) != spec.title
        assert translated(spec.section) != spec.section


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.script)
def test_a_page_opens_itself_under_its_own_name(spec):
    tree = ast.parse(script_path(spec.script).read_text(encoding="utf-8"))
    opened = [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "open_page"
        and isinstance(node.args[0], ast.Constant)
    ]
    assert opened == [spec.script]
