"""Invented people, companies, vehicles and agencies; region codes 3299 and 99 belong to no city."""

from __future__ import annotations

import random
from datetime import date, timedelta

from stdnum.cn import ric, uscc

from review.bench.forge.story import Agency, Officer, Party, Person

_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻潘葛范彭鲁韦马苗方俞任袁柳"
_GIVEN = "安邦彬波昌超辰诚川达德东栋凡芳锋刚国海浩和恒宏华辉慧佳建健江杰洁静军君俊凯康磊莉力亮林玲龙梅民明宁鹏平琴庆荣瑞山胜松涛婷伟文霞翔晓欣兴秀旭雪岩阳燕义勇玉云泽哲振志忠"
_TRADES = ("运输", "物流", "货运", "建材", "汽车服务", "工程")
_WORDS = (
    "顺达",
    "鸿途",
    "同泰",
    "广源",
    "捷安",
    "新航",
    "三江",
    "金穗",
    "瑞丰",
    "恒联",
    "大通",
    "合众",
)
_STREETS = ("解放路", "和平街", "东环路", "育才巷", "滨河大道", "胜利路", "工业三路", "桃园村二组")

AGENCIES = {
    "ministry": Agency(
        name="岚州市青湾区交通运输局",
        squad="岚州市青湾区交通运输综合行政执法大队",
        government="岚州市青湾区人民政府",
        superior="岚州市交通运输局",
        court="岚州市青湾区人民法院",
        number="岚青交罚〔{year}〕{no:05d}号",
        plate="苏X",
        bank="岚州农村商业银行青湾支行",
        prefix="9910",
    ),
    "municipal": Agency(
        name="宁渡市交通运输局",
        squad="宁渡市交通运输综合行政执法支队三大队",
        government="宁渡市人民政府",
        superior="东川省交通运输厅",
        court="宁渡市城中区人民法院",
        number="宁交执罚字[{year}]第{no:04d}号",
        plate="皖X",
        bank="宁渡银行营业部",
        prefix="9920",
    ),
    "prose": Agency(
        name="临溪县交通运输局",
        squad="临溪县交通运输执法大队",
        government="临溪县人民政府",
        superior="平州市交通运输局",
        court="临溪县人民法院",
        number="临交罚（{year}）{no}号",
        plate="赣X",
        bank="临溪县信用联社城关分社",
        prefix="9930",
    ),
    "waterway": Agency(
        name="沧口市港航管理局",
        squad="沧口市港航管理局执法支队",
        government="沧口市人民政府",
        superior="东川省港航管理局",
        court="沧口市江岸区人民法院",
        number="沧港航罚字〔{year}〕第{no:03d}号",
        plate="沧货",
        bank="沧口港城银行江岸支行",
        prefix="9940",
    ),
}


def name(rng: random.Random, taken: set[str]) -> str:
    """A name of two or three characters that nobody else in the file bears."""
    while True:
        found = rng.choice(_FAMILY) + "".join(rng.sample(_GIVEN, rng.choice((1, 2, 2))))
        if found not in taken:
            taken.add(found)
            return found


def person(rng: random.Random, taken: set[str]) -> Person:
    """A grown-up with an identity number whose check digit holds."""
    born = date(1968, 1, 1) + timedelta(days=rng.randrange(12000))
    bare = f"3299{rng.randrange(1, 30):02d}{born:%Y%m%d}{rng.randrange(1000):03d}"
    sex = "男" if int(bare[16]) % 2 else "女"
    number = bare + ric.calc_check_digit(bare)
    street = f"{rng.choice(_STREETS)}{rng.randrange(1, 300)}号"
    return Person(name(rng, taken), number, sex, f"199{rng.randrange(10**8):08d}", street)


def company(rng: random.Random, taken: set[str], town: str) -> Party:
    """A company with its representative and an agent."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    bare = f"9199{rng.randrange(1, 90):02d}{rng.randrange(1, 30):02d}MA" + "".join(
        rng.choice(letters) for _ in range(7)
    )
    title = f"{town}{rng.choice(_WORDS)}{rng.choice(_TRADES)}有限公司"
    return Party(
        kind="organization",
        name=title,
        number=bare + uscc.calc_check_digit(bare),
        address=f"{town}{rng.choice(_STREETS)}{rng.randrange(1, 300)}号",
        phone=f"0990-8{rng.randrange(10**6):06d}",
        representative=name(rng, taken),
        agent=person(rng, taken),
    )


def citizen(who: Person, town: str) -> Party:
    """A citizen as the party."""
    return Party("citizen", who.name, who.id_no, town + who.address, who.phone, person=who)


def officers(rng: random.Random, taken: set[str], prefix: str, count: int) -> tuple[Officer, ...]:
    """Officers with distinct certificate numbers."""
    start = rng.randrange(1000, 9000)
    return tuple(
        Officer(name(rng, taken), f"{prefix}{start + 7 * index:06d}") for index in range(count)
    )


def plate(rng: random.Random, agency: Agency, vehicle: str) -> str:
    """A plate, or the name of a ship; empty where nothing drives."""
    if not vehicle:
        return ""
    if vehicle == "ship":
        return f"{agency.plate}{rng.randrange(1000, 9999)}"
    return f"{agency.plate}{rng.choice('ABCDEFGH')}{rng.randrange(1000, 9999)}"
