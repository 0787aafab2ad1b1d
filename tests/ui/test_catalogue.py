"""Keeping the message catalogues: what is found, what is reported, what is left alone."""

import shutil

import pytest

from review.i18n import LOCALE
from review.locale.catalogue import extract, untranslated, update_catalogues


@pytest.fixture
def small(tmp_path):
    """A little project with one page and an empty catalogue folder."""
    root = tmp_path / "project"
    (root / "pages" / "work").mkdir(parents=True)
    (root / "review" / "locale").mkdir(parents=True)
    (root / "pages" / "work" / "one.py").write_text(
        "from review.i18n import _, ngettext, N_\n"
        '_("Hello {name}", name=1)\nN_("Later")\nngettext("{n} case", "{n} cases", 2)\n'
        'open("not a message")\n',
        encoding="utf-8",
    )
    return root


def update(root, *, check=False):
    return update_catalogues(check=check, root=root, folder=root / "review" / "locale")


def test_every_kind_of_mark_is_found_and_nothing_else(small):
    assert {message.id for message in extract(small) if message.id} == {
        "Hello {name}",
        "Later",
        ("{n} case", "{n} cases"),
    }


def test_missing_chinese_is_reported_by_message(small):
    problems = update(small)
    assert len(problems) == 3
    assert all("zh_CN.po has no text for" in problem for problem in problems)


def translate(root, **texts):
    path = root / "review" / "locale" / "zh_CN.po"
    content = path.read_text(encoding="utf-8")
    for msgid, text in texts.items():
        content = content.replace(
            f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{text}"'
        )
    path.write_text(content, encoding="utf-8")


def test_what_is_translated_stays_after_an_update_and_is_current(small):
    update(small)
    translate(small, Later="稍后")
    update(small)
    content = (small / "review" / "locale" / "zh_CN.po").read_text(encoding="utf-8")
    assert '"稍后"' in content
    assert not [problem for problem in update(small, check=True) if "stale" in problem]


def test_a_new_message_makes_the_catalogues_stale(small):
    update(small)
    page = small / "pages" / "work" / "one.py"
    page.write_text(page.read_text(encoding="utf-8") + '_("New words")\n', encoding="utf-8")
    assert any("stale" in problem for problem in update(small, check=True))


def test_a_check_writes_nothing(small):
    update(small, check=True)
    assert list((small / "review" / "locale").iterdir()) == []


def test_a_lost_placeholder_is_reported(small):
    update(small)
    path = small / "review" / "locale" / "zh_CN.po"
    content = path.read_text(encoding="utf-8")
    path.write_text(
        content.replace('msgid "Hello {name}"\nmsgstr ""', 'msgid "Hello {name}"\nmsgstr "你好"'),
        encoding="utf-8",
    )
    problems = untranslated(small / "review" / "locale")
    assert any("placeholders" in problem for problem in problems)


def test_a_fuzzy_text_is_reported(tmp_path):
    shutil.copy(LOCALE / "zh_CN.po", tmp_path / "zh_CN.po")
    path = tmp_path / "zh_CN.po"
    content = path.read_text(encoding="utf-8")
    path.write_text(
        content.replace('msgid "Case ledger"', '#, fuzzy\nmsgid "Case ledger"'), encoding="utf-8"
    )
    assert untranslated(tmp_path) == ["zh_CN.po: the text for 'Case ledger' is fuzzy"]
