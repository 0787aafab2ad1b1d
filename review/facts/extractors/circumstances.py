"""Circumstances that may stand in any paper: a change of name, gains, prices, axles, conduct."""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.common.money import find_amounts
from review.facts.model import Fact
from review.facts.paper import Paper

_UNIT = r"[\u4e00-\u9fff()]{3,36}?(?:公司|厂|部|店|社|行|队|中心)"
_RENAMED = (
    re.compile(
        rf"由[“\"]?(?P<old>{_UNIT})[”\"]?(?:依法|经核准)?(?:变更|更名|改名)(?:登记)?(?:为"
        rf"|成)[“\"]?(?P<new>{_UNIT})(?![\u4e00-\u9fff])"
    ),
    re.compile(
        rf"(?:变更前|原名称?|原企业名称|曾用名)(?:名称|内容)?[:为是]?[“\"]?(?P<old>"
        rf"{_UNIT})[”\"]?[,;。\n]?"
        rf"(?:(?:变更后|现名称?|现企业名称)(?:名称|内容)?[:为是]?[“\"]?(?P<new>{_UNIT})(?"
        rf"![\u4e00-\u9fff]))?"
    ),
)
_MONEY = (
    ("gains_yuan", re.compile(r"(?:违法|非法)所得(?:人民币|共计|合计|总计|金额|为|计|是|共|:)*")),
    (
        "contract_price_yuan",
        re.compile(
            r"(?:工程)?合同(?:总)?(?:价款|价格|金额|总价|造价|价)(?:人民币|为|是|计|共计|:)*"
        ),
    ),
    (
        "surcharge_yuan",
        re.compile(
            r"加处(?:的)?罚款(?:数额|金额)?(?:人民币|共计|合计|为|计|:)*|滞纳金(?:人民币|为"
            r"|计|:)*"
        ),
    ),
)
_RANGE_AFTER = re.compile(r"(?:以上|以下|至|-|~|的\d|的百分)")
_SINGLE = re.compile(r"驱动轴为单轴|单驱动轴|单轴驱动|一个驱动轴|4[x×*]2")
_DOUBLE = re.compile(r"驱动轴为双|双驱动轴|双联驱动|双轴驱动|并装双轴驱动|两个驱动轴|6[x×*]4")


_DELIBERATING = frozenset(
    {
        *("违法行为通知书", "行政处罚决定书", "不予行政处罚决定书", "案件调查报告"),
        *("案件处理审批表", "重大案件集体讨论记录", "法制审核意见书", "陈述申辩复核意见书"),
    }
)
_OTHER_ROLE = (
    "货主|货物|托运|收货|发货|委托|建设|施工|业主|保险|车主|车辆|被?挂靠|所属|第三|涉案|由"
)
_COMPANY = (
    rf"(?P<unit>(?![你该本其贵]|{_OTHER_ROLE})"
    r"[\u4e00-\u9fff()]{3,36}?有限(?:责任)?公司"
    r"(?:[\u4e00-\u9fff]{2,10}分公司)?)"
)
_CONDUCT = (
    re.compile(
        rf"(?:鉴于|考虑到|由于){_COMPANY}(?:在[^,。;\n]{{2,12}}|案发后|事后|已|均|能够?|系|属|是)?"
        r"(?:积极|主动|及时|初次|首次|首违|如实|认错|配合|消除|改正|整改|违法行为)"
    ),
    re.compile(
        r"(?:^|[,。;\n:])(?P<unit>(?![你该本其贵])[\u4e00-\u9fff()]{2,24}?"
        r"(?:公司|厂|店|商行|经营部|车队|运输队|合作社|服务部|中心))"
        r"(?:所属|所有|名下)的?(?:车牌号?(?:码)?为?|号牌为?)?"
        r"(?P<plate>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6})"
    ),
    re.compile(rf"对{_COMPANY}(?:作出|处以|给予|处|予以)[^。;\n]{{0,12}}?(?:罚款|警告|处罚)"),
    re.compile(
        rf"(?:^|[,。;\n:、]|认定|认为|查明|证明|证实|当事人|被处罚人|相对人)"
        rf"(?!经|认定|认为|查明|证明|证实|当事人|被处罚人|相对人){_COMPANY}"
        r"(?:的?(?:上述|该|前述|涉案|以上)?(?:违法行为|违法事实|违法情节|行为)"
        r"(?:的?(?:违法)?(?:事实|情况))?(?:清楚|属实|成立|确凿|已?构成|违反了?)|违反了《)"
    ),
    re.compile(
        rf"(?:认定|证明|证实)(?!经|认定|当事人|相对人){_COMPANY}的?(?:上述|该|前述)?违法(?:事实|行为)"
    ),
    re.compile(
        rf"(?:^|[,。;\n]|本机关|本局|大队|支队)(?:已|依法)?向{_COMPANY}(?:直接|依法|邮寄|留置)?送达"
    ),
    re.compile(  # the name of the case: 某公司涉嫌…案
        rf"(?:^|[\n:]|(?<=关于)|(?<=审核))(?!关于){_COMPANY}(?:因|的)?(?:涉嫌|未按|未经|未取得|没有|擅自|违法|违反|违规|超限)"
        r"[^。;\n]{2,60}?案(?:件)?(?=$|[\n,。;的])"
    ),
)
_NOT_THIS_CASE = re.compile(
    r"另案|另行|移送|移交|辩称|申辩|陈述称|声称|举报|投诉|反映|曾|此前|已被|责任由|合同|委托"
)
_TAKINGS = re.compile(
    r"(?:一共|总共|合计|累计|共计|前后|先后|总计|加起来|共)[^。;\n?\d]{0,8}?"
    r"(?:收|挣|赚)(?:取|了|到|入|过|得)*"
    r"(?:(?:他们|乘客|货主|对方|客人)的?)?(?:车费|车钱|票款|客费|运费|运输费|报酬|费用|租金|钱)?"
    r"(?:大概|大约|约|有|共|为|是|人民币|:|,)*"
)
_RECEIVED = r"(?:收[取了到入下过]|挣了?|赚了?|得了|拿到|给了我|付了我)"
_TOTAL = re.compile(
    rf"{_RECEIVED}[^。;\n?]{{0,60}}?(?:一共|总共|合计|累计|共计|总计|加起来|共)(?:是|有|为|约|大概|大约|收入|收到|收了)*"
    r"|(?:获利|盈利|净赚|(?:违法|非法)所得|(?:营业|经营|租金|运费|车费)收入)"
    r"(?:一共|总共|合计|累计|共计|总计|共|是|有|为|约|大概|大约|了)*"
)
"""Totals whose verb stands before them: 收了三个月,一共600元; 获利600元."""
_NOT_KEPT = re.compile(r"退|未收|没有?收|还没|尚未|没给|没付|欠|垫付")
_TO_CONFISCATE = re.compile(
    r"“[^“”\n]{0,600}没收(?:其)?(?:违法|非法)所得|有(?:违法|非法)所得的,?(?:并)?(?:予以)?没收"
)
"""A penalty basis, as quoted, that asks for the gains."""
_GAINS = re.compile(r"(?:违法|非法)所得")


