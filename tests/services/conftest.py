"""A small bureau: units, one person of each role, two cases, a round being scored, two sheets."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from review.casefiles.tables import Case, SourceFile
from review.common.store import Store
from review.db.accounts import Role, Unit, User
from review.db.session import reading, transaction
from review.documents.tables import DocumentRow, PageRow
from review.panels.tables import CommonItem, CommonResult
from review.planning.tables import Round, RoundCase
from review.scoring.tables import ScoreSheet
from review.services.access import Actor, actor_from
from review.services.desk import scoring
from review.services.panel import deliberation
from review.services.panel.common_results import common_of, items_of
from review.services.rounds import rounds
from review.settings import settings

PASSWORD = "correct-horse-1"
# argon2id of PASSWORD with small parameters, so that tests need not compute it for every person
PASSWORD_HASH = (
    "$argon2id$v=19$m=64,t=1,p=1$IooOw4qbPfQsCxDopdEh+w$bkyeOyD11jsyq4aX7TprNn0D+i6o+024hlb2xO2EI5M"
)

EDITION = """
title: {zh: 测试评查标准, en: Test edition}
total: 100
sections:
  - id: A
    title: {zh: 程序, en: Procedure}
    points: 100
    items:
      - {id: DOC-01, title: {zh: 决定合法, en: Decision lawful}, points: 0, veto: true, checks: [DEC004]}
      - id: DOC-02
        title: {zh: 期限, en: Time limits}
        points: 60
        deduct:
          - {id: late, zh: 超期, points: 20}
          - {id: gap, zh: 漏项, points: 5, per: occurrence, max: 15}
      - {id: DOC-03, title: {zh: 归档, en: Archive}, points: 40}
"""


@dataclass
class Scene:
    """Ids and actors of the small bureau."""

    engine: Engine
    actors: dict[str, Actor] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    cases: list[int] = field(default_factory=list)
    round_id: int = 0
    round_case_ids: list[int] = field(default_factory=list)
    sheets: dict[str, int] = field(default_factory=dict)
    pages: list[int] = field(default_factory=list)

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.__dict__["actors"][name]
        except KeyError:
            raise AttributeError(name) from None


def drawn(scene: Scene, round_id: int, *, size: int, **rules) -> tuple[int, ...]:
    """Notice, self-review, list, two numbers and the draw of a planned round."""
    engine, section = scene.engine, scene.regulations
    frozen_list(scene, round_id, size=size, **rules)
    for who, number in ((section, "271828"), (scene.leader, "314159")):
        enter_number(scene, round_id, who, number)
    return rounds.draw(engine, section, round_id, seen_version=version_of(scene, round_id))


def version_of(scene: Scene, round_id: int) -> int:
    return rounds.round_view(scene.engine, scene.regulations, round_id).round.version


def frozen_list(scene: Scene, round_id: int, *, size: int, **rules) -> str:
    """Bring a planned round to the frozen list; returns its hash."""
    engine, section = scene.engine, scene.regulations
    if rounds.round_view(engine, section, round_id).round.state == "planned":
        rounds.issue_notice(
            engine,
            section,
            round_id,
            number="样例法〔2024〕1号",
            issued_on=date(2024, 1, 2),
            text="样例通知",
            seen_version=version_of(scene, round_id),
        )
        rounds.record_step(
            engine,
            section,
            round_id,
            "self_review",
            note="各单位已自查",
            seen_version=version_of(scene, round_id),
        )
    return rounds.freeze_list(
        engine, section, round_id, size=size, seen_version=version_of(scene, round_id), **rules
    )


def enter_number(scene: Scene, round_id: int, who: Actor, number: str) -> None:
    """One person's number for the list that is frozen."""
    view = rounds.round_view(scene.engine, scene.regulations, round_id)
    rounds.enter_number(
        scene.engine, who, round_id, number=number, frozen_sha256=view.frozen.sha256
    )


def scored(scene: Scene, login: str, results: dict[str, str], *, sheet_id: int = 0) -> None:
    """Score a whole sheet and hand it in; items not named are 符合."""
    actor = scene.actors[login]
    key = sheet_id or scene.sheets[login]
    for item in ("DOC-01", "DOC-02", "DOC-03"):
        scoring.save_score(
            scene.engine,
            actor,
            sheet_id=key,
            item_id=item,
            result=results.get(item, "符合"),
            base_version=0,
            client_id=f"{item}-{login}",
        )
    view = scoring.open_sheet(scene.engine, actor, key)
    scoring.submit(scene.engine, actor, key, overall="", seen_version=view.version)


