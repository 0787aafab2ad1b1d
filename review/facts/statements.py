"""What a paper says in so many words: "现向你出示执法证件" and its like, with their negations.

One table of patterns. They are tried on text without layout spaces and without unticked options;
the negative ones first, so that "未出示执法证件" is never read as shown. A question
("是否申请回避？"), which tells the right, counts as telling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from review.facts.model import Fact
from review.facts.paper import Paper
from review.facts.process_statements import PROCESS
from review.facts.statement import Statement, kinds

RECORDS = kinds("现场笔录 询问笔录 勘验笔录 听证笔录")
SCENE = RECORDS | kinds("当场行政处罚决定书 陈述申辩书 当场处罚备案表 整改复查记录 教育记录")
NOTICE = kinds("违法行为通知书")
DECISIONS = kinds("行政处罚决定书 当场行政处罚决定书 不予行政处罚决定书")
FULL_DECISIONS = kinds("行政处罚决定书 不予行政处罚决定书")
DELIBERATIONS = kinds(
    "行政处罚决定书 当场行政处罚决定书 案件处理审批表 案件调查报告 重大案件集体讨论记录"
    " 陈述申辩复核意见书 听证报告书 违法行为通知书"
)

_EVIDENCE = (
    "(?:现场|检查|勘验|勘察|询问|调查|听证)笔录|照片|录像|视频|检测单|称重单|过磅单|检测报告"
    "|检测记录|检验报告|鉴定意见|复印件|证人证言|证言|当事人陈述|视听资料|电子数据|截图|监控记录"
)

STATEMENTS: tuple[Statement, ...] = (
    Statement(
        "recusal_told",
        RECORDS | kinds("当场行政处罚决定书"),
        re.compile(
            r"回避|利害关系[^。\n]{0,40}?(?:更换|换人|调换|换[^。,\n]{0,8}人员|退出)"
            r"|(?:更换|调换|换(?:别的|其他|一名|两名)?)(?:执法|检查|办案|询问|调查)人员"
        ),
        re.compile(
            r"(?:未|没有|没|漏)(?:依法|向[^,。;]{1,10}|对其)?(?:告知|告之|询问|说明"
            r"|交代)[^。;\n]{0,16}?回避"
        ),
    ),
    Statement(
        "rights_told",
        SCENE | NOTICE,
        re.compile(
            r"(?:有权|享有|有|告知|可以|可|权利|依法|听取|向[^,。;]{1,12}?)[^。"
            r"\n]{0,40}?陈述[^。\n]{0,6}?申辩"
            r"|陈述[、和及与]?申辩(?:的)?权|陈述权[、和及与]?申辩权"
        ),
        re.compile(
            r"(?:未|没有|没|漏)(?:依法|向[^,。;]{1,10})?(?:告知|告之|说明|交代)[^。"
            r";\n]{0,20}?(?:陈述|申辩)"
        ),
    ),
    Statement(
        "hearing_told",
        NOTICE,
        re.compile(
            r"(?:有权|享有|可以|可|要求|申请|提出)[^。;\n]{0,60}?听证"
            r"|听证[^。;\n]{0,6}?(?:权利|申请|要求)"
        ),
        re.compile(
            r"(?:不适用|不属于|未达到|不符合|不符)[^。;,\n]{0,12}?听证|(?:无权|不享有)[^。"
            r";,\n]{0,10}?听证"
        ),
    ),
    Statement(
        "facts_stated",
        NOTICE | DECISIONS,
        re.compile(
            r"违法事实|现?(?:已)?查明|经(?:依法)?(?:调查|检查|查)|存在(?:以下|下列|如下)[^。"
            r"]{0,6}(?:行为|问题)"
            r"|实施了|检查(?:中|时)?(?:,)?发现|查获|调查发现|(?:你|你单位|当事人"
            r"|你\(单位\))于?[^。\n]{0,4}\d{4}年"
            r"|(?:因|由于)(?:你|当事人|其)[^。]{4,}(?:行为|经营|行驶|运输)"
        ),
        confidence=0.9,
    ),
    Statement(
        "penalty_stated",
        NOTICE,
        re.compile(
            r"(?:拟|将|建议|准备|打算)[^。\n]{0,80}?(?:罚款|警告|没收|吊销|责令停|通报批评"
            r"|暂扣|降低资质|不予行政处罚)"
        ),
    ),
    Statement(
        "evidence_listed",
        FULL_DECISIONS,
        re.compile(
            r"(?<![及和与、])(?<![及和与、](?:主要|相关|有关))(?:主要|相关|有关|有)?"
            r"证据(?:材料|名称|目录)?(?:如下|有)?:|(?:以下|下列|如下)(?:主要|相关)?证据|证据如下"
            rf"|(?P<one>{_EVIDENCE})[\s\S]{{0,120}}?(?!(?P=one))(?:{_EVIDENCE})"
            rf"|(?:{_EVIDENCE})[^。\n]{{0,12}}?(?:载明|记载|反映|显示|证明|证实|可证|印证)"
            rf"|(?:{_EVIDENCE})[^\n]{{0,200}}?(?:上述|以上|前述)证据"
            r"|(?:事实|行为)[,，]?(?:主要)?(?:有|由|经)[^。\n]{2,400}?(?:为证|证明|证实|佐证"
            r"|在案|印证|为凭|予以认定)"
            r"|证据[一二三1][:、.]"
            r"|(?:有|由|经|凭|依据|根据|收集|调取|制作|取得|提取)[^。\n]{0,80}?(?:笔录|照片|检测单|检测报告|检测记录"
            r"|视频|录像|证复印件|执照|凭证|检验报告)"
            r"[^。\n]{0,300}?(?:为证|证明|证实|佐证|印证|等证据|在案|为凭)"
            r"|(?:现场笔录|询问笔录|勘验笔录|检测单|检测报告|照片|视听资料)[^。"
            r"\n]{0,200}?(?:等证据|为证|证据(?:证实|证明|佐证)|在案佐证|予以证实|可以证明"
            r"|足以证明)"
            r"|(?:^|\n)[一二三四五六七八、.\d]{0,3}(?:相关|主要)?证据(?:材料)?\n"
        ),
        re.compile(r"(?:没有|无)(?:任何)?证据(?:证明|证实)"),
        confidence=0.9,
    ),
    Statement(
        "defence_considered",
        (DELIBERATIONS - NOTICE) | kinds("法制审核意见书 结案报告"),
        re.compile(
            r"复核|采纳|(?:陈述|申辩|辩解)[^。\n]{0,80}?(?:成立|支持|核实|属实|维持|不影响"
            r"|不改变|考虑|酌情|酌定|答复|回应|合理|充分|不足|没有依据|无依据)"
        ),
        re.compile(r"(?:未|没有)(?:依法|再|予以|进行|组织|经)*复核"),
        confidence=0.9,
    ),
    Statement(
        "recording_stated",
        SCENE | kinds("行政强制措施决定书 暂扣物品清单 强制执行记录 行政强制措施审批表"),
        re.compile(
            r"执法记录仪|(?:全程|同步|进行了?|已)[^。,;\n]{0,6}?(?:录音|录像|摄像|音像记录)"
            r"|视音频记录|音视频记录|摄像|录音录像"
        ),
        re.compile(r"(?:未|没有)[^。,;\n]{0,8}?(?:执法记录仪|录音|录像|摄像|音像记录)"),
        confidence=0.9,
    ),
    Statement(
        "surcharge_stated",
        DECISIONS | kinds("催告书"),
        re.compile(
            r"(?:百分之三|3%|3‰|百分之3|3％)[^。\n]{0,30}?(?:加处|罚款|滞纳|收)|加处[^。"
            r"\n]{0,20}?(?:百分之三|3%)|加处罚款"
        ),
    ),
    Statement(
        "payment_stated",
        DECISIONS,
        re.compile(
            r"(?:缴至|缴到|缴纳|缴入|缴付|交至|交到|缴款|交纳|支付|汇至|缴清|缴往|缴存"
            r"|上缴)[^。\n]{0,80}?(?:银行|账户|账号|专户|财政|罚款|缴款|支付|国库|窗口)"
            r"|(?:银行|支付系统|缴款码|缴费码|非税)[^。\n]{0,40}?(?:缴|交|付)"
            r"|(?:当场|现场)(?:收缴|缴纳|收取)|☑当场|(?:立即|限)[^。\n]{0,10}?改正|履行方式"
        ),
        confidence=0.9,
    ),
    Statement(
        "remedies_stated",
        DECISIONS,
        re.compile(
            r"(?:可以?|有权)[^。]{0,120}?(?:行政复议|复议|提起(?:行政)?诉讼|起诉)"
            r"|不服[^。]{0,120}?(?:复议|诉讼|起诉)"
        ),
    ),
    Statement(
        "mitigation_stated",
        DELIBERATIONS,
        re.compile(
            r"(?<!从轻或者)(?<!从轻或)(?<!从轻、)(?:予以|给予|决定|依法|应当|可以|应|可|拟"
            r"|适用|进行|符合|具有|具备|存在|属于)(?:法定)?(?:依法)?"
            r"(?:从轻、|从轻或者?)?减轻(?:行政)?(?:处罚|情节|情形)"
            r"|减轻(?:行政)?处罚(?:情形|情节|裁量|阶次)[:：]?(?:有|是|具备|符合)|减轻处罚裁量"
            r"|(?:(?:规定|情形|情节|条件),?|(?<![从与或])(?:对|给)(?:你|当事人|其)[^,。;\n]{0,8})"
            r"减轻(?:行政)?处罚(?!的?(?:情形|情节|条件))"
            r"|减轻(?:行政)?处罚(?=[,;][^。;\n]{0,12}(?:决定|处|罚款))"
        ),
        re.compile(
            r"(?:不|未|无|没有|不具有|不具备|不存在|不符合|缺乏)[^。;,\n]{0,24}?减轻"
            r"|减轻(?:行政)?处罚(?:情节|情形)?[:]?(?:无|否|没有)"
        ),
        re.compile(r"(?:请求|申请|要求|希望|恳请|是否|提出|请|予以考虑)[^。;,\n]{0,16}?减轻"),
        confidence=0.9,
    ),
    Statement(
        "serious_stated",
        DELIBERATIONS,
        re.compile(
            r"(?:属于?|认定为?|构成|系|确属|已达|应认定|判定为|裁量为|为)[^,。"
            r";\n]{0,6}?(?:情节(?:特别)?严重|(?:特别)?严重(?:情节|违法|程度|阶次|等次))"
            r"|(?:违法)?情节(?:特别)?严重(?=[,。;、])|(?:特别)?严重(?:违法)?(?:情节|程度|阶次)"
        ),
        re.compile(
            r"(?:不|未|无|没有|尚不|非)[^。;,\n]{0,12}?严重"
            r"|严重(?:情节|违法)?[:]?(?:无|否)"
        ),
        confidence=0.85,
    ),
    Statement(
        "copy_verified",
        frozenset(),
        re.compile(
            r"与原(?:件|物|始载体)[^。\n]{0,8}?(?:一致|相符|无误|相同|无异|属实|吻合)|(?:核对|经核"
            r"|比对)(?:与原件)?[^。\n]{0,6}?(?:无误|无异|属实|一致|相符)"
        ),
        re.compile(
            r"(?:未|没有)(?:与|经)?[^。\n]{0,6}?(?:核对|比对)|与原件[^。\n]{0,4}?不(?:一致|符)"
        ),
        confidence=0.95,
    ),
    Statement(
        "refusal_noted",
        frozenset(),
        re.compile(
            r"(?:拒绝|拒不|拒)(?:签名|签字|签收|签章|在[^。\n]{0,12}?签)"
            r"|(?<![无未没不如若])拒签(?!情况|原因|理由|说明)"
            r"|(?:不愿|不肯|不予|不同意)(?:意)?(?:在[^。;,\n]{0,12})?(?:签名|签字|签收|签章)"
            r"|签(?:名|字|章)[)]?:[(]?(?:拒绝|不签|不愿签)"
        ),
        ignored=re.compile(
            r"(?:如|若|凡|遇)[^。;,\n]{0,12}?(?:拒绝|拒不|拒|不愿|不肯)[^。;,\n]{0,8}?签[^。;,\n]{0,2}"
            r"|(?:拒绝|拒不|拒)签(?:名|字|收|章)?(?:或者?(?:盖章|捺印))?(?:的,|者|时)"
        ),
        confidence=0.9,
    ),
    Statement(
        "correction_done",
        kinds("现场笔录 勘验笔录"),
        re.compile(
            r"(?:清[扫理除运]|改正|整改|纠正|拆除|恢复|修复)(?:完毕|干净|到位|原状)"
            r"|已(?:经)?(?:当场|现场|自行|主动|立即|及时|随即)*"
            r"(?:改正|纠正|整改|清理|清扫|清除|拆除|驶离|停止|恢复|补办|覆盖|加盖)"
        ),
        re.compile(
            r"(?:未|没有|没|拒不|拒绝|尚未|不能)[^。;,\n]{0,8}?(?:改正|纠正|整改|清[扫理除运]|拆除)"
        ),
        confidence=0.85,
    ),
    Statement(
        "correction_ordered",
        DECISIONS | kinds("责令改正违法行为通知书 现场笔录"),
        re.compile(
            r"责令[^。;\n]{0,16}?(?:改正|停止|纠正|卸载|拆除|整改|恢复|消除|补办|办理|备案"
            r"|清[理除运扫]|采取|补种|迁移|驶离|撤[离除]|打捞|补缴|移走|搬离|归还|退还)"
            r"|责令(?!停产|停业|关闭)(?:你|当事人|其|该)?(?:单位|公司|店|部|船|车|站|户)?"
            r"(?:立即|即刻|马上|当场|限期|限于|于|在)"
            r"|(?:限|要求)[^。;\n]{0,14}?(?:改正|整改)"
        ),
        re.compile(r"未(?:被)?责令"),
        confidence=0.9,
    ),
)

_DEFENCE_PAPERS = kinds(
    "行政处罚决定书 案件处理审批表 重大案件集体讨论记录 案件调查报告 送达回证 "
    "询问笔录 法制审核意见书"
    " 陈述申辩书 放弃陈述申辩声明 听证报告书 陈述申辩复核意见书 当场行政处罚决定书 "
    "不予行政处罚决定书"
    " 当场处罚备案表 结案报告"
)
_DEFEND = r"(?:陈述|申辩)"
_SELF = (
    r"(?:书面|明确|自愿|主动|口头|当场|自行|均|已|同意|表示|声明|要求|决定|要|愿意"
    r"|我单位|我公司|我|本人|本公司|你\(单位\)|你单位|你|当事人|其|,)"
)
_WAIVED = re.compile(
    rf"{_SELF}{{1,8}}(?:地|的)?放弃(?:了|行使|上述|该|以上|进行|提出)*[^。;\n]{{0,6}}?"
    rf"(?:{_DEFEND}|听证|权利)"
    rf"|(?:^|[\n☑])放弃{_DEFEND}"
    rf"|放弃{_DEFEND}[^。;\n]{{0,14}}?(?:声明|承诺书|确认书)"
    rf"|不(?:再)?(?:需要|要求|进行|提出|作)(?:进行|提出|任何)?{_DEFEND}[^。;\n]{{0,14}}?接受处罚"
)
_AS_IF_WAIVED = re.compile(
    r"(?:视为|视作|视同|等同于?|即为|则为)[^。;\n]{0,6}?放弃|是否[^。;\n?]{0,8}?放弃"
    r"|(?:如|若|如果)[^。;\n]{0,12}?放弃"
)
_NO_DEFENCE = re.compile(
    rf"(?:未曾|均未|并未|没有|未|没)(?:(?:向|在)[^,。;]{{1,14}}?)?"
    rf"(?:书面)?(?:提出|进行|提交|作出|行使|要求|申请|表示)?(?:过|任何)?[^,。;\n]{{0,10}}?{_DEFEND}"
    rf"|(?:无|不作|不需要?|不要求?|不进行|不提出|表示不)(?:进行|提出|任何)?{_DEFEND}"
    rf"|{_DEFEND}[^。;\n]{{0,20}}?(?:未行使|没有行使|均未行使)"
)
_DEFENCE = re.compile(
    rf"(?:提出|提交|进行|作出|递交|发表)(?:了|过)?(?!放弃)"
    rf"(?:书面|口头|以下|下列|如下|的|[^。;,\n放]{{0,8}}?)?{_DEFEND}"
    rf"|{_DEFEND}(?:意见|理由|材料)?(?:称|认为|提出|如下)"
    rf"|(?:对|针对)[^。\n]{{0,12}}?{_DEFEND}(?:意见|理由)?[^。\n]{{0,20}}?(?:复核|采纳|成立)"
    rf"|{_DEFEND}(?:意见|理由)?[^。\n,]{{0,16}}?(?:采纳|成立)"
)
_NO_HEARING = re.compile(
    r"(?:没有|未|放弃|不)(?:提出|要求|申请|进行|举行|行使|曾)?[^。;\n]{0,24}?听证"
)
_HEARING = re.compile(
    r"(?:提出|申请|要求|递交|提交)(?:了)?(?:举行|进行|召开|书面|的)*听证|听证申请"
    r"|(?:举行|召开|组织)(?:了)?[^。;\n]{0,8}?听证"
)


def _dots(match: re.Match[str]) -> str:
    return "·" * len(match.group())


def statements(paper: Paper) -> Iterator[Fact]:
    """Every statement of the table that the paper makes, each once."""
    text = paper.ticked
    for statement in (*STATEMENTS, *PROCESS):
        if statement.kinds and paper.kind not in statement.kinds:
            continue
        where = paper.unquoted if statement.name in _UNQUOTED else text
        if statement.ignored is not None:
            where = statement.ignored.sub(_dots, where)
        denied = None
        if statement.denied is not None:
            denied = statement.denied.search(where)
            if denied is not None:
                where = statement.denied.sub(_dots, where)
        said = statement.said.search(where)
        if said is not None and not (denied and statement.name in _DENIAL_WINS):
            yield paper.fact(statement.name, True, said.start(), said.end(), statement.confidence)
        elif denied is not None:
            yield paper.fact(
                statement.name, False, denied.start(), denied.end(), statement.confidence
            )


_UNQUOTED = frozenset(
    {
        *("mitigation_stated", "serious_stated", "penalty_stated", "evidence_listed"),
        "first_claimed",
    }
)
_DENIAL_WINS = frozenset({"recusal_told", "hearing_told", "cash_collected", "recording_stated"})


_SHOWS = re.compile(r"出示|亮明|展示|亮出|亮示|表明(?:了)?(?:执法)?身份|亮证|出具")
_CARD_NOUN = re.compile(r"执法[^,。;\n]{0,6}?证|证件|证号|检查证|工作证|执法身份|执法资格")
_PARTYS_CARD = re.compile(
    r"道路运输|运输证|行驶证|驾驶证|驾照|营运证|从业|许可证|通行证|身份证|有效证明"
    r"|单据|合同|运单|发票|营业执照|相关手续|登记证"
)
_PARTY_ACTS = re.compile(
    r"(?:请|要求|责令|让|叫|命|命令|通知|经)(?:你|您|其|他|她|当事人|驾驶员|驾驶人"
    r"|司机|对方|被检查人|该[^,]{0,4})?[^,。;\n]{0,8}$"
    r"|(?:未能|无法|不能|拒绝|拒不|当场不能|现场不能|未当场)[^,。;\n]{0,8}$"
    r"|(?:驾驶员|当事人|司机|[他她])(?:主动|随后|当场|也|未|没有)?[^,。;\n]{0,4}$"
)
_SHOW_DENIED = re.compile(r"(?:未曾|并未|尚未|没有|未|没)[^,。;\n]{0,8}$")
_LOOK_AT_CARD = re.compile(
    r"执法[^。\n]{0,8}?证[^。\n]{0,80}?"
    r"(?:请[^。]{0,4}(?:过目|查看|核对|查验|确认|看清|核实|验看|看)|出示给)"
    r"|(?:这是|此为|这些是)(?:我们?|本人)?(?:两人|二人)?的?(?:行政)?(?:执法)?(?:证件|证)(?=[,。;、(?!\n]|$)"
    r"|我们?(?:两人|二人)?的(?:行政)?(?:执法)?证件?,?(?:请|给)?(?:你|您)[^。,;\n]{0,4}(?:看|过目|核对|查验|确认)"
    r"|证件?[^。,;\n]{0,4}(?:看过|看清|看了|核对过|确认过|验过|过目)|(?:看过|看清|核对|确认|查验)(?:了|过)?"
    r"[^。,;\n]{0,3}(?:执法证|证件)"
    r"|(?:请|给)[^。,;\n]{0,4}(?:过目|查看|核对|查验|确认|核实|验看|看)(?:一下)?"
    r"(?:我们?|本人|执法人员)的?[^。,;\n]{0,6}(?:执法[^。,;\n]{0,4}证|证件)"
    r"|请(?:你|您)?(?:先)?(?:过目|查看|核对|查验|核验|确认|看清|看)(?:一下|清)?(?:我们的)?(?:行政)?"
    r"(?:执法证|(?:执法)?证件)"
)
_CARD_FIELD = re.compile(r"(?:出示|亮明)(?:执法)?(?:证件|身份)情况:?\n?(?P<answer>[^\n]{0,20})")


def certificates_shown(paper: Paper) -> Iterator[Fact]:
    """Whether officers showed their certificates: who shows, what is shown, and is it denied.

    Each verb of showing is judged in its clause: cards that the party is asked for do not count,
    "未出示执法证件" is a denial, and the card may be named anywhere in the sentence.
    """
    if paper.kind not in SCENE:
        return
    text = paper.ticked
    asked = _CARD_FIELD.search(text)
    if asked is not None:
        answer = re.search(r"(?P<no>未|没|否)|已|是|出示", asked["answer"].replace("是否", ""))
        if answer is not None:
            yield paper.fact(
                "certificate_shown", answer["no"] is None, asked.start(), asked.end(), 0.9
            )
        return
    denied: tuple[int, int] | None = None
    for verb in _SHOWS.finditer(text):
        clause = re.split(r"[,。;\n(]", text[max(0, verb.start() - 40) : verb.start()])[-1]
        object_ = re.split(r"[,。;\n]", text[verb.end() : verb.end() + 40])[0]
        ours = _CARD_NOUN.search(object_)
        partys = _PARTYS_CARD.search(object_)
        if partys is not None and (ours is None or partys.start() <= ours.start()):
            continue
        officers = "执法" in object_ or "执法人员" in clause
        if _PARTY_ACTS.search(clause) and not officers and "是否" not in clause:
            continue
        begin = max(text.rfind(stop, 0, verb.start()) for stop in "。\n?") + 1
        ends = [place for stop in "。\n?" if (place := text.find(stop, verb.end())) >= 0]
        end = min(ends, default=len(text))
        if not _CARD_NOUN.search(text, begin, end) and verb.group() != "亮证":
            continue
        if _SHOW_DENIED.search(clause) and "是否" not in clause:
            if officers or ours is not None:
                denied = denied or (verb.start() - 2, verb.end() + len(object_))
            continue
        stop = min(end, verb.end() + len(object_))
        yield paper.fact("certificate_shown", True, verb.start(), stop, 0.95)
        return
    said = _LOOK_AT_CARD.search(text)
    if denied is not None:
        yield paper.fact("certificate_shown", False, *denied, 0.9)
    elif said is not None:
        yield paper.fact("certificate_shown", True, said.start(), said.end(), 0.9)


def defence(paper: Paper) -> Iterator[Fact]:
    """Whether the party defended itself, waived that, or asked for a hearing, as told here."""
    if paper.kind not in _DEFENCE_PAPERS:
        return
    text = _AS_IF_WAIVED.sub(_dots, paper.unquoted)
    body = paper.title_end if paper.kind != "放弃陈述申辩声明" else 0
    waived = _WAIVED.search(text, body)
    if waived is not None:
        said = text[waived.start() : waived.end()]
        if "听证" not in said or "陈述" in said or "申辩" in said:
            yield paper.fact("defence_waived", True, waived.start(), waived.end(), 0.95)
            yield paper.fact("defence_made", False, waived.start(), waived.end(), 0.9)
        if "听证" in text[waived.start() : waived.end() + 20]:
            yield paper.fact("hearing_requested", False, waived.start(), waived.end(), 0.9)
    if paper.kind in kinds("陈述申辩书"):
        return
    if paper.kind in kinds("询问笔录 送达回证"):
        return
    rest = _blank(text, waived)
    none = _NO_DEFENCE.search(rest, body)
    made = _DEFENCE.search(_NO_DEFENCE.sub(_dots, rest), body)
    if made is not None and _told_only(rest, made.start()):
        made = None
    if made is not None:
        yield paper.fact("defence_made", True, made.start(), made.end(), 0.9)
    elif none is not None and waived is None:
        yield paper.fact("defence_made", False, none.start(), none.end(), 0.9)
    no_hearing = _NO_HEARING.search(rest, body)
    asked = _HEARING.search(_NO_HEARING.sub(_dots, rest), body)
    if asked is not None and not _told_only(rest, asked.start()):
        yield paper.fact("hearing_requested", True, asked.start(), asked.end(), 0.85)
    elif no_hearing is not None:
        yield paper.fact("hearing_requested", False, no_hearing.start(), no_hearing.end(), 0.85)


_TOLD = re.compile(r"(?:告知|有权|享有|可以|权利|可)[^。;\n]{0,40}$")

_PARTY_DID = re.compile(
    r"(?:但|后|随后|其后|期限内|在法定期限内)?(?:你\(单位\)|你单位|你公司|你|当事人|该单位|该公司|其)"
)


def _told_only(text: str, place: int) -> bool:
    """Whether the words before say that the right was told, not that it was used.

    A clause of its own whose subject is the party says that it was used: 告知……权利,你单位提出了….
    """
    clause = re.split(r"[,，]", text[max(0, place - 50) : place])[-1]
    if _PARTY_DID.match(clause) and not _TOLD.search(clause):
        return False
    return _TOLD.search(text, max(0, place - 50), place) is not None


def _blank(text: str, match: re.Match[str] | None) -> str:
    if match is None:
        return text
    return text[: match.start()] + "·" * (match.end() - match.start()) + text[match.end() :]
