"""Papers of a case in which a minor act is not punished."""

from __future__ import annotations

from datetime import timedelta

from samples.blocks import Block, Card, Paper, Para, Photo, Rows, Sign
from samples.desk import Desk


def history_search(desk: Desk) -> Paper:
    """Print the search for earlier penalties of the same party."""
    case = desk.case
    on = case.dates.found_on
    blocks: list[Block] = [
        desk.head("首次违法查询记录"),
        Card(
            "行政处罚记录查询",
            (
                f"查询对象：{case.party_name}",
                f"证件号码：{case.party_number}",
                f"查询事项：{case.cause.name}",
                f"查询范围：{case.agency.superior.removesuffix('交通运输局')}行政处罚信息系统，近两年",
                f"查询日期：{desk.day(on)}",
                "查询结果：共0条记录，系首次违法",
            ),
            width=0.86,
        ),
        Sign("查询人：", case.officers[1].name, desk.signed(on)),
    ]
    return Paper("首次违法查询记录", "首次违法查询记录", blocks, on)


def correction_check(desk: Desk) -> Paper:
    """Record that the correction was verified."""
    case = desk.case
    on = (case.dates.corrected or case.dates.found_on) - timedelta(days=2)
    blocks: list[Block] = [
        desk.head("整改复查记录"),
        Rows(((("复查时间", f"{desk.day(on)}10时20分"), ("复查地点", case.place)),)),
        Para(
            f"复查情况：{case.party_name}已将遗洒物清扫干净，路面无残留、无损坏；车辆篷布已更换并全覆盖，未发现再次遗洒。改正到位，没有造成危害后果。"
        ),
        Photo(
            "clean",
            "",
            (
                f"拍摄人：{case.officers[1].name}　拍摄时间：{desk.day(on)}　证明内容：路面清理后的情况",
            ),
            f"{on}",
        ),
        Sign("当事人签名：", case.person.name, desk.signed(on)),
        desk.officers_sign(on, "复查人签名："),
    ]
    return Paper("整改复查记录", "整改复查记录", blocks, on)


def commitment(desk: Desk) -> Paper:
    """Write the party's commitment."""
    case = desk.case
    on = (case.dates.corrected or case.dates.found_on) - timedelta(days=2)
    blocks: list[Block] = [
        desk.head("免予处罚告知承诺书"),
        Para(
            f"执法人员告知：{case.party_name}的行为违反了{case.cause.violated}的规定，因违法行为轻微、首次被发现、及时改正且没有造成危害后果，"
            "依法可以不予行政处罚；再次发生同类违法行为的，将依法处理。"
        ),
        Para(
            "本人承诺：已知晓上述内容，承认违法事实，已经改正，今后严格遵守公路管理规定，不再发生类似行为；如有违反，愿承担法律责任。"
        ),
        Sign("承诺人签名：", case.person.name, desk.signed(on)),
        desk.officers_sign(on),
    ]
    return Paper("免予处罚告知承诺书", "免予处罚告知承诺书", blocks, on)


def education(desk: Desk) -> Paper:
    """Record the education of the party."""
    case = desk.case
    on = (case.dates.corrected or case.dates.found_on) - timedelta(days=2)
    blocks: list[Block] = [
        desk.head("教育记录"),
        Rows(
            (
                (("教育时间", f"{desk.day(on)}10时40分"), ("教育地点", case.agency.brigade)),
                (("教育对象", case.person.name), ("教育方式", "当面教育")),
            )
        ),
        Para(
            f"教育内容：讲解{case.cause.violated}关于车辆装载的规定，说明遗洒物对行车安全的危害，提示出车前检查篷布和车厢。"
        ),
        Para(f"{case.person.name}表示接受教育，今后一定注意。"),
        Sign("受教育人签名：", case.person.name, desk.signed(on)),
        desk.officers_sign(on),
    ]
    return Paper("教育记录", "教育记录", blocks, on)
