"""The measurement on labelled decisions: several values, absent ones, and misses that are shown."""

from __future__ import annotations

import json
from pathlib import Path

from review.bench.decisions import measure, report

NEWS = "样例市样例区交通运输局公示王某、李某2名司机擅自从事网约车经营的决定，合计罚款9000元。"


def labelled(folder: Path, **changes: object) -> Path:
    label = {
        "id": "甲",
        "text": "甲.txt",
        "agency": "样例市样例区交通运输局",
        "party": [{"name": "王某", "kind": "自然人"}, {"name": "李某", "kind": "自然人"}],
        "decision_number": None,
        "dates": {},
        "fine_yuan": 9000,
        "violated": [],
        "basis": [],
    }
    (folder / "甲.txt").write_text(NEWS, encoding="utf-8")
    text = json.dumps({**label, **changes}, ensure_ascii=False)
    (folder / "labels.jsonl").write_text(text + "\n", encoding="utf-8")
    return folder


def test_what_is_labelled_and_what_is_absent_count_apart(tmp_path: Path) -> None:
    found = measure(labelled(tmp_path))
    assert found.told.wrong == {}
    assert found.absent.wrong == {}
    assert (found.told.right["fine_yuan"], found.absent.right["case_no"]) == (1, 1)
    assert found.each.right["party_name"] == found.each.total["party_name"] == 2


def test_every_one_of_several_values_has_to_be_read(tmp_path: Path) -> None:
    people = [{"name": name, "kind": "自然人"} for name in ("王某", "李某", "赵某")]
    found = measure(labelled(tmp_path, party=people))
    assert found.told.right["party_name"] == 1
    assert (found.each.right["party_name"], found.each.total["party_name"]) == (2, 3)
    assert "赵某 not among" in report(found)


def test_a_value_that_no_label_has_is_shown_as_claimed(tmp_path: Path) -> None:
    found = measure(labelled(tmp_path, fine_yuan=None))
    assert found.absent.total["fine_yuan"] == 1
    assert found.absent.right["fine_yuan"] == 0
    assert "9000" in report(found)


def test_another_label_than_the_text_is_a_miss(tmp_path: Path) -> None:
    found = measure(labelled(tmp_path, agency="别处交通运输局"))
    assert found.told.right["agency"] == 0
    assert "expected ['别处交通运输局']" in report(found)
