"""A living workbench from invented case files: people, ledger, a round in work, scores, a list.

Everything goes through the services, as the people themselves would do it, and may be repeated:
what is there already stays, what a kill left out is added. Only an empty database, or one with
sample accounts alone, is filled.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from review.casefiles.case_key import case_key
from review.casefiles.tables import Case
from review.checks.check import Severity
from review.db.accounts import Role, User
from review.db.session import reading
from review.errors import MissingFile, WrongState
from review.findings.tables import FindingState
from review.rectification.lifecycle import Action
from review.rectification.tables import ItemState, RectificationList
from review.scoring.checklist import Result
from review.scoring.tables import SheetState
from review.services import demo_challenges, demo_registers, demo_rounds
from review.services.access import Actor, actor_from, console
from review.services.accounts import people
from review.services.case_files import ledger
from review.services.desk import scoring
from review.services.desk.sheet_views import ItemView, ProposalView, SheetCard, SheetView
from review.services.reading import importing
from review.services.rectifying import rectification
from review.services.results import findings

DATA = Path(__file__).resolve().parents[2] / "samples" / "data"
LEDGER = "案件台账.xlsx"
PASSWORD = "Sample-2026"  # noqa: S105 - the public password of accounts that work on loopback only

SECTION = "云州市清河区交通运输局安监法规科"
QINGHE = "云州市清河区交通运输综合行政执法大队"
WANGHU = "临江市望湖县交通运输综合行政执法大队"
CITY = "云州市交通运输局法规处"
LAW_FIRM = "云州衡准律师事务所（虚构）"
JUSTICE = "云州市清河区司法局"

UNITS = ((QINGHE, True), (WANGHU, True), (SECTION, False), (CITY, False), (LAW_FIRM, False),
         (JUSTICE, False))  # fmt: skip

PEOPLE: tuple[tuple[str, str, Role, str], ...] = (
    ("admin", "祝晓棠", Role.ADMINISTRATOR, SECTION),
    ("regulations", "简宁", Role.REGULATIONS, SECTION),
    ("reviewer1", "原澈", Role.REVIEWER, SECTION),
    ("reviewer2", "步青阳", Role.REVIEWER, CITY),
    ("reviewer3", "申屠岳", Role.REVIEWER, WANGHU),
    ("expert1", "丛明哲", Role.EXPERT, LAW_FIRM),
    ("expert2", "竺可言", Role.EXPERT, JUSTICE),
    ("unit1", "喻长河", Role.UNIT, QINGHE),
    ("unit2", "耿怀瑜", Role.UNIT, WANGHU),
    ("leader", "闻人瑾", Role.LEADER, SECTION),
)

MUST_INCLUDE = ("c05", "f08", "c07", "f05", "f12", "c03", "f04", "c06")
"""Folders of the sample files that the second round must include: hearing, waived and more.

Most cases of the ledger have no file with the samples; these make the round worth looking at.
"""

SUBMITTED = ("f03", "f09", "f01", "f10")
"""Cases of the first round, whose sheets are all scored and handed in."""

COMPARED = ("f06", "c08", "f02", "f11")
"""Cases of the round on one topic, scored twice; of these the panel has settled the first."""

IN_WORK = ("f12", "f05", "c07")
"""Cases of which a part is scored."""

PANEL = (("f08", "expert1"), ("c05", "expert2"))
"""Cases that an expert looks at as well."""

STRICT = {"f09": 6, "f02": 9, "f11": 7}
"""Where scorer B finds something in every so manieth item: the two differ, the panel is called."""

USUAL = 23
"""In every so manieth item scorer B finds something elsewhere."""

MARK = "样例："

REMARKS = (
    "样例：个别栏目填写过简，看不出经办过程。",
    "样例：前后文书用语不统一，建议按格式文书规范填写。",
    "样例：附件未逐页编号，查找不便。",
)
"""What the stricter scorer writes beside small deductions."""

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A sample case file: its folder's name, the file, and its case number."""

    name: str
    path: Path
    case_no: str


def sample_files(folder: Path = DATA) -> list[SampleFile]:
    """The sample files with their case numbers. Raises MissingFile where there are none."""
    found = []
    for truth in sorted(folder.glob("*/truth.json")):
        content = json.loads(truth.read_text(encoding="utf-8"))
        found.append(
            SampleFile(truth.parent.name, truth.parent / content["input"], content["case_no"])
        )
    if not found:
        raise MissingFile(file=str(folder))
    return found


def may_fill(engine: Engine) -> bool:
    """Whether nobody but sample accounts is in the database."""
    with reading(engine) as session:
        real = select(User.id).where(col(User.is_sample).is_(False))
        cases_without_users = session.exec(select(Case.id)).first() is not None
        users = session.exec(select(User.id)).first() is not None
        return session.exec(real).first() is None and (users or not cases_without_users)


def is_filled(engine: Engine) -> bool:
    """Whether the sample round has got as far as its rectification list."""
    with reading(engine) as session:
        return session.exec(select(RectificationList.id)).first() is not None


