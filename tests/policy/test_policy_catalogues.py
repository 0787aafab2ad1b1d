"""The message catalogues are current and complete."""

from review.i18n import LOCALE
from review.locale.catalogue import update_catalogues


def test_no_catalogue_is_stale_and_no_chinese_is_missing():
    assert update_catalogues(check=True) == []


def test_no_message_is_fuzzy_in_any_language():
    assert [
        path.name for path in LOCALE.glob("*.po") if "#, fuzzy" in path.read_text("utf-8")
    ] == []
