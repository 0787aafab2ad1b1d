"""The dimensions under which points are summed up beside the sections of an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from review.scoring.edition_file import Text


@dataclass(frozen=True, slots=True)
class Dimension:
    """A view on the work; `group` joins several, as the three systems (三项制度)."""

    id: str
    title: Text
    group: str | None = None


THREE_SYSTEMS = "three_systems"

GROUPS: Mapping[str, Text] = {
    THREE_SYSTEMS: Text(zh="三项制度", en="Three systems"),
}

OTHER = Dimension("other", Text(zh="其他", en="Other"))

STANDARD: tuple[Dimension, ...] = (
    Dimension("legality", Text(zh="合法性", en="Legality")),
    Dimension("substance", Text(zh="实体", en="Substance")),
    Dimension("evidence", Text(zh="证据", en="Evidence")),
    Dimension("procedure", Text(zh="程序", en="Procedure")),
    Dimension("documents", Text(zh="文书", en="Documents")),
    Dimension("publication", Text(zh="执法公示", en="Publication"), THREE_SYSTEMS),
    Dimension("recording", Text(zh="全过程记录", en="Whole-process record"), THREE_SYSTEMS),
    Dimension("legal_review", Text(zh="法制审核", en="Legal review"), THREE_SYSTEMS),
    Dimension("audio_video", Text(zh="视音频", en="Recordings")),
    Dimension("hearing", Text(zh="听证", en="Hearing")),
    Dimension("summary", Text(zh="简易程序", en="Summary procedure")),
    Dimension("waiver", Text(zh="轻微免罚", en="Waiver")),
    Dimension("archiving", Text(zh="归档", en="Archiving")),
    OTHER,
)


def known_dimensions(own: Mapping[str, Dimension]) -> dict[str, Dimension]:
    """The standard dimensions and an edition's own, which win where the name is the same."""
    return {each.id: each for each in STANDARD} | dict(own)
