"""The measurement of the checks: what counts as found, as a false alarm and as a hint."""

from review.bench.checks import Measured, _count, report
from review.bench.forge.write import Order

ORDER = Order("000-ministry-D-71", "ministry", "text", seed=1, fault=0)


def result(*checks):
    return {
        "documents": [],
        "facts": [],
        "checks": [
            {
                "id": name,
                "outcome": outcome,
                "severity": severity,
                "defects": defects,
                "message": {"zh": "样例", "en": "sample"},
            }
            for name, outcome, severity, defects in checks
        ],
    }


def truth(*defects):
    return {"defects": list(defects), "documents": [], "facts": {}}


def test_a_planted_defect_that_is_found_is_no_alarm():
    measured = Measured()
    _count(measured, ORDER, result(("DEC002", "fail", "major", ["D-71"])), truth("D-71"))

    assert measured.comparison.defects["text"].right["D-71"] == 1
    assert measured.alarms == []


def test_a_failure_without_label_is_an_alarm_of_its_severity_and_a_hint_is_counted_apart():
    measured = Measured()
    _count(
        measured,
        ORDER,
        result(("NOT001", "fail", "veto", ["D-48"]), ("INQ006", "fail", "hint", ["D-09"])),
        truth(),
    )

    assert [(style, severity) for style, severity, _, _ in measured.alarms] == [("text", "veto")]
    assert measured.hints["text"] == 1
    assert measured.lawful["text"] == 1


def test_unknown_and_pass_are_misses_of_a_planted_defect():
    measured = Measured()
    _count(measured, ORDER, result(("DEC002", "unknown", "major", [])), truth("D-71"))

    tally = measured.comparison.defects["text"]
    assert (tally.right["D-71"], tally.total["D-71"]) == (0, 1)


def test_a_file_that_breaks_is_reported_and_the_others_counted():
    measured = Measured()
    _count(measured, ORDER, "ValueError: x", {})
    _count(measured, ORDER, result(), truth())

    assert len(measured.broken) == 1
    assert measured.comparison.cases["text"] == 1
    assert "BROKEN 000-ministry-D-71" in report(measured)
