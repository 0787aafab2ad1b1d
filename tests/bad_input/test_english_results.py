"""What `check` says in English: every message there, no Chinese but names, no gap left in it."""

import re

import pytest

from review.documents.read_case import read_case
from review.services.case_files import checking
from tests.bad_input import made

CHINESE = re.compile(r"[\u3400-\u9fff]+")
GAP = re.compile(r"[{}]|\bNone\b|<[\w.]+ object|Decimal\(|datetime\.")


@pytest.mark.parametrize("sample", ["f12", "f08"])
def test_english_messages_are_whole_and_hold_only_names_in_chinese(sample: str) -> None:
    (path,) = (made.SAMPLES / sample).glob("*.pdf")
    found = checking.check_path(path)
    assert found["checks"]
    printed = {each["kind"] for each in found["documents"]} | {
        line.text
        for document in read_case(path).documents
        for page in document.pages
        for block in page.blocks
        for line in block.lines
    }
    known = re.sub(r"\s", "", "\n".join(printed))
    for check in found["checks"]:
        for language in ("zh", "en"):
            message = check["message"][language]
            assert message.strip()
            assert not GAP.search(message)
        english = check["message"]["en"]
        assert not re.search(r"[。；，：、]", english)
        assert [run for run in CHINESE.findall(english) if run not in known] == []


def test_contradicting_numbers_are_named_with_both_places() -> None:
    """The decision and its proof of service carry different numbers: both are told, none chosen."""
    (path,) = (made.SAMPLES / "f12").glob("*.pdf")
    found = checking.check_path(path)
    (check,) = [each for each in found["checks"] if each["id"] == "ARC001"]
    assert check["outcome"] == "fail"
    numbers = {"云清交执罚〔2025〕0068号", "云清交执罚〔2025〕0086号"}
    for language in ("zh", "en"):
        assert all(number in check["message"][language] for number in numbers)
    assert {each["page"] for each in check["evidence"]} >= {19, 21}
