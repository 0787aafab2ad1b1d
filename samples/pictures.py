"""Seals and photographs, drawn: nothing is taken from a real paper."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, radians, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from samples.fonts import FACES, FaceMissingError

SEAL_RED = (200, 22, 30)


def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    path, index = FACES[face]
    try:
        return ImageFont.truetype(path, size, index=index)
    except OSError as error:
        raise FaceMissingError(face) from error


@lru_cache(maxsize=64)
def seal(name: str, caption: str, seed: str) -> Image.Image:
    """Draw a round seal as a transparent image: ring, star, name on the arc, worn ink."""
    side = 420
    rng = Random(f"seal/{name}/{seed}")
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    middle = side / 2
    ring = middle - 8
    draw.ellipse((8, 8, side - 8, side - 8), outline=(*SEAL_RED, 235), width=9)
    outer, inner = 66.0, 26.0
    points = []
    for step in range(10):
        radius = outer if step % 2 == 0 else inner
        angle = -pi / 2 + step * pi / 5
        points.append((middle + radius * cos(angle), middle + radius * sin(angle)))
    draw.polygon(points, fill=(*SEAL_RED, 230))
    spread = min(280.0, 23.0 * len(name))
    font = _font("song", 46 if len(name) <= 13 else 38)
    for place, char in enumerate(name):
        angle = -90 - spread / 2 + (spread * place / max(1, len(name) - 1))
        glyph = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
        ImageDraw.Draw(glyph).text((32, 32), char, font=font, fill=(*SEAL_RED, 238), anchor="mm")
        glyph = glyph.rotate(-(angle + 90), resample=Image.Resampling.BICUBIC)
        radius = ring - 40
        x = middle + radius * cos(radians(angle))
        y = middle + radius * sin(radians(angle))
        image.alpha_composite(glyph, (int(x - 32), int(y - 32)))
    if caption:
        draw.text(
            (middle, side - 92), caption, font=_font("song", 28), fill=(*SEAL_RED, 235), anchor="mm"
        )
    # worn ink: small spots are missing, as on a stamp that was not inked evenly
    thin = Image.new("L", image.size, 255)
    worn = ImageDraw.Draw(thin)
    for _ in range(260):
        x, y, r = rng.randrange(side), rng.randrange(side), rng.choice((1, 1, 2, 3))
        worn.ellipse((x - r, y - r, x + r, y + r), fill=rng.choice((0, 60, 120)))
    alpha = ImageChops.multiply(image.getchannel("A"), thin)
    image.putalpha(alpha.filter(ImageFilter.GaussianBlur(0.6)))
    return image.rotate(rng.uniform(-14, 14), resample=Image.Resampling.BICUBIC)


@lru_cache(maxsize=128)
def scene(kind: str, plate: str, stamp: str) -> Image.Image:
    """Draw a road scene: lorry, coach, car, scales, unloading, clean road or a hearing room."""
    rng = Random(f"photo/{kind}/{plate}/{stamp}")
    paint = Random(f"paint/{plate}")
    image = Image.new("RGB", (640, 420), (166, 190, 214))
    draw = ImageDraw.Draw(image)
    for step in range(150):
        shade = 214 - step // 4
        draw.line((0, step, 640, step), fill=(shade - 40, shade - 16, shade + 12))
    for _ in range(9):
        x, w, h = rng.randrange(640), rng.randrange(30, 90), rng.randrange(24, 90)
        tone = rng.randrange(120, 170)
        draw.rectangle((x, 190 - h, x + w, 190), fill=(tone, tone + 4, tone + 10))
    draw.rectangle((0, 190, 640, 240), fill=(104, 128, 84))
    draw.polygon(((0, 420), (640, 420), (640, 250), (0, 225)), fill=(98, 98, 102))
    for step in range(7):
        draw.line((step * 100, 380, step * 100 + 55, 382), fill=(222, 222, 214), width=6)
    if kind in {"lorry", "scales", "unloading", "spill"}:
        _lorry(draw, rng, paint, spill=kind == "spill", scales=kind == "scales")
    elif kind == "coach":
        _coach(draw, paint)
    elif kind == "car":
        _car(draw, paint)
    elif kind == "room":
        draw.rectangle((0, 0, 640, 420), fill=(206, 200, 188))
        draw.rectangle((60, 250, 580, 300), fill=(122, 84, 56))
        for x in (120, 240, 360, 480):
            draw.ellipse((x, 170, x + 50, 220), fill=(88, 74, 66))
            draw.rectangle((x - 12, 214, x + 62, 262), fill=(40, 52, 80))
    if plate and kind not in {"room", "clean"}:
        draw.rectangle((258, 318, 382, 346), fill=(28, 66, 160))
        draw.text((320, 332), plate, font=_font("hei", 22), fill="white", anchor="mm")
    if stamp:
        draw.text((628, 404), stamp, font=_font("hei", 18), fill=(250, 226, 60), anchor="rs")
    return image.filter(ImageFilter.GaussianBlur(0.7))


def _lorry(
    draw: ImageDraw.ImageDraw, rng: Random, paint: Random, *, spill: bool, scales: bool
) -> None:
    colour = paint.choice(((150, 34, 40), (36, 84, 138), (44, 110, 70)))
    if scales:
        draw.rectangle((60, 366, 560, 384), fill=(180, 172, 60))
    draw.polygon(((190, 178), (520, 178), (510, 130), (206, 138)), fill=(190, 164, 116))
    draw.rectangle((180, 176, 540, 316), fill=colour)
    draw.rectangle((96, 206, 182, 332), fill=tuple(max(0, part - 24) for part in colour))
    draw.rectangle((104, 216, 160, 262), fill=(190, 212, 226))
    for x in (128, 240, 300, 440, 500):
        draw.ellipse((x - 26, 306, x + 26, 358), fill=(26, 26, 28))
        draw.ellipse((x - 11, 321, x + 11, 343), fill=(150, 150, 152))
    if spill:
        for _ in range(180):
            x, y = rng.randrange(380, 636), rng.randrange(358, 414)
            draw.ellipse((x, y, x + 5, y + 3), fill=(186, 158, 106))


def _coach(draw: ImageDraw.ImageDraw, paint: Random) -> None:
    colour = paint.choice(((236, 236, 230), (40, 120, 150)))
    draw.rounded_rectangle((90, 150, 560, 330), 18, fill=colour)
    for x in range(112, 540, 62):
        draw.rectangle((x, 172, x + 50, 226), fill=(70, 92, 108))
    for x in (180, 470):
        draw.ellipse((x - 30, 300, x + 30, 360), fill=(26, 26, 28))


def _car(draw: ImageDraw.ImageDraw, paint: Random) -> None:
    colour = paint.choice(((230, 230, 232), (40, 44, 52), (152, 38, 42)))
    draw.polygon(((210, 220), (430, 220), (486, 274), (160, 274)), fill=colour)
    draw.polygon(((230, 228), (316, 228), (316, 268), (190, 268)), fill=(150, 176, 192))
    draw.polygon(((326, 228), (420, 228), (456, 268), (326, 268)), fill=(150, 176, 192))
    draw.rounded_rectangle((130, 268, 520, 336), 14, fill=colour)
    for x in (200, 450):
        draw.ellipse((x - 30, 306, x + 30, 366), fill=(26, 26, 28))