def extract(paper: Paper) -> Iterator[Fact]:
    """What is stated of the kind; amounts only where they stand right behind their word."""
    text = paper.unquoted
    yield from _renamed(paper)
    yield from _conduct(paper)
    yield from _takings(paper)
    for name, words in _MONEY:
        for match in words.finditer(text):
            amount = next(iter(find_amounts(text[match.end() : match.end() + 30])), None)
            if amount is None or amount.start > 0:
                continue
            start, end = match.end() + amount.start, match.end() + amount.end
            if _RANGE_AFTER.match(text, end):
                continue
            yield paper.fact(name, amount.yuan, start, end, 0.85)
            break
    for pattern, value in ((_SINGLE, True), (_DOUBLE, False)):
        found = pattern.search(text)
        if found is not None:
            yield paper.fact("single_drive_axle", value, found.start(), found.end(), 0.85)
            return


def _conduct(paper: Paper) -> Iterator[Fact]:
    """The companies of which a deliberating paper tells the conduct or the penalty, by name."""
    if paper.kind not in _DELIBERATING:
        return
    seen: set[str] = set()
    for pattern in _CONDUCT:
        for match in pattern.finditer(paper.unquoted):
            name = paper.printed(*match.span("unit"))
            if name not in seen and not _NOT_THIS_CASE.search(_sentence(paper.unquoted, match)):
                seen.add(name)
                stop = match.end("plate" if "plate" in pattern.groupindex else "unit")
                yield paper.fact("conduct_of", name, match.start("unit"), stop, 0.9)


def _sentence(text: str, match: re.Match[str]) -> str:
    """The sentence around a match."""
    begin = max(text.rfind(stop, 0, match.start("unit")) for stop in "。\n") + 1
    ends = [at for stop in "。\n" if (at := text.find(stop, match.end())) >= 0]
    return text[begin : min(ends, default=len(text))]


def _takings(paper: Paper) -> Iterator[Fact]:
    """What an interview admits was taken in all and kept; and whether a decision speaks of gains.

    Money that was given back, is owed or was never paid is none.
    """
    if paper.kind in ("行政处罚决定书", "违法行为通知书", "案件调查报告"):
        basis = _TO_CONFISCATE.search(paper.text)
        if basis is not None:
            yield paper.fact("basis_confiscates", True, basis.start(), basis.end(), 0.85)
    if paper.kind in ("行政处罚决定书", "案件处理审批表", "案件调查报告"):
        gains = _GAINS.search(paper.unquoted)
        if gains is not None:
            yield paper.fact("gains_discussed", True, gains.start(), gains.end(), 0.9)
    if paper.kind != "询问笔录":
        return
    said = [*_TAKINGS.finditer(paper.unquoted), *_TOTAL.finditer(paper.unquoted)]
    for match in said:
        amount = next(iter(find_amounts(paper.text[match.end() : match.end() + 20])), None)
        if amount is None or amount.start > 0:
            continue
        begin = paper.text.rfind("\n", 0, match.start()) + 1
        end = paper.text.find("\n", match.end())
        answer = paper.text[begin : end if end >= 0 else len(paper.text)]
        if amount.yuan and not _NOT_KEPT.search(answer):
            stop = match.end() + amount.end
            yield paper.fact("gains_admitted_yuan", amount.yuan, match.start(), stop, 0.85)
            return


def _renamed(paper: Paper) -> Iterator[Fact]:
    for pattern in _RENAMED:
        match = pattern.search(paper.text)
        if match is None:
            continue
        for name, group in (("renamed_from", "old"), ("renamed_to", "new")):
            start, end = match.span(group)
            if start >= 0:
                yield paper.fact(name, paper.printed(start, end), start, end, 0.85)
        return
