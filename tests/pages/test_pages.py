"""Every page for every role: offered and drawn, or refused with the reason.

Adding a page needs no row here: the table of pages is the list. What a page does is tested in a
file of its own.
"""

import pytest

from review.db.accounts import Role
from review.i18n import _ as translated
from review.i18n import speaking
from review.ui.pages import PAGES

OFFERED = [(spec, role) for spec in PAGES for role in Role if role in spec.roles]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("spec", "role"), OFFERED, ids=[f"{spec.script}-{role}" for spec, role in OFFERED]
)
def test_a_page_is_drawn_for_whom_it_is_offered(workbench, spec, role, language):
    app = workbench(role, spec.script, language=language)
    assert not app.exception
    assert [error.value for error in app.error] == []
    with speaking(language):
        assert [title.value.replace("\\", "") for title in app.title] == [translated(spec.title)]


@pytest.mark.parametrize("role", Role)
def test_a_page_that_is_not_offered_says_so_and_shows_nothing(workbench, role):
    closed = [spec for spec in PAGES if role not in spec.roles]
    for spec in closed:
        app = workbench(role, spec.script)
        assert ["ACC-002" in error.value for error in app.error] == [True], spec.script
        assert not app.title
        assert not app.dataframe


def test_whoever_is_not_signed_in_sees_how_to_sign_in_and_nothing_else(workbench):
    app = workbench(None)
    assert "ACC-001" in app.error[0].value
    assert not app.title
    assert not app.dataframe
