"""Files broken on purpose: the same seed breaks the same bytes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable


def mutated(content: bytes, rng: random.Random) -> bytes:
    """The bytes with one to three kinds of damage."""
    for damage in rng.choices(_DAMAGES, k=rng.randint(1, 3)):
        content = damage(content, rng)
    return content


def mutated_members(content: bytes, rng: random.Random) -> bytes:
    """A ZIP (DOCX) in which members are broken and the archive itself stays whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        victims = set(rng.sample(old.namelist(), k=rng.randint(1, min(3, len(old.namelist())))))
        for info in old.infolist():
            member = old.read(info)
            if info.filename in victims:
                if rng.random() < 0.15:
                    continue
                member = mutated(member, rng)
            new.writestr(info.filename, member)
    return out.getvalue()


def _flip_bits(content: bytes, rng: random.Random) -> bytes:
    broken = bytearray(content)
    for _ in range(rng.choice((1, 4, 30, 200))):
        if broken:
            broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    return bytes(broken)


def _cut_short(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _leave_out(content: bytes, rng: random.Random) -> bytes:
    low, high = _piece(content, rng)
    return content[:low] + content[high:]


def _splice(content: bytes, rng: random.Random) -> bytes:
    """A piece of the file written over another place of it."""
    low, high = _piece(content, rng)
    at = rng.randrange(len(content) + 1)
    return content[:at] + content[low:high] + content[at + high - low :]


def _blank(content: bytes, rng: random.Random) -> bytes:
    low, high = _piece(content, rng)
    return content[:low] + bytes(high - low) + content[high:]


def _renumber(content: bytes, rng: random.Random) -> bytes:
    """Digits changed: object numbers, lengths, offsets, counts."""
    broken = bytearray(content)
    places = [at for at, byte in enumerate(content) if 0x30 <= byte <= 0x39]
    for at in rng.sample(places, k=min(len(places), rng.choice((1, 3, 20)))):
        broken[at] = rng.choice(b"0123456789")
    return bytes(broken)


def _piece(content: bytes, rng: random.Random) -> tuple[int, int]:
    low = rng.randrange(len(content) + 1)
    return low, min(len(content), low + rng.choice((1, 16, 400, 5000)))


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip_bits, _flip_bits, _cut_short, _leave_out, _splice, _blank, _renumber, _renumber),
)