def noted(scene: Scene, login: str, item: str, result: str, comment: str, **more) -> None:
    """One score of somebody's sheet of case 1, with a comment."""
    scoring.save_score(
        scene.engine,
        scene.actors[login],
        sheet_id=scene.sheets[login],
        item_id=item,
        result=result,
        comment=comment,
        base_version=0,
        client_id=f"noted-{login}-{item}",
        **more,
    )


def handed_in_with(scene: Scene, words: str, *, gap: int) -> None:
    """The reviewer's sheet of case 1 is in; whatever is said in it, he said with `words`."""
    noted(scene, "reviewer", "DOC-01", "符合", "")
    noted(scene, "reviewer", "DOC-02", "部分符合", words, chosen={"gap": gap})
    noted(scene, "reviewer", "DOC-03", "符合", words)
    scoring.pin(
        scene.engine,
        scene.reviewer,
        sheet_id=scene.sheets["reviewer"],
        item_id="DOC-02",
        page_id=scene.pages[0],
        quote=words,
        note=words,
    )
    view = scoring.open_sheet(scene.engine, scene.reviewer, scene.sheets["reviewer"])
    scoring.submit(
        scene.engine,
        scene.reviewer,
        scene.sheets["reviewer"],
        overall=words,
        seen_version=view.version,
    )


def move(scene: Scene, to: str, **more) -> None:
    rounds.move_round(
        scene.engine,
        scene.regulations,
        scene.round_id,
        to=to,
        seen_version=version_of(scene, scene.round_id),
        **more,
    )


def stands_at(scene: Scene, state: str) -> None:
    """Put the round into a later state without the steps between, for what does not test them."""
    with transaction(scene.engine) as session:
        row = session.get(Round, scene.round_id)
        row.state = state
        session.add(row)


def seat(scene: Scene, place: int, name: str, login: str) -> int:
    """Give a seat of one of the two cases; returns the new sheet's id."""
    engine, key = scene.engine, scene.round_case_ids[place]
    user_id = scene.actors[login].user_id
    made = rounds.assign_one(engine, scene.regulations, key, seat=name, user_id=user_id)
    with reading(engine) as session:
        return session.exec(select(ScoreSheet.id).where(ScoreSheet.assignment_id == made)).one()


def to_panel(scene: Scene) -> None:
    """Case 2 is scored without a fault, and the panel begins; case 1 was handed in before."""
    for name, login in (("A", "reviewer"), ("B", "second")):
        scored(scene, login, {}, sheet_id=seat(scene, 1, name, login))
    move(scene, "deliberating")


def common(scene: Scene, place: int = 0) -> tuple[CommonResult, dict[str, CommonItem]]:
    """The common result of one of the two cases with its items."""
    with reading(scene.engine) as session:
        row = common_of(session, scene.round_case_ids[place])
        return row, {item.item_id: item for item in items_of(session, row.id)}


def settle(scene: Scene, item_id: str, result: str, voters, **more) -> None:
    """Votes of these people and the section's conclusion on a disputed item of case 1."""
    _, items = common(scene)
    for login in voters:
        deliberation.vote(
            scene.engine, scene.actors[login], items[item_id].id, result=result, view="见第1页"
        )
    deliberation.settle_item(
        scene.engine,
        scene.regulations,
        items[item_id].id,
        result=result,
        reason="经合议",
        seen_version=items[item_id].version,
        **more,
    )


def conclude(scene: Scene, logins=("reviewer", "second", "expert")) -> None:
    """The panel's conclusion on case 1."""
    row, _ = common(scene)
    members = [scene.actors[login].user_id for login in logins]
    deliberation.conclude(
        scene.engine,
        scene.regulations,
        scene.round_case_ids[0],
        seen_version=row.version,
        conclusion="合议一致",
        chair_id=members[0],
        members=members,
    )