def accounts() -> list[tuple[str, str, Role]]:
    """Login, name and role of the sample accounts, to be printed."""
    return [(login, name, role) for login, name, role, _ in PEOPLE]


def fill(engine: Engine, tell: Tell, *, folder: Path = DATA) -> None:
    """Fill the database with the samples. Raises WrongState where real accounts are in it."""
    if not may_fill(engine):
        raise WrongState(
            what="数据库",
            what_en="the database",
            state="已有正式数据",
            state_en="in real use",
            action="载入样例",
            action_en="load samples",
        )
    files = sample_files(folder)
    tell("单位和账号 · units and accounts")
    actors = _people(engine)
    tell("案件台账 · the case ledger")
    ledger.import_ledger(engine, actors["regulations"], path=folder / LEDGER, name=LEDGER)
    tell("评查轮次：抽取和分派 · two rounds: draw and assignment")
    ids = _case_ids(engine, files)
    finished = [ids[name] for name in SUBMITTED if name in ids]
    first = demo_rounds.first_round(engine, actors, finished)
    compared = [ids[name] for name in COMPARED if name in ids]
    topical = demo_rounds.compared_round(engine, actors, compared) if compared else None
    second = demo_rounds.second_round(
        engine,
        actors,
        must=[ids[name] for name in MUST_INCLUDE if name in ids],
        reviewed=[*finished, *compared],
        experts={ids[name]: actors[login] for name, login in PANEL if name in ids},
    )
    demo_rounds.work_targets(engine, actors["regulations"])
    _import(engine, actors["regulations"], files, tell)
    tell("评分 · scores")
    for round_id in filter(None, (first, topical, second)):
        _scores(engine, actors, round_id, files)
    tell("合议、问题认定和整改清单 · panel, findings and rectification")
    demo_rounds.panel(engine, actors, first)
    if topical:
        demo_rounds.begin_panel(engine, actors["regulations"], topical)
        demo_rounds.settle(engine, actors, topical, most=1)
    _findings(engine, actors["regulations"], first)
    demo_rounds.publish(engine, actors, first)
    tell("执法资源库和免罚清单 · registers and a waiver list")
    demo_registers.keep_registers(engine, actors["regulations"], (QINGHE, WANGHU))
    demo_registers.publish_waiver_list(engine, actors["regulations"])
    _rectification(engine, actors, first)
    tell("复议诉讼和信用修复 · lawsuits and credit repair")
    demo_challenges.proceedings(engine, actors["regulations"], finished)
    demo_challenges.credit_classes(engine, actors["regulations"])


def _people(engine: Engine) -> dict[str, Actor]:
    console_actor = console(Role.ADMINISTRATOR)
    units = {unit.name: unit.id for unit in people.list_units(engine, console_actor)}
    for name, is_reviewed in UNITS:
        if name not in units:
            units[name] = people.create_unit(
                engine, console_actor, name=name, is_reviewed=is_reviewed
            )
    known = {user.login for user in people.list_users(engine, console_actor)}
    for login, name, role, unit in PEOPLE:
        if login not in known:
            people.create_user(
                engine,
                console_actor,
                login=login,
                name=name,
                role=role,
                unit_id=units[unit],
                password=PASSWORD,
                is_sample=True,
            )
    with reading(engine) as session:
        users = session.exec(select(User).where(col(User.is_sample).is_(True))).all()
        return {user.login: actor_from(user) for user in users}


def _case_ids(engine: Engine, files: Sequence[SampleFile]) -> dict[str, int]:
    """Case ids of the sample files by folder name."""
    with reading(engine) as session:
        ids = {case.case_key: case.id or 0 for case in session.exec(select(Case))}
    return {each.name: ids[case_key(each.case_no)] for each in files}


def _import(engine: Engine, actor: Actor, files: Sequence[SampleFile], tell: Tell) -> None:
    """Hand all files in, then wait for each; what is in already is not read again."""
    for each in files:
        importing.hand_in(engine, actor, case_no=each.case_no, path=each.path, name=each.path.name)
    for number, each in enumerate(files, 1):
        tell(f"案卷 {number}/{len(files)} · case file {each.name}")
        importing.import_now(engine, actor, [each.path], case_no=each.case_no)


def _scores(
    engine: Engine, actors: Mapping[str, Actor], round_id: int, files: Sequence[SampleFile]
) -> None:
    ids = _case_ids(engine, files)
    names = {case_id: name for name, case_id in ids.items()}
    by_id = {actor.user_id: actor for actor in actors.values()}
    for card in scoring.sheet_cards(engine, actors["regulations"], round_id=round_id):
        name, actor = names.get(card.case_id, ""), by_id[card.scorer_id]
        if card.state != SheetState.OPEN:
            continue
        if name in SUBMITTED or name in COMPARED:
            _score(engine, actor, card, share=1.0, every=STRICT.get(name, USUAL))
            _submit(engine, actor, card)
        elif name in IN_WORK:
            _score(engine, actor, card, share=0.6 if card.seat == "A" else 0.25)


