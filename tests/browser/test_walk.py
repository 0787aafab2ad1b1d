"""The main job from the ledger to the rectification list, in the browser, once in each language."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import Session, select

from review.casefiles.tables import Case, ImportJob
from review.db.accounts import Role, Unit, User
from review.db.session import engine_for, transaction
from review.documents.tables import PageRow
from review.findings.tables import Finding, FindingState
from review.planning.tables import Round, RoundCase
from review.rectification.tables import RectificationItem, RectificationList
from review.scoring.tables import ItemScore, ScoreSheet, SheetState
from review.services.accounts.sign_in import password_hash
from review.services.migrate import migrate
from review.settings import settings
from tests.browser.conftest import ROOT, Server, sign_in, start_server
from tests.browser.gestures import PATIENCE_MS, keyed, press, settle
from tests.browser.scene import PASSWORD
from tests.browser.wire import attach

pytestmark = pytest.mark.browser

SAMPLES = ROOT / "samples" / "data"
UNIT = "云州市清河区交通运输综合行政执法大队"
TEXT_CASE = ("f03", "云清交执罚〔2023〕0071号")
SCANNED_CASE = ("c04", "云清交执罚〔2023〕0112号")
READING_MS = 400_000


@dataclass
class Office:
    """A server whose people speak `language`, and the files to hand in."""

    server: Server
    language: str
    ledger: Path
    files: list[Path]


@pytest.fixture(params=["zh", "en"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    home = tmp_path / "home"
    home.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASE_REVIEW_HOME", str(home))
        settings.cache_clear()
        migrate(settings().url)
        _people(request.param)
    settings.cache_clear()
    ledger = tmp_path / "案件台账.csv"
    ledger.write_text(_ledger(), encoding="utf-8-sig")
    files = []
    for key, _case_no in (TEXT_CASE, SCANNED_CASE):
        target = tmp_path / f"案卷 {key}.pdf"
        shutil.copy(SAMPLES / key / "案卷.pdf", target)
        files.append(target)
    server = start_server(home)
    yield Office(server, request.param, ledger, files)
    server.stop()
    server.engine.dispose()


def _people(language: str) -> None:
    hashed = password_hash(PASSWORD)
    with transaction(engine_for(settings().url)) as session:
        reviewed = Unit(name=UNIT)
        own = Unit(name="云州市清河区交通运输局安监法规科", is_reviewed=False)
        session.add_all([reviewed, own])
        session.flush()
        for role in (Role.REGULATIONS, Role.REVIEWER, Role.LEADER):
            session.add(
                User(
                    login=str(role),
                    name=f"样例{role}",
                    role=role,
                    unit_id=own.id,
                    password_hash=hashed,
                    must_change_password=False,
                    language=language,
                )
            )


def _ledger() -> str:
    """The head of the sample ledger and the rows of the two cases."""
    rows = list(csv.reader((SAMPLES / "案件台账.csv").read_text("utf-8-sig").splitlines()))
    wanted = [row for row in rows[1:] if row[1] in {TEXT_CASE[1], SCANNED_CASE[1]}]
    out = io.StringIO()
    csv.writer(out).writerows([rows[0], *wanted])
    return out.getvalue()


def visit(page: Page, office: Office, path: str) -> None:
    page.goto(office.server.url + path)
    settle(page)


def enter(chromium: Browser, office: Office, login: str) -> Page:
    context = chromium.new_context(viewport={"width": 1600, "height": 1000}, locale="zh-CN")
    page = context.new_page()
    attach(page)
    page.set_default_timeout(PATIENCE_MS)
    sign_in(page, office.server.url, login)
    page.wait_for_selector('[data-testid="stSidebar"]')
    return page


def test_from_the_ledger_to_the_rectification_list(chromium: Browser, office: Office) -> None:
    page = enter(chromium, office, "regulations")
    words = {"zh": "我的工作", "en": "My work"}
    expect(page.get_by_test_id("stSidebar")).to_contain_text(words[office.language])
    take_over_the_ledger(page, office)
    import_the_files(page, office)
    round_id = plan_draw_and_assign(chromium, page, office)
    score_everything(chromium, office)
    end_review_and_panel(page, office, round_id)
    confirm_findings(page, office, round_id)
    begin_to_rectify(office, round_id)
    list_id = issue_the_list(page, office)
    export_and_read_back(page, office, list_id)
    page.context.close()


def take_over_the_ledger(page: Page, office: Office) -> None:
    visit(page, office, "/ledger")
    page.get_by_role("tab").nth(1).click()
    keyed(page, "ledger.workbook.0").locator("input[type=file]").set_input_files(office.ledger)
    press(page, "ledger.take")
    expect(page.get_by_test_id("stToast").first).to_be_visible()
    with Session(office.server.engine) as session:
        numbers = set(session.exec(select(Case.case_no)))
    assert numbers == {TEXT_CASE[1], SCANNED_CASE[1]}


def import_the_files(page: Page, office: Office) -> None:
    visit(page, office, "/import_files")
    page.locator(".upload input[type=file]").set_input_files(office.files)
    for state in page.locator(".upload .file").all():
        expect(state).to_be_visible()
    expect(page.locator('.upload .file[data-state="done"]')).to_have_count(2, timeout=READING_MS)
    with Session(office.server.engine) as session:
        jobs = {job.name: job for job in session.exec(select(ImportJob))}
        pages = len(session.exec(select(PageRow.id)).all())
    assert set(jobs) == {path.name for path in office.files}
    assert all(job.case_id is not None for job in jobs.values())
    assert pages == 26 + 9


def plan_draw_and_assign(chromium: Browser, page: Page, office: Office) -> int:
    visit(page, office, "/rounds")
    press(page, "rounds.open.plan")
    keyed(page, "rounds.title").locator("input").fill("样例评查一")
    keyed(page, "rounds.double").locator("label").first.click()
    day = keyed(page, "rounds.scope_from").locator("input")
    day.fill("2020-01-01")
    day.press("Tab")
    keyed(page, "rounds.title").locator("input").focus()
    expect(page.get_by_role("gridcell")).to_have_count(0)
    press(page, "rounds.plan_save")
    expect(page.get_by_role("dialog")).to_have_count(0)
    with Session(office.server.engine) as session:
        (planned,) = session.exec(select(Round)).all()
        round_id = planned.id or 0
        assert planned.double_scoring is False
    visit(page, office, f"/rounds?round={round_id}")
    press(page, "rounds.open.notice")
    keyed(page, "rounds.notice_no").locator("input").fill("样例法〔2026〕1号")
    press(page, "rounds.notice_save")
    expect(page.get_by_role("dialog")).to_have_count(0)
    press(page, "rounds.open.self_review")
    keyed(page, "rounds.record_note.self_review").locator("textarea").fill("样例：已自查")
    press(page, "rounds.record_save.self_review")
    expect(page.get_by_role("dialog")).to_have_count(0)
    press(page, "rounds.open.freeze")
    press(page, "rounds.freeze_save")
    expect(page.get_by_role("dialog")).to_have_count(0)
    enter_number(page, "271828")
    leader = enter(chromium, office, "leader")
    visit(leader, office, f"/rounds?round={round_id}")
    enter_number(leader, "314159")
    leader.context.close()
    visit(page, office, f"/rounds?round={round_id}")
    press(page, "rounds.draw_save")
    expect(keyed(page, "rounds.open.assign")).to_be_visible()
    press(page, "rounds.open.assign")
    press(page, "rounds.assign_save")
    expect(page.get_by_role("dialog")).to_have_count(0)
    with Session(office.server.engine) as session:
        assert len(session.exec(select(RoundCase)).all()) == 2
        assert len(session.exec(select(ScoreSheet)).all()) == 2
        found = session.get(Round, round_id)
        assert found is not None
        assert [entry[2] for entry in found.draw_record["proof"]["entries"]] == ["271828", "314159"]
    return round_id


def enter_number(page: Page, number: str) -> None:
    press(page, "rounds.open.number")
    keyed(page, "rounds.number").locator("input").fill(number)
    press(page, "rounds.number_save")
    expect(page.get_by_role("dialog")).to_have_count(0)


def end_review_and_panel(page: Page, office: Office, round_id: int) -> None:
    """One reviewer a case and no veto: the sheets are the common result, the panel has no work."""
    for state in ("deliberating", "confirming"):
        visit(page, office, f"/rounds?round={round_id}")
        press(page, "rounds.move")
        expect(page.get_by_test_id("stToast").first).to_be_visible()
        with Session(office.server.engine) as session:
            found = session.get(Round, round_id)
            assert found is not None
            assert found.state == state


def begin_to_rectify(office: Office, round_id: int) -> None:
    """Feedback, objections and publishing have walks of their own; this one goes on after them."""
    with transaction(office.server.engine) as session:
        found = session.get(Round, round_id)
        assert found is not None
        found.state = "rectifying"
        session.add(found)


def score_everything(chromium: Browser, office: Office) -> None:
    """Both sheets by keyboard alone: the third scored item of each is not met."""
    page = enter(chromium, office, "reviewer")
    with Session(office.server.engine) as session:
        sheets = [sheet.id for sheet in session.exec(select(ScoreSheet))]
    for sheet_id in sheets:
        visit(page, office, f"/scoring?sheet={sheet_id}")
        page.wait_for_selector(".desk .row.is-current")
        rows = page.locator(".row").count()
        vetoes = page.locator(".row:has(.veto-tag)").count()
        for number in range(rows):
            page.keyboard.press("3" if number == vetoes + 2 else "1")
        expect(page.locator(".saved")).to_have_attribute("data-state", "saved")
        page.locator(".submit").click()
        page.locator("dialog .overall").fill("样例评价")
        page.locator("dialog .primary").click()
        expect(page.locator(".locked")).to_be_visible()
        with Session(office.server.engine) as session:
            sheet = session.get(ScoreSheet, sheet_id)
            assert sheet is not None
            assert sheet.state == SheetState.SUBMITTED
            scores = session.exec(select(ItemScore).where(ItemScore.sheet_id == sheet_id)).all()
            assert len(scores) == rows
            assert sum(score.result == "不符合" for score in scores) == 1
    page.context.close()


def confirm_findings(page: Page, office: Office, round_id: int) -> None:
    """Collect the findings and confirm the two that the reviewer made."""
    visit(page, office, "/findings")
    press(page, "findings.derive")
    expect(page.get_by_test_id("stToast").first).to_be_visible()
    with Session(office.server.engine) as session:
        found = session.exec(select(Finding).where(Finding.round_id == round_id)).all()
        assert len(found) >= 2
    for _ in range(2):
        visit(page, office, "/findings")
        keyed(page, "findings.state").get_by_role("radio").first.click()
        table = page.get_by_test_id("stDataFrame").first
        box = table.bounding_box()
        assert box
        page.mouse.click(box["x"] + 18, box["y"] + 35 + 17)
        confirm = page.locator('[class*="st-key-findings-confirm-"] button')
        reason = page.locator('[class*="st-key-findings-reason-"] input')
        reason.fill("样例理由")
        reason.press("Tab")
        confirm.click()
        expect(page.get_by_test_id("stToast").first).to_be_visible()
    with Session(office.server.engine) as session:
        confirmed = session.exec(
            select(Finding).where(Finding.state == FindingState.CONFIRMED)
        ).all()
    assert len(confirmed) == 2


def issue_the_list(page: Page, office: Office) -> int:
    visit(page, office, "/rectification")
    press(page, "rectification.open.issue")
    keyed(page, "rectification.issue_unit").locator("input").click()
    page.get_by_role("option").first.click()
    press(page, "rectification.issue_save")
    expect(page.get_by_role("dialog")).to_have_count(0)
    with Session(office.server.engine) as session:
        (issued,) = session.exec(select(RectificationList)).all()
        assert len(session.exec(select(RectificationItem)).all()) == 2
        return issued.id or 0


def export_and_read_back(page: Page, office: Office, list_id: int) -> None:
    visit(page, office, f"/rectification?list={list_id}")
    with Session(office.server.engine) as session:
        problems = [item.problem for item in session.exec(select(RectificationItem))]
    found = {}
    for kind in ("docx", "xlsx"):
        link = keyed(page, f"rectification.export.rectification-{kind}").get_by_role("link")
        address = link.get_attribute("href")
        assert address
        told = page.context.request.get(office.server.url + address.removeprefix(office.server.url))
        assert told.status == 200
        assert f".{kind}" in told.headers["content-disposition"]
        found[kind] = io.BytesIO(told.body())
    document = docx.Document(found["docx"])
    written = "\n".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    sheet = openpyxl.load_workbook(found["xlsx"]).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert len(problems) == 2
    for problem in problems:
        assert problem in written
        assert any(problem in cell for cell in cells)