@pytest.fixture
def checklists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with one small edition."""
    folder = tmp_path / "checklists"
    (folder / "penalty").mkdir(parents=True)
    (folder / "penalty" / "2020-01-01.yaml").write_text(EDITION, encoding="utf-8")
    monkeypatch.setenv("CASE_REVIEW_CHECKLISTS", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()


def add_user(session, login: str, role: Role, **more) -> Actor:
    user = User(
        login=login,
        name=more.pop("name", login),
        role=role,
        password_hash=PASSWORD_HASH,
        must_change_password=False,
        **more,
    )
    session.add(user)
    session.flush()
    return actor_from(user)


def add_case(session, unit_id: int, number: int, **more) -> Case:
    values = {
        "case_key": f"样例罚[2023]{number}",
        "case_no": f"样例罚〔2023〕{number}号",
        "unit_id": unit_id,
        "procedure": "ordinary",
        "cause": "未取得道路运输经营许可擅自从事客运经营",
        "party_name": "样例当事人",
        "officers": ["甲某", "乙某"],
        "closed_on": date(2023, 5, 1 + number % 28),
    } | more
    case = Case(**values)
    session.add(case)
    session.flush()
    return case


@pytest.fixture
def bureau(engine: Engine, checklists: Path) -> Scene:
    """Units, people and two cases with a page each; no round."""
    scene = Scene(engine)
    with transaction(engine) as session:
        for name in ("样例执法大队", "样例港航大队", "样例法规科"):
            unit = Unit(name=name, is_reviewed=name != "样例法规科")
            session.add(unit)
            session.flush()
            scene.units[name] = unit.id or 0
        brigade, harbour, section = scene.units.values()
        people = {
            "reviewer": (Role.REVIEWER, {"unit_id": section}),
            "second": (Role.REVIEWER, {"unit_id": harbour}),
            "expert": (Role.EXPERT, {}),
            "regulations": (Role.REGULATIONS, {"unit_id": section}),
            "unit": (Role.UNIT, {"unit_id": brigade}),
            "other_unit": (Role.UNIT, {"unit_id": harbour}),
            "leader": (Role.LEADER, {}),
            "administrator": (Role.ADMINISTRATOR, {}),
        }
        for login, (role, more) in people.items():
            scene.actors[login] = add_user(session, login, role, **more)
        for number in (1, 2):
            case = add_case(session, brigade, number)
            scene.cases.append(case.id or 0)
            source = SourceFile(
                case_id=case.id,
                source="案卷.pdf",
                sha256=Store(settings().store).add(f"案卷 {number}".encode()),
                kind="pdf",
                pages=1,
            )
            session.add(source)
            session.flush()
            paper = DocumentRow(
                case_id=case.id,
                source_file_id=source.id,
                sequence=0,
                kind="行政处罚决定书",
                title="行政处罚决定书",
            )
            session.add(paper)
            session.flush()
            page = PageRow(
                source_file_id=source.id,
                document_id=paper.id,
                position=0,
                number=1,
                width=595,
                height=842,
                content={"blocks": [], "marks": []},
            )
            session.add(page)
            session.flush()
            scene.pages.append(page.id or 0)
    return scene


@pytest.fixture
def scene(bureau: Scene) -> Scene:
    """The bureau with a round being scored: case 1 by reviewer (A) and second (B)."""
    engine, section = bureau.engine, bureau.regulations
    bureau.round_id = rounds.plan_round(
        engine,
        section,
        title="样例第一轮",
        year=2023,
        scope_from=date(2023, 1, 1),
        scope_to=date(2023, 12, 31),
        starts_on=date(2024, 1, 2),
        ends_on=date(2024, 1, 31),
        unit_ids=list(bureau.units.values()),
    )
    drawn(bureau, bureau.round_id, size=2)
    with reading(engine) as session:
        rows = {row.case_id: row.id or 0 for row in session.exec(select(RoundCase))}
    bureau.round_case_ids = [rows[case_id] for case_id in bureau.cases]
    for seat, login in (("A", "reviewer"), ("B", "second")):
        rounds.assign_one(
            engine,
            section,
            bureau.round_case_ids[0],
            seat=seat,
            user_id=bureau.actors[login].user_id,
        )
        bureau.sheets[login] = scoring.my_sheets(engine, bureau.actors[login])[0].sheet_id
    return bureau
