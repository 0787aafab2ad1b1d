"""Lawful but suspicious: each makes a story look wrong where nothing is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from review.bench.forge import causes
from review.bench.forge.paper import Gap, Paper, Para, Picture, Title
from review.bench.forge.plots import later, move_decision, set_fine, working
from review.bench.forge.story import Cause, Procedure, Story
from review.common.dates import add_calendar_days, is_working_day

Change = Callable[[Story, random.Random], None]


@dataclass(frozen=True, slots=True)
class Oddity:
    """One lawful oddity and the story that it needs."""

    name: str
    change: Change
    procedure: Procedure = "ordinary"
    cause: Cause | None = None
    organization: bool | None = None
    start: date | None = None
    houses: tuple[str, ...] = ()


ODDITIES: list[Oddity] = []


def oddity(
    name: str,
    *,
    procedure: Procedure = "ordinary",
    cause: Cause | None = None,
    organization: bool | None = None,
    start: date | None = None,
    houses: tuple[str, ...] = (),
) -> Callable[[Change], Change]:
    """Register an oddity; `houses` are those whose papers can show it (all if empty)."""

    def register(change: Change) -> Change:
        ODDITIES.append(Oddity(name, change, procedure, cause, organization, start, houses))
        return change

    return register


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@oddity("day 90")
def last_day(story: Story, _rng: random.Random) -> None:
    day = add_calendar_days(story.filed_on, 90)
    story.approved_on = working(day) if working(day) == day else story.approved_on
    if story.discussed_on:
        story.discussed_on = story.approved_on
    move_decision(story, day)


@oddity("day 90 rolls over a holiday", cause=causes.ROAD_WORKS, start=date(2023, 6, 29))
def last_day_rolls(story: Story, _rng: random.Random) -> None:
    # filed 2023-07-03: day 90 is 2023-10-01; the first working day after is 2023-10-07 (Saturday)
    story.chief_on, story.filed_on = date(2023, 6, 30), date(2023, 7, 3)
    start = datetime.combine(date(2023, 7, 4), time(9, 10))
    for order, talk in enumerate(story.talks):
        talk.started_at = start + timedelta(days=order)
        talk.ended_at = talk.started_at + timedelta(minutes=30)
    if story.discussed_on:
        story.discussed_on = date(2023, 10, 7)
    story.approved_on = date(2023, 10, 7)
    move_decision(story, date(2023, 10, 7))


@oddity("make-up Saturday", start=date(2024, 4, 22))
def worked_saturday(story: Story, _rng: random.Random) -> None:
    # 2024-04-28 is a Sunday that is worked; the interview takes place on it
    day = date(2024, 4, 28)
    story.filed_on = date(2024, 4, 26)
    story.chief_on = date(2024, 4, 25)
    for order, talk in enumerate(story.talks):
        talk.started_at = datetime.combine(day, time(9 + 3 * order, 5))
        talk.ended_at = talk.started_at + timedelta(minutes=40)


@oddity("notice over National Day", start=date(2023, 9, 11))
def over_holidays(story: Story, _rng: random.Random) -> None:
    story.notice_on = story.notice_served_on = date(2023, 9, 27)
    # five working days: 09-28, 10-07, 10-08, 10-09, 10-10
    day = date(2023, 10, 11)
    story.approved_on = day
    if story.discussed_on:
        story.discussed_on = day
    move_decision(story, day)


@oddity("waived and decided the same day")
def waiver(story: Story, _rng: random.Random) -> None:
    story.waiver_on = story.notice_served_on
    story.approved_on = story.notice_on
    if story.discussed_on:
        story.discussed_on = story.notice_on
    move_decision(story, story.notice_on)


@oddity("heavier after a new notice", cause=causes.PASSENGER, start=date(2024, 5, 20))
def second_notice(story: Story, _rng: random.Random) -> None:
    story.slips["前次告知"] = (story.notice_on - timedelta(days=3), story.fine_notified - 2000)
    story.slips["裁量"] = "补充调查查明当事人多次揽客"


@oddity("approved extension", cause=causes.ROAD_WORKS)
def extended(story: Story, _rng: random.Random) -> None:
    asked = working(add_calendar_days(story.filed_on, 80))
    story.extension_on = asked
    day = working(add_calendar_days(story.filed_on, 105))
    story.approved_on = day
    if story.discussed_on:
        story.discussed_on = day
    move_decision(story, day)
    paper = Paper("办案期限延长审批表", "办案期限延长审批表", [], asked)
    paper.blocks = [
        Title("办案期限延长审批表"),
        Para(f"案号：{story.case_no}", indent=False),
        Para(f"{story.party.name}一案案情复杂，需补充调查，不能在九十日内办结，申请延长三十日。"),
        Para(
            f"承办人：{story.officers[0].name}、{story.officers[1].name}　{_cn(asked)}",
            indent=False,
        ),
        Para(f"负责人审批意见：同意延长三十日。{story.head}　{_cn(asked)}", indent=False),
    ]
    story.slips["另纸"] = (paper,)


@oddity("instalments approved")
def instalments(story: Story, _rng: random.Random) -> None:
    asked = later(story.served_on, 2)
    first, last = (
        working(add_calendar_days(story.served_on, 20)),
        working(add_calendar_days(story.served_on, 50)),
    )
    story.paid_on = last
    story.closed_on = later(last, 2)
    story.archived_on = add_calendar_days(story.closed_on, 9)
    ask = Paper("延期(分期)缴纳罚款申请书", "分期缴纳罚款申请书", [], asked)
    ask.blocks = [
        Title("分期缴纳罚款申请书"),
        Para(f"{story.agency.name}：", indent=False),
        Para(f"因经济确有困难，申请将罚款{story.fine}元分两期缴纳。"),
        Para(f"申请人：{story.party.name}　{_cn(asked)}", indent=False, align="right"),
    ]
    grant = Paper("分期(延期)缴纳罚款通知书", "分期（延期）缴纳罚款通知书", [], later(asked, 1))
    grant.blocks = [
        Title("分期（延期）缴纳罚款通知书"),
        Para(f"案号：{story.case_no}", indent=False, align="right"),
        Para(f"{story.party.name}：", indent=False),
        Para(
            f"根据你（单位）的申请，依据《中华人民共和国行政处罚法》第六十六条的规定，同意分两期缴纳：第一期{_cn(first)}前缴{story.fine // 2}元，"
            f"第二期{_cn(last)}前缴{story.fine - story.fine // 2}元。"
        ),
        Para(story.agency.name, indent=False, align="right"),
        Para(_cn(later(asked, 1)), indent=False, align="right"),
    ]
    story.slips["另纸"] = (ask, grant)


@oddity("trailer plate is another", cause=causes.OVERLOAD)
def trailer(story: Story, _rng: random.Random) -> None:
    story.slips["供述"] = (
        f"我开的是{story.plate}，后面拖的挂车是{story.trailer}，同一天早上{story.agency.plate}F8803号车在我前面也被查了，重了35吨，那车不是我的"
    )


@oddity("company agent signs", organization=True)
def mail_room(story: Story, _rng: random.Random) -> None:
    story.slips |= {
        "决定收件人": f"{story.party.name}收发室",
        "决定备注": "由公司收发室盖章签收",
        "决定地点": story.party.address,
    }


@oddity("typo corrected by a note")
def corrected(story: Story, _rng: random.Random) -> None:
    wrong = story.agency.number.format(year=story.act_at.year, no=story.number + 1)
    story.slips["告知案号"] = wrong
    day = later(story.notice_served_on, 1)
    note = Paper("补正说明", "补正说明", [], day)
    note.blocks = [
        Title("补正说明"),
        Para(
            f"关于{story.party.name}一案，送达违法行为通知书的送达回证上案号误写为{wrong}，现更正为{story.case_no}，特此说明。"
        ),
        Para(f"{story.agency.name}　{_cn(day)}", indent=False, align="right"),
    ]
    story.slips["另纸"] = (note,)


@oddity("company renamed", organization=True)
def renamed(story: Story, _rng: random.Random) -> None:
    old = story.party.name.replace("有限公司", "服务部有限公司")
    story.slips["车主"] = old
    day = story.act_at.date() - timedelta(days=150)
    paper = Paper("证据材料", "公司准予变更登记通知书", [], day)
    paper.blocks = [
        Title("公司准予变更登记通知书"),
        Para(f"原名称：{old}", indent=False),
        Para(f"变更后名称：{story.party.name}", indent=False),
        Para(f"统一社会信用代码：{story.party.number}", indent=False),
        Para(f"核准日期：{_cn(day)}", indent=False),
    ]
    story.slips["另纸"] = (paper,)


@oddity("hearing asked and withdrawn", cause=causes.PASSENGER, start=date(2024, 4, 8))
def withdrawn(story: Story, _rng: random.Random) -> None:
    asked = later(story.notice_served_on, 2)
    back = later(story.notice_served_on, 4)
    ask = Paper("听证申请书", "听证申请书", [], asked)
    ask.blocks = [
        Title("听证申请书"),
        Para(f"{story.agency.name}：", indent=False),
        Para("我方申请就拟处罚款举行听证。"),
        Para(f"申请人：{story.party.name}　{_cn(asked)}", indent=False, align="right"),
    ]
    off = Paper("其他", "撤回听证申请书", [], back)
    off.blocks = [
        Title("撤回听证申请书"),
        Para(f"{story.agency.name}：", indent=False),
        Para(f"我方{_cn(asked)}提出的听证申请，经考虑决定撤回，不再要求听证。"),
        Para(f"申请人：{story.party.name}　{_cn(back)}", indent=False, align="right"),
    ]
    story.slips["另纸"] = (ask, off)


@oddity("served by mail")
def by_mail(story: Story, _rng: random.Random) -> None:
    story.served_on = later(story.decided_on, 4)
    story.paid_on = working(add_calendar_days(story.served_on, 6))
    story.closed_on = later(story.paid_on, 2)
    story.archived_on = add_calendar_days(story.closed_on, 9)
    slip = Paper("邮寄回执", "国内特快专递邮件详情单", [], story.decided_on)
    slip.blocks = [
        Title("国内特快专递邮件详情单"),
        Para("邮件号：1099900112233", indent=False),
        Para(f"收件人：{story.party.name}　地址：{story.party.address}", indent=False),
        Para(f"内件品名：行政处罚决定书（{story.case_no}）", indent=False),
        Para(
            f"交寄日期：{_cn(later(story.decided_on, 1))}　签收日期：{_cn(story.served_on)}　签收人：{(story.party.agent or story.driver).name}",
            indent=False,
        ),
    ]
    story.slips |= {
        "决定方式": "邮寄送达",
        "决定备注": "挂号邮件回执附后",
        "决定地点": story.party.address,
        "另纸": (slip,),
    }


@oddity("left with a witness and video")
def left(story: Story, _rng: random.Random) -> None:
    photo = Paper("送达照片", "送达照片", [], story.served_on)
    photo.blocks = [
        Title("送达照片"),
        Picture(
            (
                f"拍摄时间：{_cn(story.served_on)}　拍摄人：{story.officers[1].name}　说明：留置送达现场",
            )
        ),
        Gap(6),
    ]
    story.slips |= {
        "决定方式": "留置送达",
        "决定收件人": "拒绝签收",
        "决定备注": "受送达人拒绝签收，由居委会工作人员柳某安到场见证并签名：柳某安，全程录像。",
        "决定地点": story.party.address,
        "另纸": (photo,),
    }


@oddity("published on day 7")
def seventh(story: Story, _rng: random.Random) -> None:
    story.published_on = later(story.decided_on, 7)


@oddity("paid on day 15 rolled", start=date(2024, 3, 4))
def fifteenth(story: Story, _rng: random.Random) -> None:
    # decided and served on one Friday: the fifteenth day is a Saturday
    day = story.decided_on
    while day.weekday() != 4 or not is_working_day(day):
        day += timedelta(days=1)
    story.approved_on = day
    if story.discussed_on:
        story.discussed_on = day
    move_decision(story, day)
    story.served_on = day
    story.paid_on = working(story.served_on + timedelta(days=15))
    story.closed_on = later(story.paid_on, 2)
    story.archived_on = add_calendar_days(story.closed_on, 9)


@oddity(
    "summary exactly 200",
    procedure="summary",
    cause=causes.NOT_CARRIED,
    organization=False,
    start=date(2022, 9, 5),
)
def two_hundred(story: Story, _rng: random.Random) -> None:
    set_fine(story, 200)


@oddity("summary exactly 3000", procedure="summary", cause=causes.MAINTENANCE, organization=True)
def three_thousand(story: Story, _rng: random.Random) -> None:
    set_fine(story, 3000)


@oddity(
    "summary reported on day 5", procedure="summary", cause=causes.MAINTENANCE, organization=True
)
def fifth(story: Story, _rng: random.Random) -> None:
    story.reported_on = later(story.decided_on, 5)


@oddity("certificates in other words")
def in_other_words(story: Story, _rng: random.Random) -> None:
    story.slips["亮证说法"] = "执法人员首先表明身份并出示证件，当事人查验后表示无异议。"


@oddity("recusal in other words")
def recusal(story: Story, _rng: random.Random) -> None:
    story.slips["回避说法"] = (
        "已告知当事人：如认为执法人员与案件有利害关系可能影响公正，有权要求更换，当事人称不需要。"
    )


@oddity("other people's plates")
def others(story: Story, _rng: random.Random) -> None:
    story.slips["补问"] = (
        "当天还有别的车吗？",
        "有的，前面一辆是浙X77213，后面一辆是苏X90F21，那两辆跟我没有关系。",
    )


@oddity("warning only, no fine", cause=causes.OVERLOAD)
def warned(story: Story, _rng: random.Random) -> None:
    story.weighed = story.limit + 860
    set_fine(story, 0)
    story.slips |= {"罚种": "警告", "拟罚": "警告", "执行情况": "警告决定已送达，违法行为已改正。"}
    story.left_out.add("票据")
    story.paid_on = story.served_on
    story.closed_on = later(story.served_on, 2)
    story.archived_on = add_calendar_days(story.closed_on, 9)


@oddity("new law lighter", cause=causes.PASSENGER, start=date(2023, 7, 10))
def lighter(story: Story, _rng: random.Random) -> None:
    # the act under the old text, the decision under the new: the lower floor applies
    story.cause = causes.PASSENGER
    set_fine(story, 12000)
    story.discussed_on = story.approved_on
    story.slips["理由"] = "鉴于处罚决定作出时新修订的规定处罚较轻，按照从旧兼从轻的原则适用新规定"


@oddity("two organs before 2024", start=date(2023, 3, 6))
def before_2024(story: Story, _rng: random.Random) -> None:
    story.slips["复议机关"] = f"{story.agency.government}或者{story.agency.superior}"


@oddity("statute quoted with old organ names", cause=causes.OVERLOAD)
def old_names(story: Story, _rng: random.Random) -> None:
    story.slips["决定幅度"] = "由公路管理机构责令改正，可以处3万元以下"


@oddity("defence accepted, fine lowered", cause=causes.PASSENGER, start=date(2024, 9, 9))
def lowered(story: Story, _rng: random.Random) -> None:
    story.defence_on = later(story.notice_served_on, 2)
    story.defence_reviewed_on = later(story.notice_served_on, 4)
    story.fine = max(10000, story.fine_notified - 3000)
    story.discussed_on = story.approved_on
    story.slips |= {
        "复核": "经复核，当事人主动提供线索并配合调查，予以采纳，酌情减少罚款。",
        "采纳": "经复核予以采纳",
    }


@oddity("lower limit mitigated with reason", cause=causes.RIDE_HAILING, start=date(2024, 3, 4))
def mitigated(story: Story, _rng: random.Random) -> None:
    set_fine(story, 2000)
    story.slips |= {
        "裁量": "当事人主动消除危害后果，具有《中华人民共和国行政处罚法》第三十二条规定的减轻处罚情形",
        "理由": "鉴于当事人主动消除违法行为危害后果，依照《中华人民共和国行政处罚法》第三十二条第一项的规定减轻处罚",
    }


@oddity("served on day 7")
def served_seventh(story: Story, _rng: random.Random) -> None:
    story.served_on = later(story.decided_on, 7)
    story.paid_on = working(add_calendar_days(story.served_on, 4))
    story.closed_on = later(story.paid_on, 2)
    story.archived_on = add_calendar_days(story.closed_on, 9)


@oddity("fine at the floor", cause=causes.PASSENGER, start=date(2024, 9, 9))
def floor(story: Story, _rng: random.Random) -> None:
    set_fine(story, 10000)
    story.discussed_on = story.approved_on


@oddity("filed on working day 7", start=date(2024, 3, 18))
def filed_seventh(story: Story, _rng: random.Random) -> None:
    story.registered_on = later(story.act_at.date(), 0)
    story.chief_on = later(story.act_at.date(), 6)
    story.filed_on = later(story.act_at.date(), 7)
    gap = story.filed_on - story.act_at.date()
    for talk in story.talks:
        talk.started_at += gap
        talk.ended_at = talk.ended_at + gap if talk.ended_at else None
    story.report_on = later(story.filed_on, 8)
    if story.legal_on:
        story.legal_on = later(story.filed_on, 9)
    story.notice_on = story.notice_served_on = later(story.filed_on, 10)
    story.approved_on = later(story.filed_on, 18)
    if story.discussed_on:
        story.discussed_on = story.approved_on
    move_decision(story, story.approved_on)


@oddity("heard on the day of the act, filed later")
def heard_first(story: Story, _rng: random.Random) -> None:
    for order, talk in enumerate(story.talks):
        talk.started_at = story.scene_ended_at + timedelta(minutes=50 + 60 * order)
        talk.ended_at = talk.started_at + timedelta(minutes=30)


@oddity(
    "recorded, no list of recordings",
    procedure="hearing",
    cause=causes.PASSENGER,
    houses=("municipal", "prose"),
)
def recorded(story: Story, _rng: random.Random) -> None:
    # the site record names the recorder; a separate list is a habit, no duty
    story.left_out.add("录像")


@oddity(
    "seizure extended in time",
    procedure="hearing",
    cause=causes.PASSENGER,
    houses=("ministry", "prose"),
)
def extended_seizure(story: Story, _rng: random.Random) -> None:
    assert story.seized_until is not None
    story.extended_to = add_calendar_days(story.seized_until, 30)
    story.released_on = add_calendar_days(story.seized_until, 12)


@oddity("brackets differ")
def brackets(story: Story, _rng: random.Random) -> None:
    year = str(story.act_at.year)
    plain = story.case_no
    for old in (f"〔{year}〕", f"[{year}]", f"（{year}）"):
        plain = plain.replace(old, f"({year})")
    story.slips |= {"结案案号": plain, "决定文号": plain.replace(f"({year})", f"[{year}]")}


@oddity("one interview ends as the next begins", organization=True)
def back_to_back(story: Story, _rng: random.Random) -> None:
    first, second = story.talks
    assert first.ended_at is not None
    second.started_at = first.ended_at
    second.ended_at = second.started_at + timedelta(minutes=25)


@oddity("seven working days over the Spring Festival", start=date(2023, 12, 18))
def spring(story: Story, _rng: random.Random) -> None:
    # decided 2024-02-06: the seventh working day is 2024-02-23
    day = date(2024, 2, 6)
    story.approved_on = day
    if story.discussed_on:
        story.discussed_on = day
    move_decision(story, day)
    story.published_on = later(day, 7)
    story.served_on = later(day, 7)
    story.paid_on = working(add_calendar_days(story.served_on, 4))
    story.closed_on = later(story.paid_on, 2)
    story.archived_on = add_calendar_days(story.closed_on, 9)


@oddity("own officers named in the other's place")
def turned(story: Story, _rng: random.Random) -> None:
    # the second officer asks and the first writes: both are there, in another order
    for talk in story.talks:
        talk.officers = (talk.officers[1], talk.officers[0])
    story.slips["经办人"] = f"{story.officers[1].name}、{story.officers[0].name}"


@oddity(
    "review mentions the amount in ten thousands", cause=causes.DANGEROUS, start=date(2024, 4, 8)
)
def in_ten_thousands(story: Story, _rng: random.Random) -> None:
    set_fine(story, 50000)
    story.discussed_on = story.approved_on
    story.slips["罚种"] = "罚款人民币5万元整（伍万元整）"
