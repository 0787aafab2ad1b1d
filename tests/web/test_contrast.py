"""Contrast of the colours in both themes by WCAG 2: text 4.5, edges of controls 3."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAIR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{3,6}),\s*(#[0-9a-f]{3,6})\)")
SHEETS = ("review/ui/components/desk/desk.css", "review/ui/components/upload/upload.css")
TEXT = ("ink", "soft", "accent", "partly", "failed", "grey", "good", "warn", "bad")
GROUNDS = ("paper", "ground", "current")


def channels(colour: str) -> list[float]:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(each * 2 for each in digits)
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    return [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]


def luminance(colour: str) -> float:
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours(sheet: str, theme: int) -> dict[str, str]:
    text = (ROOT / sheet).read_text("utf-8")
    return {name: (light, dark)[theme] for name, light, dark in PAIR.findall(text)}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_text_is_readable_on_every_ground(sheet: str, theme: int) -> None:
    found = colours(sheet, theme)
    pairs = [
        (text, ground) for text in TEXT for ground in GROUNDS if text in found and ground in found
    ]
    assert pairs
    weak = {pair: contrast(*(found[name] for name in pair)) for pair in pairs}
    assert {pair: value for pair, value in weak.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_edges_of_controls_and_buttons_are_visible(sheet: str, theme: int) -> None:
    found = colours(sheet, theme)
    paper = found.get("paper", found["ground"])
    assert contrast(found["control"], paper) >= 3.0
    assert contrast(found["on-accent"], found["accent"]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_a_chosen_result_is_readable(theme: int) -> None:
    found = colours(SHEETS[0], theme)
    words = ("#ffffff", "#0b1220")[theme]
    for name in ("met", "partly", "failed", "grey"):
        assert contrast(words, found[name]) >= 4.5, name
