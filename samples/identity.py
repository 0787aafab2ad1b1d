"""Numbers of invented people, companies and papers, with check digits that hold.

Region codes are ones that were never assigned (city 99 of a province), so that no number can be
a real one.
"""

from __future__ import annotations

from datetime import date
from random import Random

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
REGIONS = ("329902", "329923", "339901", "379905", "419903", "349926")


def credit_code(rng: Random, region: str = "329902") -> str:
    """Make a unified social credit code of an enterprise (GB 32100) in an unassigned region."""
    body = "91" + region + "MA" + "".join(rng.choice(CREDIT_ALPHABET) for _ in range(7))
    return body + credit_check_digit(body)


def credit_check_digit(body: str) -> str:
    """Compute the eighteenth character for the seventeen of `body`."""
    total = sum(
        CREDIT_ALPHABET.index(char) * weight
        for char, weight in zip(body, CREDIT_WEIGHTS, strict=True)
    )
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def id_number(rng: Random, born_on: date, *, male: bool) -> str:
    """Make a resident identity number (GB 11643) in an unassigned region."""
    serial = rng.randrange(1, 499) * 2 + (1 if male else 0)
    body = f"{rng.choice(REGIONS)}{born_on:%Y%m%d}{serial:03d}"
    return body + id_check_digit(body)


def id_check_digit(body: str) -> str:
    """Compute the eighteenth character for the seventeen digits of `body`."""
    total = sum(int(char) * weight for char, weight in zip(body, ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11]


def phone_number(rng: Random) -> str:
    """Make a number in a block that is not handed out (all zeros after the prefix)."""
    return f"1{rng.choice(('38', '39', '58', '77', '86'))}0000{rng.randrange(10000):04d}"


def plate_number(rng: Random, *, trailer: bool = False) -> str:
    """Make a plate of the letter X, which the province in question never issued."""
    tail = "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(1))
    digits = "".join(str(rng.randrange(10)) for _ in range(3 if trailer else 4))
    return f"苏X{tail}{digits}挂" if trailer else f"苏X{tail}{digits}"
