"""Draws the logo of the entrance and the browser's icon: `python -m review.web.logo`."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "assets"
BLUE, PALE, WHITE = "#2f6fc4", "#bcd4f2", "#ffffff"
UNITS = 32
"""Side of the drawing board; all shapes below are in these units."""
FINER = 4
"""Drawn so much larger, then reduced, which smooths the edges."""

PAPER = ((9, 6.5), (19, 6.5), (23.5, 11), (23.5, 25.5), (9, 25.5))
FOLD = ((19, 6.5), (19, 11), (23.5, 11))
TICK = ((12, 18.2), (15, 21.2), (20.6, 15))


def drawn(size: int) -> Image.Image:
    """The logo, `size` pixels square, on a transparent ground."""
    scale = size * FINER / UNITS

    def at(points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
        return [(x * scale, y * scale) for x, y in points]

    image = Image.new("RGBA", (size * FINER, size * FINER))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((scale, scale, 31 * scale, 31 * scale), 6 * scale, fill=BLUE)
    pen.polygon(at(PAPER), fill=WHITE)
    pen.polygon(at(FOLD), fill=PALE)
    width = round(2.4 * scale)
    pen.line(at(TICK), fill=BLUE, width=width, joint="curve")
    for x, y in at((TICK[0], TICK[-1])):
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=BLUE)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write both files."""
    FOLDER.mkdir(exist_ok=True)
    drawn(192).save(FOLDER / "logo.png", optimize=True)
    drawn(64).save(FOLDER / "favicon.png", optimize=True)


if __name__ == "__main__":
    main()
