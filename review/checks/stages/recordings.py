"""Recordings (音像资料): what the file's own list says they show, and how they were kept."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from review.checks.check import (
    CheckResult,
    Severity,
    check,
    defect,
    failed,
    passed,
    unknown,
)
from review.checks.stages.recording_times import GUIDE, LIST, without_list
from review.checks.values import cited, count, names, says
from review.facts.model import CaseFacts, Fact
from review.law.in_force import LawInForce


@check(
    "REC004",
    title=("录像反映亮证、告知等环节", "The recording shows certificates and rights"),
    defects=("D-92",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47", GUIDE),
    inputs=(),
    cannot_see=(
        "只看清单对环节的核查记载，录像内容由人看",
        "reads what the list says of the nodes; the recording itself is for a person",
    ),
)
def nodes_shown(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the list says that the nodes to be recorded are shown.

    Fails, as a minor matter because the list of nodes is local, when it says that one is lacking.
    Unknown when it says nothing of nodes: then a person looks. Not applicable without a list.
    """
    if not case.of_kind(LIST):
        return without_list(case)
    lacking = next((fact for _, fact in case.every("nodes_lacking")), None)
    if lacking is not None:
        nodes = "、".join(names(lacking))
        return failed(
            defect(
                "D-92",
                f"清单核查记载录像缺少环节：{nodes}",
                f"the list says that the recording lacks: {nodes}",
                lacking,
                law=(cited(law, GUIDE, case),),
            )
        )
    shown = next((fact for _, fact in case.every("nodes_shown")), None)
    if shown is None:
        return unknown("清单未载明环节核查，请看录像", "the list says nothing of nodes: look")
    return passed("清单载明各环节均有录像", "all nodes are shown", shown)


@check(
    "REC005",
    title=("录像哈希值与存储台账一致", "Checksums agree with the storage ledger"),
    defects=("D-93",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-46", GUIDE),
    inputs=(),
    cannot_see=(
        "只比对案卷中的清单与台账摘录；扫描件只认明显不同的哈希值",
        "compares the list and the ledger's extract in the file; of scans only plain differences",
    ),
)
def checksums_agree(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether each recording's checksum is that of the storage ledger.

    Fails, as a minor matter because no statute asks for checksums, when the same file has another
    one there. On scans a few characters may be misread: only checksums that differ in most of them
    are other ones, and what is merely near is unknown, as where the ledger has none for a file that
    is listed. Not applicable without a list.
    """
    lists = case.of_kind(LIST)
    if not lists:
        return without_list(case)
    for paper in lists:
        listed, stored = paper.first("hash_listed"), paper.first("hash_stored")
        if listed is None or stored is None:
            continue
        own, kept = _checksums(listed), _in_names_of(_checksums(stored), _checksums(listed))
        unlike = [
            file
            for file, checksum in own.items()
            if file in kept and not _same_checksum(checksum, kept[file])
        ]
        differing = [
            file
            for file in unlike
            if not paper.is_recognized or _other_checksum(own[file], kept[file])
        ]
        if differing:
            return failed(
                defect(
                    "D-93",
                    f"{'、'.join(differing)}的哈希值与存储台账不一致",
                    f"checksum differs from the storage ledger: {', '.join(differing)}",
                    listed,
                    stored,
                    law=(cited(law, GUIDE, case),),
                )
            )
        if unlike:
            return unknown(
                "扫描件中的哈希值未能逐位读准，请看原件",
                "the checksums of the scan were not read to the letter: look at the original",
            )
        alone = [file for file in own if file not in kept]
        if alone or not own:
            return unknown(
                f"台账摘录中没有读到{'、'.join(alone) or '清单所列文件'}的哈希值",
                f"no checksum read in the ledger's extract: {', '.join(alone) or 'none listed'}",
            )
        return passed("哈希值与存储台账一致", "the checksums agree", listed, stored)
    return unknown("没有可以比对的哈希值", "no checksums to compare")


def _checksums(fact: Fact) -> dict[str, str]:
    """Checksums by file, from `file=checksum`; what has another form tells none."""
    parts = (each.partition("=") for each in names(fact))
    return {file: checksum for file, _, checksum in parts if checksum}


def _in_names_of(kept: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """The ledger's checksums under the list's names; either may leave out the stamp before it."""
    return {
        next(
            (f for f in own if f"_{f}".endswith(f"_{name}") or name.endswith(f"_{f}")), name
        ): checksum
        for name, checksum in kept.items()
    }


def _same_checksum(one: str, other: str) -> bool:
    """Equal, or one printed shortened (前32位)."""
    return one.startswith(other) or other.startswith(one)


_ENOUGH = 16
"""Characters of a checksum that must be read before it can be another one than that of a scan."""


def _other_checksum(one: str, other: str) -> bool:
    """Whether misreading cannot explain the difference: most characters are others."""
    length = min(len(one), len(other))
    distance = Levenshtein.distance(one[:length], other[:length])
    return length >= _ENOUGH and 2 * distance > length


@check(
    "REC006",
    title=("录音录像保存完好", "The recordings were kept"),
    defects=("D-94",),
    severity=Severity.MINOR,
    sources=("administrative-penalty-law#art-47", GUIDE),
    inputs=(),
    cannot_see=("不核对存储设备", "does not look at the storage"),
)
def recordings_kept(case: CaseFacts, law: LawInForce) -> CheckResult:
    """Whether the list tells of a recording that was deleted, overwritten or lost.

    Fails, as a minor matter because the term of keeping is not confirmed, when it does. Unknown
    when the list was not read with confidence. Not applicable without a list.
    """
    lists = case.of_kind(LIST)
    if not lists:
        return without_list(case)
    gone = next((fact for _, fact in case.every("recording_deleted") if says(fact)), None)
    if gone is not None:
        return failed(
            defect(
                "D-94",
                "清单载明录音录像已删除、覆盖或者灭失",
                "the list tells that a recording was deleted, overwritten or lost",
                gone,
                law=(cited(law, GUIDE, case),),
            )
        )
    short = next((fact for _, fact in case.every("kept_months")), None)
    months = count(short)
    if short is not None and months is not None and months < SHORTEST:
        return failed(
            defect(
                "D-94",
                f"作为证据的录像只保存{months}个月，应当与案卷保管期限相同",
                f"evidence is kept for {months} months, not as long as the file",
                short,
                law=(cited(law, GUIDE, case),),
            )
        )
    if not all(paper.is_clear for paper in lists):
        return unknown("视音频资料清单未能辨认清楚", "the list was not read with confidence")
    return passed("清单没有删除、灭失的记载", "nothing is told to be gone", *lists)


SHORTEST = 120
"""Months of the shortest term of a file (10 years for summary cases, the design's default)."""
