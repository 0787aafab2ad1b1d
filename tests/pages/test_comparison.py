"""The comparison by its page: who may open it, and an item settled by its forms."""

from pages_words import words

from review.db.accounts import Role

SCRIPT = "rounds/comparison"


def test_nothing_to_compare_says_when_there_will_be(workbench):
    for role in (Role.REGULATIONS, Role.LEADER, Role.REVIEWER, Role.EXPERT):
        app = workbench(role, SCRIPT)
        assert not app.exception
        assert "还没有可以比对的案卷" in words(app)


def test_a_case_that_is_not_there_is_an_error_with_its_code(workbench):
    app = workbench(Role.REVIEWER, SCRIPT, drawn=77)
    assert "DB-002" in app.error[0].value
    assert not app.exception


def test_a_unit_is_not_offered_the_page(workbench):
    app = workbench(Role.UNIT, SCRIPT)
    assert app.error
    assert not app.exception
