"""Cases that touch: marks are replaced with their case, links show only what the actor may see."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from sqlmodel import col, select

from review.casefiles.tables import Case
from review.checks.check import Outcome
from review.checks.marks import marks_of
from review.checks.tables import CaseMark
from review.db.session import reading, transaction
from review.documents.pictures import picture_digests
from review.errors import NotAllowed
from review.law.in_force import law_in_force
from review.services.case_files import across_cases
from review.services.case_files.across_cases import Picture
from tests.checks.building import case_of

LAW = law_in_force()
CAUSE = "未取得道路运输经营许可擅自从事道路旅客运输经营"


def facts(start="2023-03-07 09:10", end="2023-03-07 09:55", *, place="样例站", plate="苏D12345"):
    return case_of(
        {
            "facts": {
                "act_on": date(2023, 3, 7),
                "plate": plate,
                "cause": CAUSE,
                "fine_yuan": Decimal(30000),
            },
            "documents": [
                {
                    "kind": "现场笔录",
                    "facts": {
                        "officers": [["样例甲", "10001"]],
                        "started_at": datetime.fromisoformat(start),
                        "ended_at": datetime.fromisoformat(end),
                        "place": place,
                    },
                }
            ],
        }
    )


def compare(bureau, case_id, found, pictures=()):
    with transaction(bureau.engine) as session:
        results = across_cases.compare(session, case_id, found, LAW, pictures)
    return {result.check_id: result for result in results}


def conflicting(bureau, case_id):
    with reading(bureau.engine) as session:
        return across_cases.conflicting_cases(session, case_id)


def test_the_second_case_sees_the_first_and_both_are_named_as_conflicting(bureau):
    one, two = bureau.cases
    alone = compare(bureau, one, facts())
    assert alone["ACR001"].outcome is Outcome.PASS
    found = compare(bureau, two, facts("2023-03-07 09:30", "2023-03-07 10:10", place="样例路"))
    assert found["ACR001"].outcome is Outcome.FAIL
    assert found["ACR002"].outcome is Outcome.FAIL
    assert "样例罚" not in found["ACR001"].message.zh + found["ACR002"].message.zh
    assert conflicting(bureau, one) == [two]
    assert conflicting(bureau, two) == [one]


def test_marks_are_replaced_with_the_case(bureau):
    one, two = bureau.cases
    compare(bureau, one, facts())
    compare(bureau, two, facts("2023-03-07 09:30", "2023-03-07 10:10"))
    compare(bureau, two, facts("2023-03-08 09:30", "2023-03-08 10:10", plate="苏D54321"))
    assert conflicting(bureau, one) == []
    with reading(bureau.engine) as session:
        kept = session.exec(select(CaseMark).where(col(CaseMark.case_id) == two)).all()
    assert {mark.key for mark in kept if mark.kind == "plate"} == {"苏D54321"}


def test_links_are_for_those_who_may_see_the_other_case(bureau):
    one, two = bureau.cases
    compare(bureau, one, facts())
    compare(bureau, two, facts("2023-03-07 09:30", "2023-03-07 10:10", place="样例路"))
    links = across_cases.links(bureau.engine, bureau.regulations, one)
    assert [(link.kind, link.case_id) for link in links] == [
        ("two_places", two),
        ("fined_twice", two),
    ]
    for stranger in (bureau.reviewer, bureau.unit, bureau.administrator):
        with pytest.raises(NotAllowed):
            across_cases.links(bureau.engine, stranger, one)


def test_a_picture_in_two_files_is_found_and_one_in_many_is_a_template(bureau):
    one, two = bureau.cases
    same = [Picture("照片.jpg", "ab" * 32)]
    compare(bureau, one, facts(), same)
    found = compare(bureau, two, facts(plate="苏D54321"), same)["ACR004"]
    assert found.outcome is Outcome.FAIL
    assert "照片.jpg" in found.message.zh
    with transaction(bureau.engine) as session:
        for number in range(across_cases.MOST_SHARING):
            case = Case(
                case_key=f"样例{number}", case_no=f"样例{number}",
                unit_id=bureau.units["样例执法大队"],
            )  # fmt: skip
            session.add(case)
            session.flush()
            session.add(CaseMark(case_id=case.id, kind="photo", key="ab" * 32, detail={}))
    again = compare(bureau, two, facts(plate="苏D54321"), same)["ACR004"]
    assert again.outcome is Outcome.PASS


def test_an_earlier_decision_in_the_ledger_counts_though_its_files_were_never_read(bureau):
    one, two = bureau.cases
    with transaction(bureau.engine) as session:
        earlier = session.get(Case, two)
        assert earlier is not None
        earlier.decided_on = date(2023, 1, 9)
        session.add(earlier)
    found = case_of(
        {
            "procedure": "waived",
            "facts": {"act_on": date(2023, 4, 10), "party_name": "样例当事人", "cause": CAUSE},
            "documents": [{"kind": "首次违法查询记录", "facts": {"first_violation": True}}],
        }
    )
    result = compare(bureau, one, found)["ACR003"]
    assert (result.outcome, result.severity) == (Outcome.FAIL, "hint")


def noise(side: int) -> bytes:
    return bytes((each * 31 + each // 7) % 251 for each in range(side * side * 3))


def test_pictures_of_a_photograph_size_are_told_from_logos(tmp_path: Path):
    document = pikepdf.new()
    for side in (200, 40):
        image = pikepdf.Stream(document, noise(side))
        image["/Type"], image["/Subtype"] = pikepdf.Name("/XObject"), pikepdf.Name("/Image")
        image["/Width"] = image["/Height"] = side
        image["/ColorSpace"], image["/BitsPerComponent"] = pikepdf.Name("/DeviceRGB"), 8
        page = document.add_blank_page(page_size=(200, 200))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    pdf = tmp_path / "样例.pdf"
    document.save(pdf, compress_streams=False)
    found = picture_digests(pdf, kind="pdf", source="样例.pdf")
    assert len(found) == 1
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
        archive.writestr("word/media/a.jpg", noise(200))
        archive.writestr("word/media/b.png", b"small")
    docx = tmp_path / "样例.docx"
    docx.write_bytes(kept.getvalue())
    assert len(picture_digests(docx, kind="docx", source="样例.docx")) == 1
    assert picture_digests(docx, kind="media", source="样例.mp4") == ()
    pdf.write_bytes(b"%PDF-1.7 broken")
    assert picture_digests(pdf, kind="pdf", source="样例.pdf") == ()


def test_seals_are_no_pictures_of_a_case_though_their_bytes_agree(tmp_path: Path):
    document = pikepdf.new()

    def image(pixels: bytes, colours: str) -> pikepdf.Stream:
        made = pikepdf.Stream(document, pixels)
        made["/Type"], made["/Subtype"] = pikepdf.Name("/XObject"), pikepdf.Name("/Image")
        made["/Width"] = made["/Height"] = 200
        made["/ColorSpace"], made["/BitsPerComponent"] = pikepdf.Name(colours), 8
        return document.make_indirect(made)

    photo, seal = image(noise(200), "/DeviceRGB"), image(noise(200)[::-1], "/DeviceRGB")
    seal["/SMask"] = image(noise(200)[:40_000], "/DeviceGray")
    page = document.add_blank_page(page_size=(200, 200))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=photo, Im1=seal))
    pdf = tmp_path / "样例.pdf"
    document.save(pdf, compress_streams=False)
    digest = hashlib.sha256(noise(200)).hexdigest()
    assert picture_digests(pdf, kind="pdf", source="样例.pdf") == (digest,)

    def png(least_opaque: int) -> bytes:
        kept = io.BytesIO()
        picture = Image.frombytes("RGB", (200, 200), noise(200)).convert("RGBA")
        picture.putpixel((0, 0), (200, 0, 0, least_opaque))
        picture.save(kept, "PNG", compress_level=0)
        return kept.getvalue()

    docx = tmp_path / "样例.docx"
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("word/media/seal.png", png(254))
        archive.writestr("word/media/screen.png", png(255))
    digest = hashlib.sha256(png(255)).hexdigest()
    assert picture_digests(docx, kind="docx", source="样例.docx") == (digest,)


def test_disguised_names_and_numbers_do_not_tie_two_cases_together():
    def marks(name, number):
        told = {"act_on": date(2023, 3, 7), "party_name": name, "party_id": number, "cause": CAUSE}
        return [mark for mark in marks_of(case_of({"facts": told}), LAW) if mark.kind == "party"]

    assert len(marks("样例有限公司", "91320402MA1MABCD5X")) == 2
    assert marks("刘某某", "91320402**********") == []
