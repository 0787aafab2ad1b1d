"""Lawful stories with all their days, before faults and oddities."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from review.bench.forge import causes, people
from review.bench.forge.story import Cause, Procedure, Story, Talk
from review.common.dates import add_calendar_days, add_working_days, is_working_day

_TOWN = {"ministry": "岚州市青湾区", "municipal": "宁渡市", "prose": "临溪县", "waterway": "沧口市"}
_PLACES = {
    "ministry": ("X102县道14公里处", "青湾大道与港前路交叉口", "S219省道K37+200", "青湾超限检测站"),
    "municipal": ("环城高速南出口", "火车站东广场", "G998国道12KM+500M处", "城南货运市场门前"),
    "prose": ("城关镇东门大桥东侧", "临白公路七公里处", "县汽车站对面", "石桥治超站"),
    "waterway": ("沧江下游三号浮标", "江岸区第六码头", "沧口内港池北侧", "白鹭湾锚地"),
}
LIMITS = {3: 27000, 4: 36000, 5: 43000}


def working(day: date) -> date:
    """The day itself or the next working day."""
    return day if is_working_day(day) else add_working_days(day, 1)


def later(day: date, count: int) -> date:
    """So many working days later."""
    return add_working_days(day, count)


def plot(
    rng: random.Random,
    key: str,
    house: str,
    cause: Cause,
    procedure: Procedure,
    *,
    start: date,
    organization: bool,
) -> Story:
    """A lawful story of that cause and procedure that starts at `start` or the next working day."""
    agency, town, taken = people.AGENCIES[house], _TOWN[house], set[str]()
    act = working(start)
    officers = people.officers(rng, taken, agency.prefix, 2)
    driver = people.person(rng, taken)
    party = people.company(rng, taken, town) if organization else people.citizen(driver, town)
    at = datetime.combine(act, time(rng.randrange(8, 11), rng.randrange(0, 55)))
    chief = later(act, rng.randrange(0, 3))
    filed = later(chief, 1)
    report = later(filed, rng.randrange(4, 8))
    legal = later(report, 2)
    notice = later(legal, 1)
    approved = later(notice, rng.randrange(7, 10))
    decided = later(approved, rng.randrange(0, 2))
    served = later(decided, rng.randrange(0, 4))
    paid = working(add_calendar_days(served, rng.randrange(2, 12)))
    closed = later(paid, rng.randrange(1, 5))
    cause = causes.on_day(cause, act)
    story = Story(
        key=key,
        house=house,
        agency=agency,
        cause=cause,
        procedure=procedure,
        party=party,
        driver=driver,
        officers=officers,
        chief=people.name(rng, taken),
        head=people.name(rng, taken),
        jurist=people.name(rng, taken),
        host=people.name(rng, taken),
        clerk=people.name(rng, taken),
        deputy=people.name(rng, taken),
        number=rng.randrange(10, 900),
        place=rng.choice(_PLACES[house]),
        plate=people.plate(rng, agency, cause.vehicle),
        trailer=f"{agency.plate}{rng.randrange(1000, 9999)}挂" if cause.key == "overload" else "",
        act_at=at,
        scene_ended_at=at + timedelta(minutes=rng.randrange(25, 50)),
        found_on=act,
        registered_on=act,
        chief_on=chief,
        filed_on=filed,
        report_on=report,
        legal_on=legal,
        notice_on=notice,
        notice_served_on=notice,
        approved_on=approved,
        decided_on=decided,
        served_on=served,
        published_on=later(decided, rng.randrange(2, 6)),
        paid_on=paid,
        closed_on=closed,
        archived_on=add_calendar_days(closed, rng.randrange(5, 20)),
        fine_notified=0,
        fine=0,
    )
    set_fine(story, _fine(rng, story))
    _talks(rng, story)
    if story.fine >= (20000 if organization else 10000):
        story.discussed_on = story.approved_on
    if procedure == "hearing":
        _hearing(story)
    elif procedure == "summary":
        _summary(story)
    elif procedure == "waived":
        _waived(story)
    return story


def set_fine(story: Story, fine: int) -> None:
    """The same fine notified and decided."""
    story.fine_notified = story.fine = fine


def _fine(rng: random.Random, story: Story) -> int:
    cause = story.cause
    if story.procedure == "waived":
        return 0
    if cause.key == "overload":
        story.axles = rng.choice(tuple(LIMITS))
        story.limit = LIMITS[story.axles]
        story.weighed = story.limit + rng.randrange(30, 160) * 100 + rng.choice((0, 50, 20))
        return (story.weighed - story.limit) // 1000 * 500
    if story.procedure == "summary":
        return min(
            cause.fine_to, rng.choice((1000, 2000)) if story.party.kind == "organization" else 100
        )
    if cause.key == "dumping" and story.party.kind == "citizen":
        return rng.randrange(500, 2000, 100)
    low, high = cause.fine_from, cause.fine_to
    step = 1000 if high >= 20000 else 100
    return (low + (high - low) * rng.randrange(5, 40) // 100) // step * step or step


def _talks(rng: random.Random, story: Story) -> None:
    first = datetime.combine(story.filed_on, time(9, rng.randrange(0, 40)))
    role = "驾驶员" if story.cause.vehicle else "现场负责人"
    story.talks = [Talk(story.driver, role, first, first + timedelta(minutes=38), story.officers)]
    if story.party.kind == "citizen":
        story.talks[0].role = "当事人"
        return
    second = first + timedelta(days=(later(story.filed_on, 1) - story.filed_on).days, hours=5)
    agent = story.party.agent
    assert agent is not None
    story.talks.append(
        Talk(agent, "委托代理人", second, second + timedelta(minutes=25), story.officers)
    )


def _hearing(story: Story) -> None:
    """Seizure, hearing, second review, discussion."""
    notice = story.notice_served_on
    story.hearing_asked_on = later(notice, 3)
    story.hearing_told_on = later(notice, 4)
    story.hearing_on = later(story.hearing_told_on, 9)
    story.hearing_report_on = later(story.hearing_on, 2)
    story.second_legal_on = later(story.hearing_on, 4)
    story.discussed_on = later(story.hearing_on, 6)
    story.approved_on = later(story.hearing_on, 7)
    move_decision(story, later(story.hearing_on, 8))
    if story.cause.vehicle and story.cause.key in ("passenger", "dangerous", "ride-hailing"):
        story.seized_at = story.act_at + timedelta(minutes=15)
        story.seizure_approved_at = story.act_at + timedelta(minutes=10)
        story.seized_until = add_calendar_days(story.act_at.date(), 30)
        story.released_on = add_calendar_days(story.act_at.date(), _days_kept(story))


def _days_kept(story: Story) -> int:
    return 12 + story.number % 10


def move_decision(story: Story, day: date) -> None:
    """The decision and everything after it, the same distances kept short."""
    story.decided_on = day
    story.served_on = later(day, 1)
    story.published_on = later(day, 4)
    story.paid_on = working(add_calendar_days(story.served_on, 8))
    story.closed_on = later(story.paid_on, 2)
    story.archived_on = add_calendar_days(story.closed_on, 12)


def _summary(story: Story) -> None:
    day = story.act_at.date()
    move_decision(story, day)
    story.served_on = day
    story.published_on = None
    story.legal_on = story.discussed_on = None
    story.talks = []
    story.reported_on = later(day, 2)
    story.paid_on = working(add_calendar_days(day, 5))


def _waived(story: Story) -> None:
    story.legal_on = story.discussed_on = None
    story.talks = story.talks[:1]
    story.cleared_on = later(story.act_at.date(), 3)
    move_decision(story, later(story.filed_on, 6))
    story.approved_on = story.decided_on
    story.published_on = None
    story.closed_on = later(story.served_on, 1)
    story.archived_on = add_calendar_days(story.closed_on, 12)
