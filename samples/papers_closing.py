"""Payment, publication, closing, recordings; cover, index and remarks sheet."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from samples.blocks import Block, Card, Gap, Grid, Opinion, Paper, Para, Rows, SealLine, Sign, Title
from samples.desk import Desk
from samples.families import money_in_words


def payment(desk: Desk) -> Paper:
    """Paste the receipt of the fine."""
    case = desk.case
    on = case.dates.paid
    assert on is not None
    number = sha256(f"{case.key}/receipt".encode()).hexdigest()
    digits = "".join(str(int(char, 16) % 10) for char in number[:10])
    city = case.agency.superior.removesuffix("交通运输局")
    blocks: list[Block] = [
        desk.head("罚款票据"),
        Card(
            "政府非税收入一般缴款书（电子·样例）",
            (
                f"票据号码：{digits}",
                f"缴款日期：{desk.day(on)}",
                f"缴款人：{case.party_name}",
                "收入项目：交通运输罚没收入",
                f"金额（大写）：{money_in_words(case.fine)}　（小写）：￥{case.fine}.00",
                f"收款单位：{case.agency.name}",
                f"代收银行：{case.agency.bank}",
                f"备注：{case.number}",
            ),
            seal=f"{city}财政局票据专用章",
            width=0.9,
        ),
        Para("上列票据由当事人自行到代收银行缴款后提供，执法人员未收取现金。"),
        Sign("粘贴人：", case.officers[1].name, desk.signed(on)),
    ]
    return Paper("罚款票据", desk.family.title("罚款票据"), blocks, on)


def masked_name(name: str) -> str:
    """Hide the given name of a natural person, as publication demands."""
    return name[0] + "某" * (len(name) - 1)


def publication(desk: Desk) -> Paper:
    """Print the page on which the decision was published."""
    case = desk.case
    on = case.dates.published
    assert on is not None
    party = case.party_name if case.company else masked_name(case.party_name)
    result = "不予行政处罚" if case.procedure == "waived" else f"罚款{case.fine}元"
    lines = [
        f"行政处罚决定书文号：{case.number}",
        f"行政相对人名称：{party}",
        f"违法行为类型：{case.cause.name}",
        f"处罚依据：{case.cause.basis}",
        f"处罚内容：{result}",
        f"处罚决定日期：{case.dates.decided.isoformat()}",
        f"公示日期：{on.isoformat()}",
        f"处罚机关：{case.agency.name}",
    ]
    if case.company:
        lines.insert(2, f"统一社会信用代码：{case.company.credit_code}")
    blocks: list[Block] = [
        desk.head("公示截图"),
        Card("行政执法信息公示平台　行政处罚结果", tuple(lines), width=0.92),
        Sign("截图人：", case.agency.archivist, desk.signed(on)),
    ]
    return Paper("公示截图", desk.family.title("公示截图"), blocks, on)


def copy_letter(desk: Desk) -> Paper:
    """Write the letter to the home office of an overloaded lorry."""
    case = desk.case
    on = case.dates.copied
    assert on is not None
    blocks: list[Block] = [
        desk.head("抄告函"),
        Para("车籍所在地交通运输主管部门：", indent=False),
        Para(
            f"{case.vehicle.plate}号车辆于{desk.day(case.dates.found_on)}在{case.place}违法超限运输，车货总质量超限{case.vehicle.over_kg}千克。"
            f"本机关已于{desk.day(case.dates.decided)}依法作出处理决定，现将有关信息抄告贵单位。"
        ),
        SealLine(case.agency.name, desk.signed(on), "公章"),
    ]
    return Paper("抄告函", "抄告函", blocks, on)


def closing_report(desk: Desk) -> Paper:
    """Write the closing report."""
    case = desk.case
    on = case.dates.closed
    assert on is not None
    if case.procedure == "waived":
        result = "不予行政处罚，已批评教育"
        done = "当事人已改正违法行为，签署承诺书，案件处理完毕。"
    else:
        assert case.dates.paid is not None
        result = desk.penalty(case.fine)
        done = f"{case.party_name}已于{desk.day(case.dates.paid)}缴清罚款{case.fine}元，处罚决定执行完毕。"
    blocks: list[Block] = [
        desk.head("结案报告", number=case.other_number),
        Rows(
            (
                ((desk.label("案由"), desk.cause_line()),),
                (
                    ("当事人", case.party_name),
                    ("立案日期", desk.day(case.dates.filed) if case.dates.filed else ""),
                ),
                (("决定日期", desk.day(case.dates.decided)), ("承办人", desk.officer_names())),
                (("处理结果", f"{result}。"),),
                (("执行情况", done),),
            )
        ),
        Opinion("承办人意见", "建议结案。", "承办人：", desk.officer_names(), desk.signed(on)),
        Opinion(
            desk.label("负责人审批意见"),
            desk.pick("同意结案。", "准予结案。", "同意。"),
            "签名：",
            case.agency.head,
            desk.signed(on),
        ),
    ]
    return Paper("结案报告", desk.family.title("结案报告"), blocks, on)


def summary_registration(desk: Desk) -> Paper:
    """Write the form by which an on-the-spot decision is reported to the bureau."""
    case = desk.case
    on = case.dates.registered_with_bureau
    assert on is not None
    blocks: list[Block] = [
        desk.head("当场处罚备案表"),
        Rows(
            (
                (("案由", desk.cause_line()),),
                (("当事人", case.party_name), ("处罚日期", desk.day(case.dates.decided))),
                (("处罚内容", f"{desk.penalty(case.fine)}。"),),
                (
                    ("承办人", desk.officer_names()),
                    ("报送单位", f"{case.agency.brigade}{case.squad}"),
                ),
                (("报送备案日期", desk.day(on)), ("接收部门", f"{case.agency.name}法规科")),
            )
        ),
        Sign("报送人：", case.officers[0].name, desk.signed(on)),
        Sign("接收人：", case.agency.archivist, desk.signed(on)),
    ]
    return Paper("当场处罚备案表", desk.family.title("当场处罚备案表"), blocks, on)


def recordings(desk: Desk) -> Paper:
    """List the recordings, each covering the record it belongs to."""
    case = desk.case
    dates = case.dates
    spans: list[tuple[str, datetime, datetime, str]] = [
        (
            "现场检查",
            dates.found - timedelta(minutes=3),
            dates.left + timedelta(minutes=4),
            case.officers[0].name,
        )
    ]
    if dates.interviewed:
        day = dates.interviewed
        start = datetime(day.year, day.month, day.day, 9, 7)  # noqa: DTZ001 - local time of a paper
        stop = start + timedelta(minutes=42 + (62 if case.agent or case.passenger else 0))
        spans.append(("询问", start, stop, case.officers[1].name))
    rows = []
    for place, (what, start, stop, maker) in enumerate(spans, 1):
        name = f"{start:%Y%m%d%H%M%S}_{case.recorder}_{maker}.mp4"
        digest = sha256(f"{case.key}/{name}".encode()).hexdigest()[:16]
        rows.append(
            (str(place), what, f"{start:%Y-%m-%d %H:%M}", f"{stop:%H:%M}", maker, name, digest)
        )
    made = dates.closed or dates.registered_with_bureau or dates.decided
    blocks: list[Block] = [
        desk.head("视音频资料清单"),
        Grid(
            ("序号", "内容", "开始时间", "结束", "摄录人", "文件名", "校验值（前16位）"),
            tuple(rows),
            (0.07, 0.12, 0.16, 0.09, 0.12, 0.26, 0.18),
        ),
        Para(
            f"记录仪编号：{case.recorder}。以上资料已上传执法大队存储服务器，未经剪辑，保存期限与案卷一致。"
        ),
        Sign("制作人：", case.officers[1].name, desk.signed(made)),
        Sign("保管人：", case.agency.archivist, desk.signed(made)),
    ]
    return Paper("视音频资料清单", desk.family.title("视音频资料清单"), blocks)


def remarks(desk: Desk, pages: int | None) -> Paper:
    """Write the remarks sheet at the end of the volume; `pages` None where nothing is paged."""
    case = desk.case
    on = case.dates.archived or case.dates.decided
    count = (
        "本卷为电子文档，材料齐全。"
        if pages is None
        else f"本卷共有文件材料{pages}页，已逐页编号，无破损、缺页。"
    )
    blocks: list[Block] = [
        Title(desk.family.title("备考表")),
        Gap(30),
        Para(f"本卷情况说明：{count}"),
        Gap(220),
        Sign("立卷人：", case.officers[0].name, desk.signed(on)),
        Sign("检查人：", case.agency.archivist, desk.signed(on)),
    ]
    return Paper("备考表", desk.family.title("备考表"), blocks, None, numbered=False)


def cover(desk: Desk, pages: int | None) -> Paper:
    """Write the cover of the volume."""
    case = desk.case
    dates = case.dates
    result = "不予行政处罚" if case.procedure == "waived" else f"罚款{case.fine}元"
    rows: list[tuple[tuple[str, str], ...]] = [
        (("案号", case.number),),
        (("案由", desk.cause_line()),),
        (("当事人", case.party_name),),
        (("处理结果", result),),
    ]
    if dates.filed:
        rows.append((("立案日期", desk.day(dates.filed)),))
    if dates.closed:
        rows.append((("结案日期", desk.day(dates.closed)),))
    rows += [
        (("承办单位", f"{case.agency.brigade}{case.squad}"),),
        (("承办人", desk.officer_names()),),
        (
            ("归档日期", desk.day(dates.archived or dates.decided)),
            ("保管期限", "10年" if case.procedure == "summary" else "30年"),
        ),
    ]
    blocks: list[Block] = [
        Gap(70),
        Title(desk.family.title("卷宗封面"), case.agency.name),
        Gap(50),
        Rows(tuple(rows)),
        Gap(30),
    ]
    if pages is not None:
        blocks.append(Para(f"本卷共1册　第1册　共{pages}页", align="center"))
    return Paper("卷宗封面", desk.family.title("卷宗封面"), blocks, None, numbered=False)


def index(desk: Desk, entries: list[tuple[str, str, str]]) -> Paper:
    """Write the index: title, date and printed page numbers of each paper."""
    rows = tuple(
        (str(place), title, day, pages, "") for place, (title, day, pages) in enumerate(entries, 1)
    )
    paged = any(pages for _, _, pages in entries)
    header = (
        "序号",
        desk.pick("文书名称", "材料题名", "文件名称"),
        "日期",
        "页号" if paged else "份数",
        "备注",
    )
    if not paged:
        rows = tuple((number, title, day, "1份", note) for number, title, day, _, note in rows)
    blocks: list[Block] = [
        Title(desk.family.title("卷内目录")),
        Grid(header, rows, (0.09, 0.45, 0.24, 0.12, 0.1)),
    ]
    return Paper("卷内目录", desk.family.title("卷内目录"), blocks, None, numbered=False)
