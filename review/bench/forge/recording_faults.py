"""Planted defects of recordings, discussion, discretion, wording and index.

They are registered behind those of `faults`; `FAULTS` here is the whole list.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from review.bench.forge import causes
from review.bench.forge.faults import FAULTS, fault
from review.bench.forge.paper import Block, Form, Paper, Para, Title
from review.bench.forge.plots import set_fine
from review.bench.forge.story import Story

__all__ = ["FAULTS"]

_SUM = "7c1e09d4b85af2361d90e4a7f3bc5528"
_OTHER_SUM = "19b0c4d27e6f8a35d1e7c0429b8f6a3e"


def _clock(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def tapes(
    story: Story,
    begun: datetime,
    ended: datetime,
    *,
    named: datetime | None = None,
    remarks: tuple[str, ...] = (),
    split: tuple[datetime, datetime] | None = None,
    stored: str = "",
) -> None:
    """A list of recordings beside the other papers; `split` are end and start of a pause."""
    device = f"DSJ{story.number:05d}"
    parts = [(begun, ended)] if split is None else [(begun, split[0]), (split[1], ended)]
    rows = tuple(
        (
            str(order),
            "检查现场摄录",
            _clock(start),
            _clock(stop),
            f"{(named or start):%Y%m%d%H%M%S}_{device}.mp4",
            _SUM if stored else "／",
        )
        for order, (start, stop) in enumerate(parts, 1)
    )
    blocks: list[Block] = [
        Title("执法音视频资料清单"),
        Form(
            (0.08, 0.16, 0.18, 0.18, 0.22, 0.18),
            (("序号", "事项", "开始时间", "结束时间", "文件名", "哈希值"), *rows),
            head=True,
        ),
        *(Para(each, indent=False) for each in remarks),
    ]
    if stored:
        blocks += [
            Para("存储台账摘录", indent=False),
            Form((0.4, 0.6), (("文件名", "入库哈希值"), (rows[0][4], stored)), head=True),
        ]
    blocks.append(Para(f"制作人：{story.officers[1].name}", indent=False))
    own = Paper("视音频资料清单", "执法音视频资料清单", blocks, story.act_at.date())
    story.left_out.discard("录像")
    story.slips["另纸"] = (*story.says("另纸", ()), own)


def _span(story: Story) -> tuple[datetime, datetime]:
    return story.act_at - timedelta(minutes=3), story.scene_ended_at + timedelta(minutes=6)


@fault("D-90")
def begun_late(story: Story, _rng: random.Random) -> None:
    begun, ended = _span(story)
    tapes(story, begun + timedelta(minutes=17), ended)


@fault("D-90")
def paused(story: Story, _rng: random.Random) -> None:
    begun, ended = _span(story)
    pause = story.act_at + timedelta(minutes=5)
    tapes(story, begun, ended, split=(pause, pause + timedelta(minutes=12)))


@fault("D-91")
def an_hour_ahead(story: Story, _rng: random.Random) -> None:
    begun, ended = _span(story)
    tapes(story, begun + timedelta(hours=1), ended + timedelta(hours=1))


@fault("D-92")
def no_certificates_on_tape(story: Story, _rng: random.Random) -> None:
    tapes(story, *_span(story), remarks=("节点核查：亮证（无）、权利告知（有）、签字确认（有）。",))


@fault("D-93", needs=("pages",))
def another_sum(story: Story, _rng: random.Random) -> None:
    tapes(story, *_span(story), stored=_OTHER_SUM)


@fault("D-94")
def deleted(story: Story, _rng: random.Random) -> None:
    tapes(story, *_span(story), remarks=("备注：因存储空间不足，上述文件已于三个月后删除。",))


@fault("D-62", cause=causes.DANGEROUS)
def nothing_but_consent(story: Story, _rng: random.Random) -> None:
    set_fine(story, 60000)
    story.discussed_on = story.approved_on
    story.slips["讨论意见"] = ("同意", "同意")


@fault("D-38", cause=causes.RIDE_HAILING)
def heavier_band(story: Story, _rng: random.Random) -> None:
    story.slips["理由"] = "经裁量，认定为一般违法情节，适用较重档次"


@fault("D-29", cause=causes.PASSENGER)
def everyday_words(story: Story, _rng: random.Random) -> None:
    story.cause = replace(story.cause, name="开黑车拉客")


@fault("D-95", needs=("pages",))
def wrong_pages(story: Story, _rng: random.Random) -> None:
    story.slips["目录错页"] = True
