"""Which extractor reads which kind of paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from review.documents.kinds import OTHER
from review.facts.extractors import (
    acts,
    address_confirmation,
    archive,
    bands,
    circumstances,
    decision,
    every_paper,
    evidence_papers,
    execution,
    filing,
    foot,
    impossible_dates,
    lenience,
    measures,
    monitoring_audit,
    narrative,
    notice,
    page_signatures,
    party,
    penalty_news,
    photographs,
    reconsideration,
    recordings,
    records,
    report,
    review_papers,
    service,
    signing,
    vehicles,
    waiver_papers,
)
from review.facts.fields import Form
from review.facts.model import Fact
from review.facts.names import BY_NAME
from review.facts.paper import Paper
from review.facts.statements import certificates_shown, defence, statements

Extractor = Callable[[Paper, Form], Iterator[Fact]]


def _site_record(paper: Paper, form: Form) -> Iterator[Fact]:
    yield from records.record(paper, form)
    yield from acts.act_days(paper, form)


def _letter(paper: Paper, form: Form) -> Iterator[Fact]:
    del form
    yield from foot.dated(paper)


def _order(paper: Paper, form: Form) -> Iterator[Fact]:
    yield from evidence_papers.order_to_correct(paper, form)
    yield from narrative.citations(paper, form)
    yield from foot.dated(paper)


def _amendment(paper: Paper, form: Form) -> Iterator[Fact]:
    """补正说明: all of it, since what was wrong and what is right both stand in its words."""
    start, end = paper.title_end, len(paper.text)
    if end > start:
        yield paper.fact("amendment", paper.printed(start, end), start, end)
    yield from _letter(paper, form)


def _other(paper: Paper, form: Form) -> Iterator[Fact]:
    """Papers without a form: what others write about a penalty."""
    if reconsideration.is_one(paper):
        yield from reconsideration.extract(paper)
        yield from decision.published(paper)
    elif penalty_news.is_one(paper):
        yield from penalty_news.extract(paper)
        yield from decision.published(paper)
    yield from _letter(paper, form)


BY_KIND: dict[str, Extractor] = {
    "立案登记表": filing.extract,
    "询问笔录": records.record,
    "现场笔录": _site_record,
    "勘验笔录": records.record,
    "案件调查报告": report.extract,
    "案件处理审批表": report.extract,
    "办案期限延长审批表": report.extension,
    "违法行为通知书": notice.extract,
    "行政处罚决定书": decision.extract,
    "不予行政处罚决定书": decision.extract,
    "当场行政处罚决定书": decision.on_the_spot,
    "送达回证": service.extract,
    "送达公告": service.announcement,
    "送达地址确认书": address_confirmation.extract,
    "邮寄回执": service.mail_slip,
    "现场照片": photographs.extract,
    "视音频资料清单": recordings.extract,
    "称重检测单": evidence_papers.scale,
    "卸载复磅单": evidence_papers.reweighing,
    "计量检定证书复印件": evidence_papers.certificate,
    "电子技术监控记录审核表": monitoring_audit.extract,
    "身份证复印件": evidence_papers.identity_card,
    "营业执照复印件": evidence_papers.business_licence,
    "行驶证复印件": evidence_papers.vehicle_licence,
    "执法证件复印件": evidence_papers.officers_cards,
    "首次违法查询记录": waiver_papers.first_violation,
    "系统查询截图": waiver_papers.query,
    "整改复查记录": waiver_papers.correction,
    "责令改正违法行为通知书": _order,
    "法制审核意见书": review_papers.legal_review,
    "重大案件集体讨论记录": review_papers.discussion,
    "陈述申辩书": review_papers.statement,
    "陈述申辩复核意见书": review_papers.defence_review,
    "放弃陈述申辩声明": review_papers.waiver,
    "听证申请书": review_papers.hearing_request,
    "听证通知书": review_papers.hearing_notice,
    "听证笔录": review_papers.hearing_record,
    "听证报告书": review_papers.hearing_report,
    "罚款票据": execution.receipt,
    "公示截图": execution.publication,
    "公示撤回记录": execution.withdrawal,
    "撤销行政处罚决定书": execution.revocation,
    "当场处罚备案表": execution.on_the_spot_record,
    "结案报告": execution.closing,
    "罚款上交记录": execution.collected,
    "当场收缴罚款申请": execution.collected,
    "强制执行记录": records.record,
    "代履行记录": records.record,
    "补正说明": _amendment,
    "卷宗封面": archive.cover,
    "卷内目录": archive.index,
    "备考表": archive.remarks,
    "行政强制措施决定书": measures.decision,
    "行政强制措施审批表": measures.approval,
    "延长行政强制措施期限通知书": measures.extension,
    "解除行政强制措施决定书": measures.lifting,
    "证据登记保存清单": measures.preservation,
    "证据登记保存审批表": measures.preservation_approval,
    "解除证据登记保存决定书": measures.preservation_handled,
    OTHER: _other,
}

_WITHOUT_PARTY = frozenset({"卷内目录", "备考表", "送达回证", "视音频资料清单", "罚款票据"})
_WITH_MASSES = frozenset(
    {
        "现场笔录",
        "立案登记表",
        "案件调查报告",
        "违法行为通知书",
        "行政处罚决定书",
        "当场行政处罚决定书",
        "不予行政处罚决定书",
        "责令改正违法行为通知书",
        "案件处理审批表",
    }
)
_WITH_ORGAN = every_paper.ADDRESSED | frozenset(
    {
        *("公示截图", "立案登记表", "结案报告", "送达回证", "现场笔录", "询问笔录", "卷宗封面"),
        *("案件调查报告", "案件处理审批表", "法制审核意见书", "重大案件集体讨论记录"),
        *("当场处罚备案表", "陈述申辩复核意见书", "送达公告"),
    }
)


def read(paper: Paper) -> tuple[Fact, ...]:
    """All facts of one paper, in the order of reading within each name, without doubles."""
    form = Form(paper)
    found: list[Fact] = []
    if paper.kind not in ("卷内目录", "视音频资料清单"):
        found.extend(every_paper.numbers(paper, form))
    is_others = paper.kind == OTHER and reconsideration.is_one(paper)
    if paper.kind not in _WITHOUT_PARTY and not is_others:
        found.extend(every_paper.cause(paper, form))
        found.extend(party.party(paper, form))
    if paper.kind != "卷内目录":
        found.extend(vehicles.vehicle(paper, form))
        found.extend(signing.signatures(paper, form))
        found.extend(statements(paper))
        found.extend(page_signatures.extract(paper))
        found.extend(certificates_shown(paper))
        found.extend(circumstances.extract(paper))
        found.extend(lenience.lenience(paper))
        found.extend(bands.extract(paper))
        found.extend(defence(paper))
    if paper.kind in _WITH_ORGAN:
        found.extend(foot.organ(paper, form))
    if paper.kind in _WITH_MASSES:
        found.extend(evidence_papers.stated_masses(paper))
        found.extend(evidence_papers.stated_sizes(paper))
    found.extend(foot.seal(paper))
    found.extend(foot.seal_note(paper))
    found.extend(signing.ticks(paper))
    found.extend(impossible_dates.extract(paper))
    own = list(BY_KIND.get(paper.kind, _letter)(paper, form))
    found.extend(own)
    if not any(fact.name == "dated_on" for fact in found):
        found.extend(foot.dated(paper))
    unique: dict[tuple[str, object], Fact] = {}
    for fact in found:
        if fact.name not in BY_NAME:
            raise ValueError(f"{fact.name} is not a name of the vocabulary")
        key = (fact.name, fact.value)
        known = unique.get(key)
        if known is None or fact.confidence > known.confidence:
            unique[key] = fact
    return tuple(unique.values())
