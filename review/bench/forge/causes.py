"""Causes of action with the law of their day and the story of the act, in the forge's own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from review.bench.forge.story import Cause

NEW_ROAD_RULES = date(2023, 7, 20)

OVERLOAD = Cause(
    key="overload",
    name="车货总质量超过限定标准行驶公路",
    violated="《公路安全保护条例》第三十三条第一款",
    basis="《公路安全保护条例》第六十四条",
    fine_from=500,
    fine_to=30000,
    range_words="3万元以下",
    told=(
        "{who}驾驶{plate}号重型半挂牵引车（挂车{trailer}）经过{place}，"
        "经检测车货总质量{kg}，该车共{axles}轴，限定标准为{limit}，超出{over}，且不能出示超限运输通行证"
    ),
    done="自行卸载超限部分货物",
    business=False,
    vehicle="truck",
    asked=(
        ("车上装的什么货？从哪里拉到哪里？", "装的石子，从料场拉到搅拌站。"),
        ("装货时过磅了吗？", "没有过磅，凭感觉装的。"),
        ("有没有办过超限运输通行证？", "没办过。"),
    ),
)

PASSENGER = Cause(
    key="passenger",
    name="未取得道路运输经营许可擅自从事道路客运经营",
    violated="《中华人民共和国道路运输条例》第十条第一款",
    basis="《中华人民共和国道路运输条例》第六十三条第二项",
    fine_from=10000,
    fine_to=100000,
    range_words="1万元以上10万元以下",
    told=(
        "{who}驾驶{plate}号小型普通客车在{place}搭载乘客四人准备前往邻市，"
        "每人收取车费六十元，车内无任何客运经营证件，{party}也未取得道路客运经营许可"
    ),
    done="立即停止未经许可的客运经营",
    business=True,
    vehicle="bus",
    asked=(
        ("车上的乘客你认识吗？", "不认识，是在路边等车的。"),
        ("车费怎么算？", "讲好一个人六十块，到了再给。"),
        ("你们办过客运许可没有？", "没有办过。"),
    ),
)

FREIGHT = Cause(
    key="freight",
    name="未取得道路运输经营许可擅自从事道路普通货物运输经营",
    violated="《中华人民共和国道路运输条例》第二十四条第一款",
    basis="《中华人民共和国道路运输条例》第六十三条第一项",
    fine_from=3000,
    fine_to=10000,
    range_words="3000元以上1万元以下",
    told=(
        "{who}驾驶{plate}号重型厢式货车在{place}替人运送瓷砖十二吨，约定运费四百元未付，"
        "{party}没有道路货物运输经营许可证，该车总质量18000千克"
    ),
    done="立即停止未经许可的货运经营",
    business=True,
    vehicle="truck",
    asked=(
        ("这车货是谁的？", "建材市场一个老板的，托我们送。"),
        ("运费怎么说的？", "说好四百，还没给。"),
        ("有没有道路运输经营许可证？", "没有。"),
    ),
)

DANGEROUS = Cause(
    key="dangerous",
    name="未取得道路运输经营许可擅自从事道路危险货物运输经营",
    violated="《中华人民共和国道路运输条例》第二十四条第二款",
    basis="《中华人民共和国道路运输条例》第六十三条第三项",
    fine_from=30000,
    fine_to=100000,
    range_words="3万元以上10万元以下",
    told=(
        "{who}驾驶{plate}号轻型栏板货车在{place}装运瓶装工业氧气三十瓶，"
        "{party}未取得道路危险货物运输许可，无法提供运单"
    ),
    done="停止装运并将气瓶移交有资质的单位",
    business=True,
    vehicle="truck",
    asked=(
        ("气瓶准备送到哪里？", "送到修理厂，他们焊东西用。"),
        ("知道氧气瓶属于危险货物吗？", "听说过，没太当回事。"),
        ("有许可吗？", "没有许可。"),
    ),
)

NOT_CARRIED = Cause(
    key="not-carried",
    name="不按照规定携带车辆营运证",
    violated="《中华人民共和国道路运输条例》第三十三条",
    basis="《中华人民共和国道路运输条例》第六十八条",
    fine_from=20,
    fine_to=200,
    range_words="20元以上200元以下",
    told="{who}驾驶{plate}号货车行至{place}接受检查时，未能出示随车的车辆营运证，经系统核对该车证件有效",
    done="随车携带车辆营运证",
    business=True,
    vehicle="truck",
)

MAINTENANCE = Cause(
    key="maintenance",
    name="不按规定维护和检测运输车辆",
    violated="《中华人民共和国道路运输条例》第三十条",
    basis="《中华人民共和国道路运输条例》第六十九条第一款",
    fine_from=1000,
    fine_to=5000,
    range_words="1000元以上5000元以下",
    told="经核对{plate}号货车的技术档案，{party}逾期四十余日未对该车进行检测，{who}驾驶该车行至{place}时被查",
    done="十日内完成车辆检测",
    business=True,
    vehicle="truck",
    asked=(
        ("车辆上一次检测是什么时候？", "去年这个时候，后来忙忘了。"),
        ("公司有没有人管车辆技术档案？", "有，换人以后没交接好。"),
    ),
)

RIDE_HAILING = Cause(
    key="ride-hailing",
    name="未取得网络预约出租汽车运输证从事网约车经营",
    violated="《网络预约出租汽车经营服务管理暂行办法》第十三条",
    basis="《网络预约出租汽车经营服务管理暂行办法》第三十四条第一款第二项",
    fine_from=3000,
    fine_to=10000,
    range_words="3000元以上1万元以下",
    told=(
        "{who}驾驶{plate}号小型轿车通过打车软件接单，在{place}送一名乘客下车，"
        "订单显示车费18.6元，该车没有《网络预约出租汽车运输证》"
    ),
    done="未取得运输证前不得接单",
    business=True,
    vehicle="car",
    asked=(
        ("这一单是在哪个软件上接的？", "手机上的打车软件。"),
        ("车辆办理网约车运输证没有？", "想办，还没办下来。"),
    ),
)

ROAD_WORKS = Cause(
    key="road-works",
    name="未经许可进行涉路施工活动",
    violated="《公路安全保护条例》第二十七条第二项",
    basis="《公路安全保护条例》第六十二条",
    fine_from=0,
    fine_to=30000,
    range_words="3万元以下",
    told="{party}未经许可，由{who}带领工人在{place}跨越公路架设通信线缆约八十米，现场无施工许可和安全标志",
    done="停止施工并在七日内补办手续或者恢复原状",
    business=False,
    vehicle="",
    asked=(
        ("线缆是谁让架的？", "公司派的活，赶工期。"),
        ("涉路施工许可办了吗？", "以为业主办了，其实没有。"),
    ),
)

STALLS = Cause(
    key="stalls",
    name="在公路上堆放物品影响公路畅通",
    violated="《中华人民共和国公路法》第四十六条",
    basis="《中华人民共和国公路法》第七十七条",
    fine_from=0,
    fine_to=5000,
    range_words="5000元以下",
    told="{who}在{place}路面堆放黄沙约二立方米，占用慢车道一米二，影响车辆通行",
    done="三日内清除堆放物",
    business=False,
    vehicle="",
    asked=(("黄沙准备做什么用？", "家里修院墙。"), ("堆了多久？", "早上刚卸的。")),
)

PORT = Cause(
    key="port",
    name="未依法取得港口经营许可证从事港口经营",
    violated="《中华人民共和国港口法》第二十二条第一款",
    basis="《中华人民共和国港口法》第四十九条",
    fine_from=50000,
    fine_to=200000,
    range_words="5万元以上20万元以下",
    told="{party}在{place}为过往货船装卸黄沙，现场有吊机一台、{plate}轮正在靠泊卸货，{who}在场指挥，不能出示港口经营许可证",
    done="停止港口经营活动",
    business=True,
    vehicle="ship",
    asked=(
        ("码头什么时候开始装卸的？", "上个月试着做的。"),
        ("港口经营许可证办了吗？", "材料递了，还没批。"),
        ("收了多少装卸费？", "还没结账，一分没收。"),
    ),
)

DUMPING = Cause(
    key="dumping",
    name="在航道内倾倒砂石",
    violated="《中华人民共和国航道法》第三十五条第二项",
    basis="《中华人民共和国航道法》第四十二条第二项",
    fine_from=0,
    fine_to=50000,
    range_words="5万元以下",
    told="{who}驾驶{plate}轮在{place}水域向航道内倾倒疏浚砂石约六十立方米，该轮由{party}所有并经营",
    done="清除倾倒的砂石，恢复航道水深",
    business=False,
    vehicle="ship",
    asked=(
        ("砂石从哪里来的？", "清淤挖上来的。"),
        ("为什么倒在航道里？", "运到指定地点太远，图省事。"),
    ),
)

SHIP_PAPERS = Cause(
    key="ship-papers",
    name="使用未取得船舶营运证件的船舶从事水路运输",
    violated="《国内水路运输管理条例》第十四条第一款",
    basis="《国内水路运输管理条例》第三十四条",
    fine_from=20000,
    fine_to=100000,
    range_words="2万元以上10万元以下",
    told="{party}使用{plate}轮装载煤炭自上游运往{place}，由{who}驾驶，该轮没有配发船舶营运证",
    done="该轮取得船舶营运证前停止营运",
    business=True,
    vehicle="ship",
    asked=(
        ("该轮有没有船舶营运证？", "新买的船，证还没办。"),
        ("这趟运费多少？", "还没谈定，没有收。"),
    ),
)

ALL = (
    *(OVERLOAD, PASSENGER, FREIGHT, DANGEROUS, NOT_CARRIED, MAINTENANCE, RIDE_HAILING),
    *(ROAD_WORKS, STALLS, PORT, DUMPING, SHIP_PAPERS),
)


def on_day(cause: Cause, day: date) -> Cause:
    """The cause under the text of that day of act and decision (road rules changed 2023-07-20)."""
    if day >= NEW_ROAD_RULES:
        return cause
    rules = "《中华人民共和国道路运输条例》"
    if cause.key in ("passenger", "freight", "dangerous"):
        return replace(
            cause,
            basis=f"{rules}第六十三条",
            fine_from=30000,
            fine_to=100000,
            range_words="3万元以上10万元以下",
        )
    if cause.key == "maintenance":
        return replace(cause, basis=f"{rules}第七十条第一款")
    return cause
