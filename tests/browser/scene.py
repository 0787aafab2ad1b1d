"""An invented case file with drawn pages, people of each role, and a round that is being scored."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml
from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import Engine
from sqlmodel import Session

from review.casefiles.case_key import case_key
from review.casefiles.tables import Case, SourceFile
from review.checks.tables import CheckRow
from review.common.store import Store
from review.db.accounts import Role, Unit, User
from review.db.session import transaction
from review.documents.tables import DocumentRow, PageRow
from review.findings.tables import Finding, FindingState
from review.panels.tables import Assignment
from review.planning.tables import Round, RoundCase, RoundState
from review.rectification.tables import RectificationItem, RectificationList
from review.scoring.tables import ScoreSheet
from review.services.accounts.sign_in import password_hash
from review.services.rules.editions import edition_by_key
from review.settings import settings

PASSWORD = "sample-password-1"
WIDTH, HEIGHT = 595.0, 842.0
SCALE = 2  # pixels of the page image for each point
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
CASE_NO = "样交执罚〔2026〕第0137号"

PAPERS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "卷宗封面",
        (
            (
                "样例区交通运输局行政处罚案卷",
                CASE_NO,
                "案由：未取得道路运输经营许可擅自从事客运经营",
                "当事人：样例当事人甲",
            ),
        ),
    ),
    (
        "卷内目录",
        (("卷内目录", "1 立案登记表 1", "2 现场笔录 2", "3 询问笔录 3-4", "4 违法行为通知书 5"),),
    ),
    (
        "立案登记表",
        (
            (
                "立案登记表",
                "案件来源：现场检查发现",
                "立案时间：2026年1月5日",
                "承办人意见：建议立案调查。",
                "负责人意见：同意立案。",
            ),
        ),
    ),
    (
        "现场笔录",
        (
            (
                "现场笔录",
                "执法地点：样例路1号客运站出口",
                "执法时间：2026年1月4日10时05分至10时40分",
                "执法人员甲某（证号00000001）、乙某（证号00000002）出示执法证件。",
                "现场情况：当事人驾驶样A00001小型客车载客三人。",
            ),
        ),
    ),
    (
        "询问笔录",
        (
            (
                "询问笔录",
                "时间：2026年1月6日9时至9时50分",
                "问：你是否申请执法人员回避？",
                "答：不申请。",
            ),
            ("问：你是否取得道路运输经营许可？", "答：没有取得。", "以上笔录看过，属实。"),
        ),
    ),
    (
        "违法行为通知书",
        (
            (
                "违法行为通知书",
                "拟作出罚款人民币30000元的行政处罚。",
                "你可在收到本通知书之日起五日内陈述、申辩。",
            ),
        ),
    ),
    (
        "送达回证",
        (("送达回证", "送达文书：违法行为通知书", "送达日期：2026年3月20日", "受送达人签名："),),
    ),
    (
        "案件调查报告",
        (
            (
                "案件调查报告",
                "经调查，当事人未取得道路运输经营许可，擅自从事客运经营。",
                "建议罚款人民币30000元。",
            ),
        ),
    ),
    (
        "行政处罚决定书",
        (
            (
                "行政处罚决定书",
                CASE_NO,
                "经查，当事人未取得道路运输经营许可擅自从事客运经营。",
                "根据有关规定，决定罚款人民币30000元。",
            ),
            (
                "如不服本决定，可以依法申请行政复议或者提起行政诉讼。",
                "样例区交通运输局（印章）",
                "2026年4月8日",
            ),
        ),
    ),
    ("结案报告", (("结案报告", "罚款已于2026年4月15日缴纳。", "同意结案。"),)),
)
"""Papers with the lines of their pages; everything is invented."""


@dataclass
class Scene:
    """Ids of what was made."""

    users: dict[str, int] = field(default_factory=dict)
    units: list[int] = field(default_factory=list)
    case_id: int = 0
    round_id: int = 0
    sheet_id: int = 0
    second_sheet_id: int = 0
    list_id: int = 0
    pages: list[int] = field(default_factory=list)


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for path in FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, round(size * SCALE))
    return ImageFont.load_default(round(size * SCALE))


def _lines(lines: tuple[str, ...]) -> list[tuple[str, tuple[float, float, float, float], float]]:
    """Each line with its box in points and its size."""
    placed = []
    top = 90.0
    for index, text in enumerate(lines):
        size = 20.0 if index == 0 else 13.0
        advance = sum(1.0 if ord(character) > 0x2000 else 0.55 for character in text) * size
        left = (WIDTH - advance) / 2 if index == 0 else 76.0
        placed.append((text, (left, top, min(left + advance, WIDTH - 40), top + size * 1.25), size))
        top += 46.0 if index == 0 else 31.0
    return placed


def _picture(lines: tuple[str, ...], number: int) -> Image.Image:
    image = Image.new("RGB", (int(WIDTH * SCALE), int(HEIGHT * SCALE)), "#fdfcf8")
    pen = ImageDraw.Draw(image)
    for text, box, size in _lines(lines):
        pen.text((box[0] * SCALE, box[1] * SCALE), text, font=_font(size), fill="#1d1d1f")
    if any("印章" in line for line in lines):
        middle = (400 * SCALE, 220 * SCALE)
        radius = 58 * SCALE
        pen.ellipse(
            (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius),
            outline="#c8322b",
            width=6,
        )
    pen.text(
        ((WIDTH - 60) * SCALE, (HEIGHT - 60) * SCALE), str(number), font=_font(11), fill="#555"
    )
    return image


def _jpeg(image: Image.Image, width: int) -> bytes:
    out = io.BytesIO()
    image.resize((width, round(width * image.height / image.width))).save(out, "JPEG", quality=82)
    return out.getvalue()


def write_checklists(folder: Path, source: Path) -> None:
    """The released editions, with checks named for some items, so that there are proposals."""
    for path in source.glob("penalty-*/*.yaml"):
        content = yaml.safe_load(path.read_text("utf-8"))
        if path.parent.name == "penalty-ordinary":
            wanted = {
                "PRO-12": "DEC004",
                "PRO-08": "NOT004",
                "DOC-06": "DOC004",
                "PRO-01": "FIL001",
            }
            for section in content["sections"]:
                for item in section["items"]:
                    if item["id"] in wanted:
                        item["checks"] = [wanted[item["id"]]]
                        item.pop("defects", None)
        target = folder / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def build(engine: Engine) -> Scene:
    """Fill an empty, migrated database and the store of `settings().home`."""
    scene = Scene()
    hashed = password_hash(PASSWORD)
    edition = edition_by_key(engine, "penalty-ordinary/2026-01-01")
    with transaction(engine) as session:
        for name in (
            "样例区交通运输综合执法大队",
            "样例区港航执法大队",
            "样例区交通运输局安监法规科",
        ):
            unit = Unit(name=name, is_reviewed="法规" not in name)
            session.add(unit)
            session.flush()
            scene.units.append(unit.id or 0)
        brigade, harbour, section = scene.units
        for role in Role:
            home = brigade if role is Role.UNIT else section
            _person(session, scene, str(role), role, hashed=hashed, unit_id=home)
        _person(session, scene, "second", Role.REVIEWER, hashed=hashed, unit_id=section)
        _person(session, scene, "harbour", Role.UNIT, hashed=hashed, unit_id=harbour)
        _person(
            session,
            scene,
            "newcomer",
            Role.REVIEWER,
            hashed=hashed,
            unit_id=section,
            must_change=True,
        )
        case = Case(
            case_key=case_key(CASE_NO),
            case_no=CASE_NO,
            unit_id=brigade,
            procedure="ordinary",
            cause="未取得道路运输经营许可擅自从事客运经营",
            party_name="样例当事人甲",
            officers=["甲某", "乙某"],
            filed_on=date(2026, 1, 5),
            decided_on=date(2026, 4, 8),
            closed_on=date(2026, 4, 20),
            reading_state="read",
        )
        session.add(case)
        session.flush()
        scene.case_id = case.id or 0
        _pages(session, scene)
        _checks(session, scene)
        _round(session, scene, edition)
        _issued(session, scene)
    return scene


def _person(
    session: Session,
    scene: Scene,
    login: str,
    role: Role,
    *,
    hashed: str,
    unit_id: int,
    must_change: bool = False,
) -> None:
    user = User(
        login=login,
        name=f"样例{login}",
        role=role,
        unit_id=unit_id,
        password_hash=hashed,
        must_change_password=must_change,
    )
    session.add(user)
    session.flush()
    scene.users[login] = user.id or 0


def _pages(session: Session, scene: Scene) -> None:
    store = Store(settings().store)
    total = sum(len(pages) for _, pages in PAPERS)
    source = SourceFile(
        case_id=scene.case_id, source="案卷.pdf", sha256="0" * 64, kind="pdf", pages=total
    )
    session.add(source)
    session.flush()
    number = 0
    for sequence, (kind, pages) in enumerate(PAPERS):
        paper = DocumentRow(
            case_id=scene.case_id,
            source_file_id=source.id,
            sequence=sequence,
            kind=kind,
            title=kind,
            first_page=number + 1,
            last_page=number + len(pages),
        )
        session.add(paper)
        session.flush()
        for lines in pages:
            number += 1
            image = _picture(lines, number)
            page = PageRow(
                source_file_id=source.id,
                document_id=paper.id,
                position=number - 1,
                number=number,
                width=WIDTH,
                height=HEIGHT,
                view_sha256=store.add(_jpeg(image, 1100)),
                thumb_sha256=store.add(_jpeg(image, 132)),
                content={
                    "blocks": [
                        {"cell": None, "lines": [[text, list(box), 1.0, "text-layer"]]}
                        for text, box, _size in _lines(lines)
                    ],
                    "marks": [],
                },
            )
            session.add(page)
            session.flush()
            scene.pages.append(page.id or 0)


def place(scene: Scene, words: str) -> dict[str, object]:
    """Where a line that begins with `words` stands, as evidence is kept."""
    number = 0
    for _, pages in PAPERS:
        for lines in pages:
            number += 1
            for text, box, _size in _lines(lines):
                if text.startswith(words):
                    return {
                        "source": "案卷.pdf",
                        "page": number,
                        "page_id": scene.pages[number - 1],
                        "quote": text,
                        "boxes": [list(box)],
                    }
    raise LookupError(words)


def _checks(session: Session, scene: Scene) -> None:
    found = (
        (
            "DEC004",
            "fail",
            "major",
            ("立案时间", "2026年4月8日"),
            ["D-63"],
            "自立案（2026-01-05）至决定（2026-04-08）共93日，超过90日，未见延长审批。",
            "93 days from filing (2026-01-05) to decision (2026-04-08), more than 90; no extension found.",
        ),
        (
            "NOT004",
            "pass",
            "major",
            ("送达日期",),
            [],
            "通知书送达后满五日才作出决定。",
            "The decision came after the five days of the notice.",
        ),
        (
            "DOC004",
            "unknown",
            "minor",
            ("如不服本决定",),
            [],
            "未读到复议机关和法院的名称，请人工核对。",
            "Names of the authority and the court were not read.",
        ),
        (
            "FIL001",
            "fail",
            "minor",
            ("执法时间",),
            ["D-04"],
            "发现违法行为后立案的时间需要核对。",
            "Check how long after discovery the case was filed.",
        ),
    )
    for check_id, outcome, severity, words, defects, zh, en in found:
        session.add(
            CheckRow(
                case_id=scene.case_id,
                check_id=check_id,
                outcome=outcome,
                severity=severity,
                defects=defects,
                message_zh=zh,
                message_en=en,
                evidence=[place(scene, each) for each in words],
                law=[],
                trace={"steps": [], "missing": [], "obstacles": []},
            )
        )


def _round(session: Session, scene: Scene, edition: dict[str, str]) -> None:
    made = Round(
        title="2026年第一季度案卷评查",
        year=2026,
        scope_from=date(2026, 1, 1),
        scope_to=date(2026, 6, 30),
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 12, 31),
        unit_ids=scene.units[:2],
        editions={"ordinary": edition},
        state=RoundState.SCORING,
    )
    session.add(made)
    session.flush()
    scene.round_id = made.id or 0
    drawn = RoundCase(
        round_id=made.id,
        case_id=scene.case_id,
        sequence=1,
        edition=edition["key"],
        edition_sha256=edition["sha256"],
    )
    session.add(drawn)
    session.flush()
    for seat, login in (("A", "reviewer"), ("B", "second")):
        assignment = Assignment(round_case_id=drawn.id, user_id=scene.users[login], seat=seat)
        session.add(assignment)
        session.flush()
        sheet = ScoreSheet(
            assignment_id=assignment.id,
            case_id=scene.case_id,
            scorer_id=scene.users[login],
            edition=edition["key"],
            edition_sha256=edition["sha256"],
        )
        session.add(sheet)
        session.flush()
        if seat == "A":
            scene.sheet_id = sheet.id or 0
        else:
            scene.second_sheet_id = sheet.id or 0


def _issued(session: Session, scene: Scene) -> None:
    """A list that was issued to the brigade, with one item whose evidence is on page 3."""
    finding = Finding(
        round_id=scene.round_id,
        case_id=scene.case_id,
        key="PRO-12",
        item_id="PRO-12",
        origin="check:DEC004",
        proposed_by=[],
        severity="major",
        text_zh="超过九十日作出决定，未见延长审批",
        evidence=[place(scene, "立案时间")],
        law=[],
        measure_zh="规范期限管理",
        state=FindingState.CONFIRMED,
    )
    session.add(finding)
    session.flush()
    made = RectificationList(
        round_id=scene.round_id,
        unit_id=scene.units[0],
        number="整改〔2026〕1号",
        issued_on=date(2026, 8, 1),
        issued_by=scene.users["regulations"],
    )
    session.add(made)
    session.flush()
    scene.list_id = made.id or 0
    session.add(
        RectificationItem(
            list_id=made.id,
            finding_id=finding.id,
            sequence=1,
            problem=finding.text_zh,
            measure=finding.measure_zh,
            due_on=date(2026, 8, 16),
        )
    )
