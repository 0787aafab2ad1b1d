"""Values that a correction in the file (补正说明) puts right, with the words that do so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from review.common.text import plain
from review.facts.model import DocumentFacts, Fact

_NAMES = ("plate", "party_name", "party_id", "case_no", "cause")
"""What a decision may misspell without being another decision."""
_INTO = re.compile(r"(?:补正|更正|订正|勘误|修改|改|应当?)(?:为|是)")
_REACH = 40
"""Characters between the wrong value and the words that put it right."""


def put_right(documents: tuple[DocumentFacts, ...], merged: Mapping[str, Fact]) -> Iterator[Fact]:
    """The other papers' value where a correction turns the merged one into it: A有误, 补正为B."""
    texts = [str(fact.value) for document in documents for fact in document.all("amendment")]
    for name in _NAMES if texts else ():
        wrong = merged.get(name)
        if wrong is None or wrong.origin == "person":
            continue
        rights = [_right(text, str(wrong.value)) for text in texts]
        read = [
            fact
            for document in documents
            if document.kind != "补正说明"
            for fact in document.all(name)
        ]
        for fact in read:
            value = plain(str(fact.value))
            if value != plain(str(wrong.value)) and any(each.startswith(value) for each in rights):
                yield fact
                break


def _right(text: str, wrong: str) -> str:
    """The plain words to which a correction changes the wrong ones; empty where it does not."""
    at = text.find(wrong)
    into = _INTO.search(text, at + len(wrong), at + len(wrong) + _REACH) if at >= 0 else None
    return plain(text[into.end() :]) if into is not None else ""
