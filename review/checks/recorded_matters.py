"""What the rows of the lists of recordings are of: whether one may show a service or a measure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from review.checks.values import day, names
from review.facts.model import CaseFacts

LIST = "视音频资料清单"
SERVICE = re.compile(r"送达|留置|拒收|拒签|送交|上门|投递|投送|交付文书")
MEASURE = re.compile(
    r"强制|暂扣|扣押|扣留|查封|封存|拖移|代履行|清点|检查|勘[验察查]|查处|巡查|稽查|路检|称重"
)
NO_SERVICE = re.compile(
    r"检查|勘[验察查]|询问|问话|谈话|调查|听证|称重|复磅|检测|复查|暂扣|扣押|查封|登记保存|抽样|讨论|巡查|稽查"
)
NO_MEASURE = re.compile(r"询问|问话|谈话|听证|送达|留置|宣告|复查|讨论|陈述|申辩|缴款")


class Shows(StrEnum):
    """Whether recordings are of an act: a row names it, all are of others, or it is open."""

    IT = "it"
    OTHERS = "others"
    OPEN = "open"


def shown(
    case: CaseFacts, act: re.Pattern[str], others: re.Pattern[str], days: Iterable[date]
) -> Shows:
    """What the lists show of an act: by the words of a row, or by the day of a recording.

    Only where every row clearly is of something else, and none of the day, is the act not among
    them; a list whose rows were not read leaves it open.
    """
    papers = case.of_kind(LIST)
    rows = [
        row for paper in papers for fact in paper.all("recorded_matters") for row in names(fact)
    ]
    recorded = {
        day(fact)
        for name in ("recorded_from", "recorded_to", "file_stamp")
        for paper in papers
        for fact in paper.all(name)
    }
    if any(act.search(row) for row in rows) or recorded & set(days):
        return Shows.IT
    is_read = all(
        paper.first("recorded_matters") is not None and paper.is_clear and paper.is_legible
        for paper in papers
    )
    if papers and is_read and all(others.search(row) for row in rows):
        return Shows.OTHERS
    return Shows.OPEN
