"""Rectification walked: lists issued, through Excel and back, overdue, closed and reopened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from review.rectification.tables import ItemState
from review.services.rectifying import rectification, rectification_workbook
from review.services.rectifying.rectification import ListView
from tests.browser.gestures import (
    choose,
    keyed,
    press,
    save,
    select_row,
    settle,
    write,
)
from tests.browser.year_office import YEAR, Office, close_the_rest

HEADINGS = {"编号": "id", "责任人": "person", "状态": "state", "整改情况": "progress"}


def issue(office: Office, unit: str) -> None:
    """The section issues a unit's list of the latest round that rectifies."""
    page = office.desks.at("section", "/rectification")
    press(page, "rectification.open.issue")
    choose(page, "rectification.issue_unit", unit)
    save(page, "rectification.issue_save")
    office.desks.picture(page, "lists")


def view(office: Office, login: str) -> ListView:
    """A unit's list as the unit sees it."""
    return rectification.list_view(office.engine, office.users[login], office.kept[login])


def at_list(office: Office, login: str, unit: str) -> Page:
    """Somebody's page of a unit's list."""
    return office.desks.at(login, f"/rectification?list={office.kept[unit]}")


def through_excel(
    office: Office, login: str, proof: Path, folder: Path, *, late: int | None
) -> None:
    """The unit takes the workbook, fills it in and brings it back; a wrong cell is named first.

    All items come back as submitted but the one with the number `late`, which is only begun.
    """
    items = view(office, login).items
    page = at_list(office, login, login)
    add_proof(page, proof)
    with page.expect_download() as download:
        keyed(page, "rectification.export.rectification-xlsx").get_by_role("link").click()
    path = folder / "整改清单.xlsx"
    download.value.save_as(path)
    wrong = folder / "填错的清单.xlsx"
    fill_in(path, wrong, late=late, state="办完了")
    bring_back(page, wrong)
    expect(page.get_by_text("表格中的问题")).to_be_visible()
    expect(keyed(page, "rectification.back_take")).to_have_count(0)
    office.desks.picture(page, f"wrong workbook of {login}")
    seen = rectification_workbook.read_back(
        office.engine, office.users[login], office.kept[login], wrong.read_bytes(), name=wrong.name
    )
    assert {each.column for each in seen.problems} == {state_column(path)}
    assert len({each.row for each in seen.problems}) == len(items) - (late is not None)
    assert all(each.state == ItemState.TO_DO for each in view(office, login).items)
    right = folder / "填好的清单.xlsx"
    fill_in(path, right, late=late, state="已提交")
    page = at_list(office, login, login)
    bring_back(page, right)
    office.desks.picture(page, f"workbook of {login}")
    save(page, "rectification.back_take")
    after = view(office, login)
    assert len(after.items) == len(items)
    for item in after.items:
        wanted = ItemState.IN_WORK if item.sequence == late else ItemState.SUBMITTED
        assert item.state == wanted
        assert item.responsible_person == "样例承办人"
        assert item.progress == f"样例：第{item.sequence}项已补正"


def add_proof(page: Page, proof: Path) -> None:
    """One proof for all items, as a submitted item needs one."""
    keyed(page, "rectification.proofs_box").get_by_text("为多项上传").click()
    keyed(page, "rectification.proof_all").locator("label").first.click()
    attach = keyed(page, "rectification.proof_file").locator("input[type=file]")
    attach.set_input_files(proof)
    save(page, "rectification.proof_add")


def fill_in(source: Path, target: Path, *, late: int | None, state: str) -> None:
    """What somebody writes into the workbook in his own office programme."""
    book = openpyxl.load_workbook(source)
    sheet: Worksheet = book.worksheets[0]
    head, places = heading_row(sheet)
    for sequence, row in enumerate(range(head + 1, sheet.max_row + 1), 1):
        if not isinstance(sheet.cell(row, places["id"]).value, int):
            break
        sheet.cell(row, places["person"], "样例承办人")
        sheet.cell(row, places["progress"], f"样例：第{sequence}项已补正")
        sheet.cell(row, places["state"], "整改中" if sequence == late else state)
    book.save(target)


def heading_row(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    """The row of the headings, and in which columns to write."""
    for row in sheet.iter_rows():
        found = {
            HEADINGS[words]: cell.column
            for cell in row
            if (words := str(cell.value or "").partition("\n")[0]) in HEADINGS
        }
        if len(found) == len(HEADINGS):
            return row[0].row or 0, {key: place or 0 for key, place in found.items()}
    raise LookupError("headings")


def state_column(path: Path) -> str:
    """The letter of the column in which the unit writes the state."""
    sheet: Worksheet = openpyxl.load_workbook(path).worksheets[0]
    return get_column_letter(heading_row(sheet)[1]["state"])


def bring_back(page: Page, path: Path) -> None:
    """Upload the workbook; what it would change is shown."""
    keyed(page, "rectification.back_box").get_by_text("导入单位填报的整改表").first.click()
    keyed(page, "rectification.back_file").locator("input[type=file]").set_input_files(path)
    settle(page)


def remind(office: Office) -> None:
    """The section gives the reminders; the leader reads which item was reported to him."""
    (item,) = (each for each in view(office, "brigade").items if each.state == ItemState.IN_WORK)
    assert (date(YEAR, 4, 8) - item.due_on).days >= 7
    page = office.desks.at("section", "/rectification")
    press(page, "rectification.remind")
    expect(page.get_by_test_id("stToast").first).to_contain_text("3")
    settle(page)
    office.desks.picture(page, "reminders")
    for login in ("leader", "brigade"):
        told = office.desks.at(login, "/rectification")
        expect(told.get_by_role("heading", name="到期提醒")).to_be_visible()
        office.desks.picture(told, f"reminders of {login}")
    spared = office.desks.at("harbour", "/rectification")
    expect(spared.get_by_role("heading", name="整改清单")).to_be_visible()
    expect(spared.get_by_role("heading", name="到期提醒")).to_have_count(0)


def reopen(office: Office, proof: Path) -> None:
    """The late item is submitted, closed, found wanting, reopened, done again and closed."""
    act(office, "brigade", "submit", "样例：已补正", proof=proof)
    act(office, "deputy", "close", "样例：核对属实")
    act(office, "section", "reopen", "样例：抽查发现补正件缺页")
    act(office, "brigade", "submit", "样例：补齐缺页", proof=proof)
    act(office, "deputy", "close", "样例：核对属实")
    item = next(each for each in view(office, "brigade").items if each.sequence == 1)
    assert item.state == ItemState.CLOSED
    steps = [str(each.action) for each in sorted(item.events, key=lambda each: each.at)]
    steps = [each for each in steps if each in ("submit", "close", "reopen")]
    assert steps == ["submit", "close", "reopen", "submit", "close"]
    assert close_the_rest(office, 1, proof) == 39


def act(office: Office, login: str, action: str, note: str, *, proof: Path | None = None) -> None:
    """One step of the first item of the brigade's list, by clicks."""
    page = at_list(office, login, "brigade")
    item = next(each for each in view(office, "brigade").items if each.sequence == 1)
    select_row(page, "rectification.items", 0)
    write(page, f"rectification.note.{item.id}.{item.version}", note)
    if proof is not None:
        attach = keyed(page, f"rectification.proof.{item.id}.{item.version}")
        attach.locator("input[type=file]").set_input_files(proof)
        settle(page)
    office.desks.picture(page, f"item {action}")
    save(page, f"rectification.do.{action}.{item.id}")
