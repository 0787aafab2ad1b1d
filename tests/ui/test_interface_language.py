"""Texts in two languages: who decides, what falls back, and that nobody changes another's."""

import threading

import pytest

from review import i18n
from review.i18n import N_, chosen, language, ngettext, register_provider, speaking
from review.i18n import _ as translated


@pytest.fixture(autouse=True)
def _no_provider():
    before = list(i18n._providers)
    i18n._providers.clear()
    yield
    i18n._providers[:] = before


def test_chinese_is_the_default():
    assert language() == "zh"
    assert translated("Case ledger") == "案件台账"


def test_the_msgid_is_the_english():
    with speaking("en"):
        assert translated("Case ledger") == "Case ledger"


def test_placeholders_are_filled_in_both():
    with speaking("zh"):
        assert translated("Page {number} of {count}", number=2, count=9) == "第 2 页，共 9 页"
    with speaking("en"):
        assert translated("Page {number} of {count}", number=2, count=9) == "Page 2 of 9"


def test_a_text_without_details_keeps_its_braces():
    assert translated("nobody translated {this}") == "nobody translated {this}"


@pytest.mark.parametrize(
    ("which", "count", "text"),
    [
        ("en", 1, "1 day late"),
        ("en", 2, "2 days late"),
        ("zh", 1, "超期 1 天"),
        ("zh", 2, "超期 2 天"),
    ],
)
def test_plural_forms_follow_the_language(which, count, text):
    with speaking(which):
        assert ngettext("{n} day late", "{n} days late", count) == text


def test_the_provider_decides_unless_a_block_speaks():
    register_provider(lambda: "en")
    assert language() == "en"
    with speaking("zh"):
        assert language() == "zh"
    assert language() == "en"


@pytest.mark.parametrize("said", ["", "fr", "../zh", "zh_CN"])
def test_an_unknown_language_falls_back_on_chinese(said):
    register_provider(lambda: said)
    assert language() == "zh"


def test_one_person_s_language_is_not_another_s():
    heard = {}

    def person(name, which):
        with speaking(which):
            barrier.wait()
            heard[name] = translated("Findings")
            barrier.wait()

    barrier = threading.Barrier(2)
    threads = [threading.Thread(target=person, args=each) for each in (("a", "zh"), ("b", "en"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {"a": "问题认定", "b": "Findings"}


def test_a_marked_constant_is_translated_when_it_is_drawn():
    constant = N_("Findings")
    with speaking("zh"):
        assert translated(constant) == "问题认定"


def test_data_carries_its_own_languages():
    with speaking("en"):
        assert chosen("行政处罚决定书", "Decision") == "Decision"
        assert chosen("行政处罚决定书", "") == "行政处罚决定书"
        assert chosen("行政处罚决定书", None) == "行政处罚决定书"
    with speaking("zh"):
        assert chosen("行政处罚决定书", "Decision") == "行政处罚决定书"