def _score(
    engine: Engine, actor: Actor, card: SheetCard, *, share: float, every: int = USUAL
) -> None:
    """Score the first part of a sheet: what is proposed is taken over, the rest is 符合."""
    view = scoring.open_sheet(engine, actor, card.sheet_id)
    items = [item for section in view.edition.sections for item in section.items]
    for number, item in enumerate(items[: round(len(items) * share)]):
        if item.id in view.scores:
            continue
        is_noted = card.seat == "B" and number % every == every // 2
        result, chosen, comment = _judgement(view, item, number, is_noted=is_noted)
        scoring.save_score(
            engine,
            actor,
            sheet_id=card.sheet_id,
            item_id=item.id,
            result=result,
            chosen=chosen,
            comment=comment,
            base_version=0,
            client_id=f"sample-{card.sheet_id}-{item.id}",
            origin="proposal" if item.id in view.proposals else "person",
        )


def _judgement(
    view: SheetView, item: ItemView, number: int, *, is_noted: bool
) -> tuple[Result, Mapping[str, int], str]:
    """Result, reasons and comment for an item; a noted one loses its smallest reason."""
    proposal: ProposalView | None = view.proposals.get(item.id)
    if proposal is not None and proposal.result in (Result.PARTLY_MET, Result.NOT_MET):
        return proposal.result, proposal.chosen, "；".join(each.zh for each in proposal.reasons)
    if proposal is not None and proposal.result is Result.NOT_APPLICABLE:
        return Result.NOT_APPLICABLE, {}, ""
    if is_noted and not item.is_veto and item.deductions:
        return Result.PARTLY_MET, {}, REMARKS[number % len(REMARKS)]
    return Result.MET, {}, ""


def _submit(engine: Engine, actor: Actor, card: SheetCard) -> None:
    view = scoring.open_sheet(engine, actor, card.sheet_id)
    scoring.submit(
        engine,
        actor,
        card.sheet_id,
        overall="样例：程序总体规范，个别文书和期限需要改进。",
        seen_version=view.version,
    )


def _findings(engine: Engine, actor: Actor, round_id: int) -> None:
    """Derive; of the scorers' own remarks one is dismissed, the rest is confirmed."""
    findings.derive(engine, actor, round_id)
    listed = findings.list_findings(engine, actor, round_id=round_id)
    if any(each.state != FindingState.PROPOSED for each in listed):
        return
    remarks = [
        each.id
        for each in reversed(listed)
        if MARK in each.text.zh and each.severity is not Severity.VETO
    ]
    for each in listed:
        if each.id in remarks[:1]:
            findings.dismiss(
                engine,
                actor,
                each.id,
                reason="样例：经复核，材料在其他文书中已有记载。",
                seen_version=each.version,
            )
        else:
            findings.confirm(
                engine,
                actor,
                each.id,
                text=each.text.zh,
                severity=each.severity,
                measure=each.measure or "对照评查标准逐项整改，并组织承办人员学习。",
                due_days=each.due_days,
                seen_version=each.version,
            )


def _rectification(engine: Engine, actors: Mapping[str, Actor], round_id: int) -> None:
    """Issue the lists; on the first one, items stand in every state."""
    section = actors["regulations"]
    confirmed = findings.list_findings(
        engine, section, round_id=round_id, state=FindingState.CONFIRMED
    )
    waiting = {each.unit_id for each in confirmed if not each.is_listed}
    for unit_id in sorted(waiting):
        rectification.issue_list(engine, section, round_id, unit_id)
    by_unit = {actor.unit_id: actor for actor in actors.values() if actor.role is Role.UNIT}
    for card in rectification.list_lists(engine, section, round_id=round_id):
        unit = by_unit.get(card.unit_id)
        items = rectification.list_view(engine, section, card.id).items
        if unit is None or any(item.state != ItemState.TO_DO for item in items):
            continue
        with tempfile.TemporaryDirectory() as held:
            proof = Path(held) / "proof"
            proof.write_text(PROOF, encoding="utf-8")
            for item, steps in zip(items, STEPS, strict=False):
                for step_number, (side, action, note) in enumerate(steps):
                    rectification.move_item(
                        engine,
                        unit if side == "unit" else section,
                        item.id,
                        action=action,
                        note=note,
                        proof=(proof, "补正说明（样例）.txt") if action is Action.SUBMIT else None,
                        seen_version=item.version + step_number,
                    )


PROOF = "样例：补正说明，材料形成日期为提交当日。\n"
"""What the samples hand in as proof."""

STEPS: tuple[tuple[tuple[str, Action, str], ...], ...] = (
    (
        ("unit", Action.START, ""),
        ("unit", Action.SUBMIT, "样例：已组织学习并作书面说明，今后按期办理。"),
        ("section", Action.CLOSE, "样例：说明材料齐全，予以销号。"),
    ),
    (("unit", Action.SUBMIT, "样例：已补正说明，待复查。"),),
    (("unit", Action.START, ""),),
    (
        ("unit", Action.SUBMIT, "样例：已整改。"),
        ("section", Action.SEND_BACK, "样例：缺少补正说明，请补充后再提交。"),
    ),
)
"""Steps of the first items of a list: closed, submitted, in work, sent back; the rest is to do."""
