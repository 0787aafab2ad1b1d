"""Fonts of the printed papers: all from Debian packages with free licences."""

from __future__ import annotations

from typing import Final

ARPHIC: Final = "/usr/share/fonts/truetype/arphic"
NOTO: Final = "/usr/share/fonts/opentype/noto"

#: Face name to file and index in the collection. Text PDFs embed subsets of the first three
#: (TrueType outlines); scans may use all of them, because they are drawn as pixels.
FACES: Final[dict[str, tuple[str, int]]] = {
    "song": (f"{ARPHIC}/uming.ttc", 0),
    "kai": (f"{ARPHIC}/ukai.ttc", 0),
    "hei": ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    "serif": (f"{NOTO}/NotoSerifCJK-Regular.ttc", 2),
    "serif-bold": (f"{NOTO}/NotoSerifCJK-Bold.ttc", 2),
    "sans": (f"{NOTO}/NotoSansCJK-Regular.ttc", 2),
    "sans-bold": (f"{NOTO}/NotoSansCJK-Bold.ttc", 2),
}
PACKAGES: Final = "fonts-arphic-uming fonts-arphic-ukai fonts-wqy-microhei fonts-noto-cjk"


class FaceMissingError(RuntimeError):
    """A font file is not installed."""

    def __init__(self, face: str) -> None:
        super().__init__(
            f"font '{face}' ({FACES[face][0]}) is not installed; "
            f"install the Debian packages: {PACKAGES}"
        )
