"""Planted defects: each changes a lawful story so that one defect of the catalogue is there.

Every fault says what it needs (procedure, kind of party, vehicle) and changes days, omissions and
slips; nothing here knows how the checks look for it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from review.bench.forge import causes, people
from review.bench.forge.paper import letter
from review.bench.forge.plots import later, move_decision, set_fine, working
from review.bench.forge.story import Cause, Procedure, Story
from review.common.dates import add_calendar_days

Change = Callable[[Story, random.Random], None]
ROAD = (causes.PASSENGER, causes.FREIGHT, causes.RIDE_HAILING, causes.MAINTENANCE)


@dataclass(frozen=True, slots=True)
class Fault:
    """One way of planting a defect and the story that it needs."""

    defect: str
    change: Change
    procedure: Procedure = "ordinary"
    cause: Cause | None = None
    organization: bool | None = None
    start: date | None = None
    needs: frozenset[str] = field(default_factory=frozenset)

    @property
    def on_pages(self) -> bool:
        """Whether it can only be seen on pages, not in a Word file."""
        return "pages" in self.needs


FAULTS: list[Fault] = []


def fault(
    defect: str,
    *,
    procedure: Procedure = "ordinary",
    cause: Cause | None = None,
    organization: bool | None = None,
    start: date | None = None,
    needs: tuple[str, ...] = (),
) -> Callable[[Change], Change]:
    """Register a fault.

    `needs`: "plate" for causes with a vehicle, "road" for road causes, "pages" for what a Word
    file cannot show.
    """

    def register(change: Change) -> Change:
        FAULTS.append(
            Fault(defect, change, procedure, cause, organization, start, frozenset(needs))
        )
        return change

    return register


def _after(story: Story, days: int) -> None:
    """Decision `days` working days after the notice, everything later with it."""
    story.approved_on = story.decided_on = later(story.notice_on, days)
    move_decision(story, story.decided_on)


@fault("D-01")
def one_signs(story: Story, _rng: random.Random) -> None:
    story.slips["现场签名"] = story.officers[:1]


@fault("D-02")
def one_number(story: Story, _rng: random.Random) -> None:
    a, b = story.officers
    story.officers = (a, replace(b, number=a.number))
    for talk in story.talks:
        talk.officers = story.officers


@fault("D-04")
def no_certificate(story: Story, _rng: random.Random) -> None:
    story.left_out |= {"亮证", "亮证询问"}


@fault("D-05")
def no_recusal(story: Story, _rng: random.Random) -> None:
    story.left_out.add("回避")


@fault("D-06")
def filed_late(story: Story, _rng: random.Random) -> None:
    gap = later(story.act_at.date(), 20) - story.filed_on
    _shift(story, gap)
    story.filed_on = later(story.act_at.date(), 20)
    story.chief_on = later(story.act_at.date(), 19)


def _shift(story: Story, gap: timedelta) -> None:
    for talk in story.talks:
        talk.started_at = talk.started_at + gap
        talk.ended_at = talk.ended_at + gap if talk.ended_at else None
    for name in ("report_on", "legal_on", "notice_on", "notice_served_on"):
        day = getattr(story, name)
        if day is not None:
            setattr(story, name, working(day + gap))
    if story.discussed_on:
        story.discussed_on = later(story.notice_on, 8)
    _after(story, 8)


@fault("D-07")
def head_blank(story: Story, _rng: random.Random) -> None:
    story.left_out.add("批准栏")


@fault("D-08")
def one_handler(story: Story, _rng: random.Random) -> None:
    story.slips["经办人"] = story.officers[0].name


@fault("D-10", organization=True)
def two_in_one(story: Story, _rng: random.Random) -> None:
    story.talks[0].also = story.party.agent
    del story.talks[1:]


@fault("D-11", organization=True)
def at_the_same_time(story: Story, _rng: random.Random) -> None:
    first, second = story.talks
    second.started_at = first.started_at + timedelta(minutes=12)
    second.ended_at = second.started_at + timedelta(minutes=25)


@fault("D-12")
def no_end(story: Story, _rng: random.Random) -> None:
    story.talks[0].ended_at = None


@fault("D-12")
def end_before_start(story: Story, _rng: random.Random) -> None:
    story.talks[0].ended_at = story.talks[0].started_at - timedelta(minutes=35)


@fault("D-13")
def interview_unsigned(story: Story, _rng: random.Random) -> None:
    story.left_out.add("被询问人签名")


@fault("D-16")
def copies_unmarked(story: Story, _rng: random.Random) -> None:
    story.left_out.add("核对")


@fault("D-17")
def photos_bare(story: Story, _rng: random.Random) -> None:
    story.left_out.add("照片说明")


@fault("D-18", needs=("plate",))
def other_plate(story: Story, _rng: random.Random) -> None:
    last = story.plate[-2:]
    story.slips["决定车牌"] = story.plate[:-2] + (last[::-1] if last[0] != last[1] else "08")
    story.facts_alt["plate"] = [story.slips["决定车牌"]]


@fault("D-19", cause=causes.OVERLOAD)
def other_weight(story: Story, _rng: random.Random) -> None:
    story.slips["决定重量"] = (
        story.weighed + 150 if story.weighed % 1000 < 800 else story.weighed - 150
    )


@fault("D-20", cause=causes.OVERLOAD)
def scale_expired(story: Story, _rng: random.Random) -> None:
    story.slips["检定有效期"] = story.act_at.date() - timedelta(days=24)


@fault("D-28", organization=True)
def other_name(story: Story, _rng: random.Random) -> None:
    real = story.party.name
    story.slips["执照名称"] = (
        real.replace("有限公司", "发展有限公司") if len(real) < 9 else real[:-6] + "兴" + real[-5:]
    )


@fault("D-31", cause=causes.FREIGHT, start=date(2023, 9, 11))
def old_range(story: Story, _rng: random.Random) -> None:
    story.slips["决定幅度"] = "3万元以上10万元以下"
    story.slips["决定依据"] = "《中华人民共和国道路运输条例》第六十三条"
    set_fine(story, 30000)
    story.discussed_on = story.approved_on
    story.facts_alt["basis"] = [story.slips["决定依据"]]
    story.defects |= {"D-31", "D-35"}


@fault("D-32", procedure="summary", cause=causes.NOT_CARRIED, start=date(2024, 4, 8))
def not_carried_now(story: Story, _rng: random.Random) -> None:
    set_fine(story, 100)


@fault("D-33", cause=causes.MAINTENANCE, start=date(2024, 5, 13))
def old_article(story: Story, _rng: random.Random) -> None:
    story.cause = replace(story.cause, basis="《中华人民共和国道路运输条例》第七十条第一款")


@fault("D-34", cause=causes.PASSENGER, start=date(2024, 3, 11))
def below(story: Story, _rng: random.Random) -> None:
    set_fine(story, 5000)
    story.discussed_on = None


@fault("D-34", cause=causes.MAINTENANCE, start=date(2022, 8, 15))
def below_a_thousand(story: Story, _rng: random.Random) -> None:
    set_fine(story, 600)


@fault("D-35", cause=causes.RIDE_HAILING, start=date(2023, 11, 6))
def above(story: Story, _rng: random.Random) -> None:
    set_fine(story, 13000)
    story.discussed_on = story.approved_on


@fault("D-35", cause=causes.STALLS)
def above_stalls(story: Story, _rng: random.Random) -> None:
    set_fine(story, 6000)


@fault("D-36", cause=causes.OVERLOAD)
def multiplied_wrong(story: Story, _rng: random.Random) -> None:
    set_fine(story, story.fine + 1500)


@fault("D-39", cause=causes.PASSENGER, start=date(2024, 6, 3))
def gains_kept(story: Story, _rng: random.Random) -> None:
    story.slips["补问"] = (
        "之前还跑过几趟，一共收了多少车费？",
        "前后一共收了车费2400元，钱都在我这里。",
    )


@fault("D-40")
def not_ordered(story: Story, _rng: random.Random) -> None:
    story.left_out.add("责改")
    story.slips["执行情况"] = (
        f"罚款{story.fine}元已于{story.paid_on.year}年{story.paid_on.month}月{story.paid_on.day}日缴清。"
    )


@fault("D-44", cause=causes.ROAD_WORKS)
def after_two_years(story: Story, _rng: random.Random) -> None:
    story.act_on = story.act_at.date() - timedelta(days=800)


@fault("D-47", cause=causes.FREIGHT, start=date(2024, 3, 18))
def small_truck(story: Story, _rng: random.Random) -> None:
    story.slips |= {"总质量": "4495kg", "车型": "轻型厢式货车"}
    told = story.cause.told.replace("重型厢式货车", "轻型厢式货车").replace("18000千克", "4495千克")
    story.cause = replace(story.cause, told=told.replace("十二吨", "一吨半"))


@fault("D-48")
def no_notice(story: Story, _rng: random.Random) -> None:
    story.left_out.add("通知书")


@fault("D-49")
def notice_without_basis(story: Story, _rng: random.Random) -> None:
    story.left_out.add("告知依据")


@fault("D-49")
def notice_without_amount(story: Story, _rng: random.Random) -> None:
    story.left_out.add("拟罚数额")


@fault("D-50")
def stale_notice(story: Story, _rng: random.Random) -> None:
    story.slips["权利"] = (
        "根据《中华人民共和国行政处罚法》第三十一条、第三十二条、第四十二条的规定，你（单位）有权进行陈述和申辩，"
        "并可在收到本通知之日起三日内要求听证。"
    )
    story.left_out.add("听证告知")


@fault("D-51")
def same_day(story: Story, _rng: random.Random) -> None:
    if story.discussed_on:
        story.discussed_on = story.notice_on
    _after(story, 0)
    story.slips["无申辩"] = True


@fault("D-51")
def two_days(story: Story, _rng: random.Random) -> None:
    if story.discussed_on:
        story.discussed_on = later(story.notice_on, 2)
    _after(story, 2)


@fault("D-52")
def plea_unanswered(story: Story, _rng: random.Random) -> None:
    story.defence_on = later(story.notice_served_on, 2)
    story.slips["采纳"] = "本机关已经知悉"


@fault("D-53", cause=causes.PASSENGER, start=date(2024, 4, 15))
def raised(story: Story, _rng: random.Random) -> None:
    story.defence_on = later(story.notice_served_on, 2)
    story.defence_reviewed_on = later(story.notice_served_on, 4)
    story.fine = story.fine_notified + 3000
    story.discussed_on = story.approved_on
    story.slips["建议数额"] = story.fine


@fault("D-54", cause=causes.PASSENGER, start=date(2024, 4, 15))
def hearing_not_told(story: Story, _rng: random.Random) -> None:
    set_fine(story, 30000)
    story.discussed_on = story.approved_on
    story.left_out.add("听证告知")
    story.slips["未听证"] = True


@fault("D-55", procedure="hearing")
def own_judge(story: Story, _rng: random.Random) -> None:
    story.slips["主持人"] = story.officers[0].name


@fault("D-56", procedure="hearing")
def short_call(story: Story, _rng: random.Random) -> None:
    assert story.hearing_on is not None
    story.hearing_told_on = _back(story.hearing_on, 4)
    if story.hearing_asked_on and story.hearing_asked_on > story.hearing_told_on:
        story.hearing_asked_on = story.hearing_told_on


def _back(day: date, count: int) -> date:
    while count:
        day -= timedelta(days=1)
        count -= working(day) == day
    return day


@fault("D-57", procedure="hearing")
def no_second_review(story: Story, _rng: random.Random) -> None:
    story.second_legal_on = None


@fault("D-58")
def reviewed_after(story: Story, _rng: random.Random) -> None:
    story.legal_on = later(story.decided_on, 2)


@fault("D-59")
def own_reviewer(story: Story, _rng: random.Random) -> None:
    story.slips["审核人"] = story.officers[1].name


@fault("D-60")
def only_agreed(story: Story, _rng: random.Random) -> None:
    story.slips["审核意见"] = "同意。"


@fault("D-61", cause=causes.PASSENGER, start=date(2024, 6, 17))
def not_discussed(story: Story, _rng: random.Random) -> None:
    set_fine(story, 45000)
    story.discussed_on = None


@fault("D-63")
def day_91(story: Story, _rng: random.Random) -> None:
    day = later(working(add_calendar_days(story.filed_on, 90)), 1)
    story.approved_on = day
    if story.discussed_on:
        story.discussed_on = day
    move_decision(story, day)


@fault("D-64")
def served_late(story: Story, _rng: random.Random) -> None:
    move_decision(story, story.decided_on)
    story.served_on = later(story.decided_on, 10)
    story.paid_on = working(add_calendar_days(story.served_on, 5))
    story.closed_on = later(story.paid_on, 2)
    story.archived_on = add_calendar_days(story.closed_on, 10)


@fault("D-66")
def by_mobile(story: Story, _rng: random.Random) -> None:
    story.slips |= {
        "决定方式": "电子送达（微信）",
        "决定备注": "已发送至当事人微信",
        "决定地点": "微信",
    }


@fault("D-68")
def left_alone(story: Story, _rng: random.Random) -> None:
    story.slips |= {
        "决定方式": "留置送达",
        "决定备注": "当事人拒绝签收，将文书留置于其住所。",
        "决定收件人": "",
        "决定地点": story.party.address,
    }


@fault("D-69")
def one_server(story: Story, _rng: random.Random) -> None:
    story.slips["决定送达人"] = story.officers[0].name


@fault("D-70")
def no_evidence(story: Story, _rng: random.Random) -> None:
    story.left_out.add("证据")


@fault("D-71")
def three_months(story: Story, _rng: random.Random) -> None:
    story.slips["起诉期限"] = "三个月"


@fault("D-72")
def no_address(story: Story, _rng: random.Random) -> None:
    story.left_out.add("住址")


@fault("D-74")
def digits_differ(story: Story, _rng: random.Random) -> None:
    story.slips["小写"] = story.fine + 500
    story.facts_alt["fine_yuan"] = [str(story.fine + 500)]


@fault("D-75")
def other_number(story: Story, _rng: random.Random) -> None:
    story.slips["结案案号"] = story.agency.number.format(
        year=story.act_at.year, no=story.number + 9
    )


@fault("D-77", organization=True)
def leftover(story: Story, rng: random.Random) -> None:
    other = story.party
    while other.name == story.party.name:
        other = people.company(rng, {story.party.name}, story.agency.government[:3])
    story.slips["理由"] = f"鉴于{other.name}积极配合调查"


@fault("D-79")
def paid_early(story: Story, _rng: random.Random) -> None:
    story.paid_on = _back(story.notice_on, 1)


@fault("D-83")
def closed_early(story: Story, _rng: random.Random) -> None:
    story.closed_on = later(story.served_on, 1)
    story.paid_on = later(story.closed_on, 6)
    story.archived_on = add_calendar_days(story.closed_on, 12)
    story.slips["执行情况"] = "行政处罚决定书已送达当事人。"


@fault("D-84", procedure="summary", cause=causes.MAINTENANCE, organization=False)
def too_much_on_spot(story: Story, _rng: random.Random) -> None:
    set_fine(story, 1000)


@fault("D-84", procedure="summary", cause=causes.MAINTENANCE, organization=True)
def too_much_for_company(story: Story, _rng: random.Random) -> None:
    set_fine(story, 4000)


@fault("D-85", procedure="summary", organization=True)
def reported_late(story: Story, _rng: random.Random) -> None:
    story.reported_on = later(story.decided_on, 9)


@fault("D-86")
def published_late(story: Story, _rng: random.Random) -> None:
    story.published_on = later(story.decided_on, 12)


@fault("D-87")
def published_id(story: Story, _rng: random.Random) -> None:
    story.slips["公示多余"] = (
        ("法定代表人（驾驶人）身份证号", story.driver.id_no),
        ("联系电话", story.driver.phone),
    )


@fault("D-99")
def archived_late(story: Story, _rng: random.Random) -> None:
    story.archived_on = add_calendar_days(story.closed_on, 185)


@fault("D-101", procedure="summary", start=date(2024, 5, 6))
def both_ways(story: Story, _rng: random.Random) -> None:
    story.left_out.add("复议前置")


@fault("D-102", start=date(2024, 8, 5))
def superior_named(story: Story, _rng: random.Random) -> None:
    story.slips["复议机关"] = f"{story.agency.government}或者{story.agency.superior}"


@fault("D-103", start=date(2023, 10, 16), needs=("road",))
def old_organ(story: Story, _rng: random.Random) -> None:
    town = (
        story.agency.name[: story.agency.name.index("交通")] if "交通" in story.agency.name else ""
    )
    story.slips["落款"] = f"{town}道路运输管理处"
    story.facts_alt["agency"] = [story.slips["落款"]]


@fault("D-43", procedure="waived")
def not_taught(story: Story, _rng: random.Random) -> None:
    story.left_out |= {"复查", "教育"}


@fault("D-42", procedure="waived")
def not_first(story: Story, _rng: random.Random) -> None:
    story.slips["首违结果"] = "查询结果：当事人一年内有同类违法处罚记录1条。"


@fault("D-24", procedure="hearing", cause=causes.PASSENGER)
def no_list(story: Story, _rng: random.Random) -> None:
    story.left_out.add("清单")


@fault("D-25", procedure="hearing", cause=causes.PASSENGER)
def kept_too_long(story: Story, _rng: random.Random) -> None:
    story.released_on = add_calendar_days(story.act_at.date(), 41)


@fault("D-26", procedure="hearing", cause=causes.PASSENGER)
def approved_late(story: Story, _rng: random.Random) -> None:
    assert story.seized_at is not None
    story.seizure_approved_at = story.seized_at + timedelta(hours=47)


def _cn(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _preserve(story: Story, *, approved: bool, days: int) -> None:
    """Goods preserved as evidence on the day of the act, handled so many working days later."""
    on = story.act_at.date()
    handled = later(on, days)
    who = f"{story.officers[0].name}、{story.officers[1].name}"
    papers = []
    if approved:
        papers.append(
            letter(
                "证据登记保存审批表",
                "证据登记保存审批表",
                on,
                f"拟对{story.party.name}的账册一本先行登记保存，理由：证据可能灭失。",
                f"执法人员：{who}　{_cn(on)}",
                f"负责人审批意见：同意。{story.head}　{_cn(on)}",
            )
        )
    papers += [
        letter(
            "证据登记保存清单",
            "证据登记保存清单",
            on,
            f"案号：{story.case_no}",
            f"当事人：{story.party.name}",
            f"因调查需要，根据《中华人民共和国行政处罚法》第五十六条的规定，对下列物品先行登记保存，登记保存时间为{_cn(on)}。",
            "序号1　名称：账册　数量：一本",
            f"当事人签名：{story.driver.name}　执法人员签名：{who}　{_cn(on)}",
        ),
        letter(
            "解除证据登记保存决定书",
            "解除证据登记保存决定书",
            handled,
            f"案号：{story.case_no}",
            f"{story.party.name}：",
            f"{_cn(on)}对你（单位）的账册一本采取了先行登记保存，现决定自{_cn(handled)}起解除，原物退还。",
            f">{story.agency.name}",
            f">{_cn(handled)}",
        ),
    ]
    story.slips["另纸"] = tuple(papers)


@fault("D-22", cause=causes.ROAD_WORKS)
def preserved_without_approval(story: Story, _rng: random.Random) -> None:
    _preserve(story, approved=False, days=5)


@fault("D-23", cause=causes.ROAD_WORKS)
def preserved_too_long(story: Story, _rng: random.Random) -> None:
    _preserve(story, approved=True, days=11)


@fault("D-30", cause=causes.RIDE_HAILING, start=date(2023, 11, 6))
def not_a_pair(story: Story, _rng: random.Random) -> None:
    story.cause = replace(story.cause, basis="《中华人民共和国公路法》第七十七条")


@fault("D-46", cause=causes.OVERLOAD)
def for_the_police(story: Story, _rng: random.Random) -> None:
    story.cause = replace(
        story.cause,
        name="载货超过核定载质量",
        violated="《中华人民共和国道路运输条例》第三十四条第二款",
        basis="《中华人民共和国道路交通安全法》第九十二条第二款",
        range_words="200元以上500元以下",
    )
    set_fine(story, 500)


@fault("D-65", organization=False)
def mailed_without_slip(story: Story, _rng: random.Random) -> None:
    story.slips |= {
        "决定方式": "邮寄送达",
        "决定收件人": "",
        "决定地点": story.party.address,
        "决定备注": "挂号信寄出",
    }


@fault("D-67")
def announced_at_once(story: Story, _rng: random.Random) -> None:
    day = story.decided_on
    story.served_on = add_calendar_days(day, 30)
    story.paid_on = working(add_calendar_days(story.served_on, 5))
    story.closed_on = later(story.paid_on, 2)
    story.archived_on = add_calendar_days(story.closed_on, 10)
    story.slips |= {
        "决定方式": "公告送达",
        "决定收件人": "",
        "决定地点": "本机关公告栏",
        "决定备注": "自公告之日起满30日视为送达",
        "另纸": (
            letter(
                "送达公告",
                "送达公告",
                day,
                f"{story.party.name}：现依法向你（单位）公告送达行政处罚决定书（{story.case_no}），自公告之日起经过三十日即视为送达。",
                f">{story.agency.name}",
                f">{_cn(day)}",
            ),
        ),
    }


@fault("D-76")
def no_such_day(story: Story, _rng: random.Random) -> None:
    story.slips["决定时间"] = f"{story.served_on.year}年2月30日"
    story.facts_alt["served_on"] = ["*"]


@fault("D-78")
def cash(story: Story, _rng: random.Random) -> None:
    story.slips["履行"] = "罚款由执法人员当场收缴，已出具票据。"
    story.slips["执行情况"] = f"执法人员当场收缴罚款{story.fine}元。"


@fault("D-80", cause=causes.PASSENGER, start=date(2024, 3, 11))
def surcharge(story: Story, _rng: random.Random) -> None:
    story.paid_on = working(add_calendar_days(story.served_on, 75))
    story.closed_on = later(story.paid_on, 2)
    story.archived_on = add_calendar_days(story.closed_on, 10)
    more = story.fine * 3 * 60 // 100
    story.slips["执行情况"] = (
        f"当事人逾期60日，于{_cn(story.paid_on)}缴纳罚款{story.fine}元和加处罚款{more}元。"
    )


@fault("D-81")
def instalments_unasked(story: Story, _rng: random.Random) -> None:
    granted = later(story.served_on, 3)
    last = working(add_calendar_days(story.served_on, 50))
    story.paid_on = last
    story.closed_on = later(last, 2)
    story.archived_on = add_calendar_days(story.closed_on, 9)
    story.slips["另纸"] = (
        letter(
            "分期(延期)缴纳罚款通知书",
            "分期（延期）缴纳罚款通知书",
            granted,
            f"案号：{story.case_no}",
            f"{story.party.name}：",
            f"依据《中华人民共和国行政处罚法》第六十六条的规定，同意你（单位）延期至{_cn(last)}前缴清罚款{story.fine}元。",
            f">{story.agency.name}",
            f">{_cn(granted)}",
        ),
    )


@fault("D-88")
def still_online(story: Story, _rng: random.Random) -> None:
    gone = later(story.closed_on, 3)
    off = later(gone, 9)
    story.archived_on = add_calendar_days(off, 3)
    story.slips["另纸"] = (
        letter(
            "撤销行政处罚决定书",
            "撤销行政处罚决定书",
            gone,
            f"{story.party.name}：",
            f"经复查，本机关决定撤销{_cn(story.decided_on)}作出的{story.case_no}行政处罚决定书。",
            f">{story.agency.name}",
            f">{_cn(gone)}",
        ),
        letter(
            "公示撤回记录",
            "公示信息撤回记录",
            off,
            f"{story.case_no}行政处罚决定已被撤销，原公示信息于{_cn(off)}从公示平台撤回，并公开说明理由。",
            f"经办人：{story.clerk}　{_cn(off)}",
        ),
    )


@fault("D-97")
def no_remarks(story: Story, _rng: random.Random) -> None:
    story.left_out.add("备考表")


@fault("D-98")
def no_receipt(story: Story, _rng: random.Random) -> None:
    story.left_out.add("票据")


@fault("D-73", needs=("pages",))
def no_seal(story: Story, _rng: random.Random) -> None:
    story.left_out.add("印章")


@fault("D-104", cause=causes.DUMPING)
def substituted_at_once(story: Story, _rng: random.Random) -> None:
    day = later(story.served_on, 1)
    story.slips["另纸"] = (
        letter(
            "代履行记录",
            "代履行记录",
            day,
            f"{_cn(day)}，委托清障公司代为{story.cause.done}，费用由{story.party.name}承担。",
            f"现场：清障公司人员二人。记录人：{story.clerk}",
        ),
    )


@fault("D-105", cause=causes.ROAD_WORKS)
def at_night(story: Story, _rng: random.Random) -> None:
    day = later(story.served_on, 30)
    story.slips["另纸"] = (
        letter(
            "强制执行记录",
            "强制执行记录",
            day,
            f"执行时间：{_cn(day)}23时10分至{_cn(day)}23时55分",
            f"执行内容：强制拆除{story.party.name}架设的线缆，执法记录仪全程录音录像。",
            f"执行人员：{story.officers[0].name}、{story.officers[1].name}",
        ),
    )
    story.paid_on = later(day, 1)
    story.closed_on = later(day, 3)
    story.archived_on = add_calendar_days(story.closed_on, 10)
