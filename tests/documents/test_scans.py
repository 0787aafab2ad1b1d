"""Recognition of pictures: cells, orientation, skew, seals, red letters, blanks between names.

The two scans under tests/data/scans are invented papers (样例), drawn with free fonts at 150 dpi.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from review.documents.model import Block, Box, Line, Mark, MarkKind, Page, PageStatus
from review.documents.readers.levels import levelled
from review.documents.readers.line_reading import mended
from review.documents.readers.ocr import read_picture
from review.documents.readers.plane import plane_of
from review.documents.readers.rulings import cells_of
from review.documents.readers.scan import photographs_of, rulings_of
from review.documents.readers.seals import black_seals_of, red_mask, seals_of, without_red
from review.documents.readers.signatures import signatures_of, unread_hands_of
from review.documents.readers.strays import strays_of, unread_places

SCANS = Path(__file__).parents[1] / "data" / "scans"
WIDTH, HEIGHT = 595.2, 841.9

FORM_CELLS = {
    (0, 0): "案件来源",
    (1, 1): "样例运输有限公司涉嫌未按规定维护和检测运输车辆案",
    (2, 1): "样例运输有限公司",
    (2, 2): "联系电话",
    (2, 3): "13900000000",
    (3, 1): "91320000MA00000X0A",
    (3, 3): "2026年3月9日",
}


def picture(name: str) -> np.ndarray:
    return np.asarray(Image.open(SCANS / f"{name}.jpg").convert("RGB"))


def read(rgb: np.ndarray) -> Page:
    height, width = rgb.shape[:2]
    unit = max(WIDTH, HEIGHT) / max(height, width)
    return read_picture(rgb, "样例.jpg", 1, width=width * unit, height=height * unit)


def cells(page: Page) -> dict[tuple[int, int], str]:
    return {(b.cell.row, b.cell.column): b.text for b in page.blocks if b.cell is not None}


def leaning(rgb: np.ndarray, degrees: float) -> np.ndarray:
    height, width = rgb.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(rgb, matrix, (width, height), borderValue=(255, 255, 255))


@pytest.fixture(scope="module")
def form() -> Page:
    return read(picture("form"))


@pytest.fixture(scope="module")
def letter() -> Page:
    return read(picture("letter"))


def test_a_form_is_read_cell_by_cell(form: Page) -> None:
    found = cells(form)
    assert {place: found.get(place) for place in FORM_CELLS} == FORM_CELLS
    assert "王五样" in found[5, 1]
    assert form.status is PageStatus.READ
    assert form.printed_number == 3
    assert form.turned == 0


def test_lines_of_a_scan_carry_confidence_and_place(form: Page) -> None:
    for line in form.lines:
        assert line.origin == "ocr"
        assert 0.0 < line.confidence <= 1.0
        assert line.box is not None
        assert -1 <= line.box.left < line.box.right <= WIDTH + 1


def test_a_date_under_a_dense_seal_is_read_and_the_seal_is_marked(letter: Page) -> None:
    texts = [line.text for line in letter.lines]
    assert "二〇二六年三月九日" in texts
    (seal,) = [mark for mark in letter.marks if mark.kind is MarkKind.SEAL]
    assert seal.box is not None
    assert seal.box.left == pytest.approx(373, abs=8)
    assert seal.box.bottom == pytest.approx(457, abs=8)


def test_a_red_letterhead_is_read(letter: Page) -> None:
    assert letter.lines[0].text == "样例市样例区交通运输局文件"


def test_two_names_stay_two_names_and_the_date_stands_apart(letter: Page) -> None:
    texts = [line.text for line in letter.lines]
    assert any(text.endswith("张三样 李四样") for text in texts)
    assert "2026年3月9日" in texts


@pytest.mark.parametrize(("turns", "lean", "turned"), [(2, 0.0, 180), (1, 1.5, 90), (3, -1.0, 270)])
def test_a_turned_and_leaning_scan_is_read_upright(
    form: Page, turns: int, lean: float, turned: int
) -> None:
    page = read(leaning(np.ascontiguousarray(np.rot90(picture("form"), turns)), lean))
    assert page.turned == turned
    assert (round(page.width), round(page.height)) == (round(form.width), round(form.height))
    found = cells(page)
    assert {place: found.get(place) for place in FORM_CELLS} == FORM_CELLS


def test_boxes_of_a_leaning_scan_lie_on_the_scan_as_it_is(form: Page) -> None:
    page = read(leaning(picture("form"), 3.0))
    wanted = next(line for line in form.lines if line.text == "-3-").box
    found = next(line for line in page.lines if line.text == "-3-").box
    assert wanted is not None
    assert found is not None
    # 3 degrees to the left turn the foot of the page about 20 points to the right
    assert found.left - wanted.left == pytest.approx(0.0523 * (804 - HEIGHT / 2), abs=4)


# Left above, right above, right below, left below: by how many of a thousand parts of the page a
# corner moves across and down.
ASIDE = [
    ((0, 0), (0, 0), (-30, 0), (-30, 0)),
    ((25, 10), (-20, 0), (0, -15), (5, -5)),
]


@pytest.mark.parametrize("corners", ASIDE)
def test_a_form_that_a_camera_saw_from_aside_is_read_cell_by_cell(form: Page, corners) -> None:
    rgb = picture("form")
    height, width = rgb.shape[:2]
    before = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    after = before + np.array(corners, np.float32) / 1000 * np.array([width, height], np.float32)
    plane = cv2.getPerspectiveTransform(before, after)
    seen = cv2.warpPerspective(rgb, plane, (width, height), borderValue=(90, 90, 90))
    page = read(seen)
    found = cells(page)
    assert {place: found.get(place) for place in FORM_CELLS} == FORM_CELLS
    unit = page.width / width
    old = next(line for line in form.lines if line.text == "-3-").box
    new = next(line for line in page.lines if line.text == "-3-").box
    assert old is not None
    assert new is not None
    middle = np.array([[[(old.left + old.right) / 2, (old.top + old.bottom) / 2]]]) / unit
    across, down = cv2.perspectiveTransform(middle, plane)[0, 0] * unit
    assert (new.left + new.right) / 2 == pytest.approx(across, abs=4)
    assert (new.top + new.bottom) / 2 == pytest.approx(down, abs=4)


def test_a_white_page_is_blank_and_a_stamped_one_shows_its_seal() -> None:
    white = np.full((1754, 1240, 3), 250, dtype=np.uint8)
    assert read(white).status is PageStatus.BLANK
    cv2.circle(white, (800, 900), 120, (205, 30, 35), 10)
    stamped = read(white)
    assert stamped.lines == ()
    assert [mark.kind for mark in stamped.marks] == [MarkKind.SEAL]


def test_a_scan_that_cannot_be_read_is_unclear_and_never_read() -> None:
    rgb = picture("form")
    small = cv2.resize(rgb, None, fx=0.22, fy=0.22, interpolation=cv2.INTER_AREA)
    poor = cv2.GaussianBlur(cv2.resize(small, rgb.shape[1::-1]), (0, 0), 4)
    page = read(poor)
    assert page.status is PageStatus.UNCLEAR


def test_a_photograph_is_marked_and_does_not_make_the_page_unclear(letter: Page) -> None:
    rgb = picture("letter").copy()
    noise = np.random.default_rng(7).integers(40, 200, (60, 90, 3), dtype=np.uint8)
    rgb[1050:1500, 200:900] = cv2.resize(noise, (700, 450), interpolation=cv2.INTER_CUBIC)
    page = read(rgb)
    assert MarkKind.IMAGE in {mark.kind for mark in page.marks}
    assert page.status is PageStatus.READ
    assert {line.text for line in letter.lines} <= {line.text for line in page.lines}


def test_red_ink_goes_and_what_is_written_under_it_stays() -> None:
    rgb = np.full((200, 200, 3), 245, dtype=np.uint8)
    rgb[40:160, 40:160] = (206, 60, 60)
    rgb[95:105, 20:180] = (150, 30, 30)
    assert red_mask(rgb)[100, 60] == 255
    grey = without_red(rgb)
    assert grey[60, 60] > 230
    assert grey[100, 100] < 120


def test_a_red_line_or_letterhead_is_no_seal() -> None:
    rgb = np.full((1754, 1240, 3), 250, dtype=np.uint8)
    cv2.rectangle(rgb, (140, 100), (1100, 108), (205, 30, 35), -1)
    cv2.putText(rgb, "LETTERHEAD", (200, 90), 0, 3, (205, 30, 35), 8)
    assert seals_of(rgb, 0.48) == []


@pytest.mark.parametrize("degrees", [-4.0, -1.3, 0.0, 0.7, 2.0])
def test_the_lean_of_a_page_is_measured(degrees: float) -> None:
    grey = cv2.cvtColor(leaning(picture("form"), degrees), cv2.COLOR_RGB2GRAY)
    plane = plane_of(grey)
    found = np.degrees(np.arctan2(plane[0, 1], plane[0, 0]))
    assert found == pytest.approx(-degrees, abs=0.15)
    assert plane[2] == pytest.approx([0, 0, 1], abs=1e-6)


def test_a_faint_copy_on_grey_paper_is_levelled_and_reads_as_the_page_itself(letter: Page) -> None:
    faint = (255.0 - (255.0 - picture("letter").astype(np.float64)) * 0.42) * 0.85
    level = levelled(faint.astype(np.uint8))
    assert level.max(axis=2).min() < 60
    assert np.median(level) > 245
    texts = {line.text for line in read(faint.astype(np.uint8)).lines}
    assert {line.text for line in letter.lines} <= texts


def test_a_photograph_is_no_paper_and_stays_dark() -> None:
    rgb = np.full((1754, 1240, 3), 240, dtype=np.uint8)
    rgb[600:1200, 300:900] = 60
    assert levelled(rgb)[900, 600].max() < 200


def test_a_seal_that_a_fax_shows_in_black_is_marked_where_it_is() -> None:
    ink = np.zeros((1754, 1240), dtype=np.uint8)
    cv2.circle(ink, (800, 900), 124, 255, 6)  # 21 mm at 150 dpi
    cv2.rectangle(ink, (100, 200), (1100, 500), 255, 2)
    ((box, confidence),) = black_seals_of(ink, 0.48)
    assert box.left == pytest.approx((800 - 127) * 0.48, abs=3)
    assert box.bottom == pytest.approx((900 + 127) * 0.48, abs=3)
    assert confidence < 0.7


def test_a_lone_digit_at_the_foot_is_not_overlooked() -> None:
    ink = np.zeros((1754, 1240), dtype=np.uint8)
    line = np.array([[200, 300], [900, 300], [900, 336], [200, 336]], dtype=np.float32)
    cv2.rectangle(ink, (210, 308), (890, 328), 255, -1)
    cv2.rectangle(ink, (620, 1690), (623, 1702), 255, -1)
    cv2.circle(ink, (400, 900), 1, 255, -1)  # a speck
    (found,) = strays_of(ink, [line], [])
    assert found[:, 0].min() < 620
    assert found[:, 0].max() > 623


def test_a_hand_that_was_not_read_is_marked_beside_the_label_that_asks_for_it() -> None:
    label = Line("执法人员签名：", Box(66, 413, 153, 428), 1.0, "ocr")
    other = Line("日期：", Box(66, 513, 100, 528), 1.0, "ocr")
    unread = np.zeros((1754, 1240), dtype=np.uint8)
    for x in range(380, 560, 30):
        cv2.line(unread, (x, 895), (x + 25, 860), 255, 3)
        cv2.line(unread, (250 + x, 1080), (275 + x, 1060), 255, 3)
    (mark,) = unread_hands_of(unread, [label, other], [], 0.48)
    assert mark.kind is MarkKind.SIGNATURE
    assert mark.confidence <= 0.5
    assert mark.box is not None
    assert mark.box.left == pytest.approx(380 * 0.48, abs=2)


def test_a_doubtful_name_beside_the_label_is_a_hand_and_a_printed_one_is_none() -> None:
    label = Line("当事人签名：", Box(66, 413, 153, 428), 1.0, "ocr")
    hand = Line("张三样", Box(160, 410, 210, 430), 0.7, "ocr")
    printed = Line("张三样", Box(160, 410, 210, 430), 0.99, "ocr")
    date = Line("2026", Box(160, 410, 210, 430), 0.7, "ocr")
    assert [mark.box for mark in signatures_of([label, hand], [])] == [hand.box]
    assert signatures_of([label, printed], []) == []
    assert signatures_of([label, date], []) == []


def scrawled(rgb: np.ndarray) -> np.ndarray:
    """The picture with a few strokes of a pen in its lower margin, which are no characters."""
    drawn = rgb.copy()
    points = [(300, 1560), (340, 1520), (360, 1575), (400, 1515), (430, 1570), (480, 1530)]
    cv2.polylines(
        drawn, [np.array(points, dtype=np.int32)], isClosed=False, color=(20, 20, 60), thickness=3
    )
    return drawn


def test_a_printed_scan_is_legible_and_one_with_a_scrawl_is_not(form: Page) -> None:
    assert form.is_recognized
    assert form.is_legible
    page = read(scrawled(picture("form")))
    assert not page.is_legible
    assert any(
        abs(box.left - 300 * WIDTH / 1240) < 12 and abs(box.bottom - 1575 * WIDTH / 1240) < 12
        for box in page.doubtful_places
    )


QUADS = [
    np.array([[0, y], [400, y], [400, y + 40], [0, y + 40]], dtype=np.float32) for y in (0, 60)
]


def unread_with(*strokes: tuple[tuple[int, int], tuple[int, int]]) -> np.ndarray:
    ink = np.zeros((1754, 1240), dtype=np.uint8)
    for one, other in strokes:
        cv2.line(ink, one, other, 255, 3)
    return ink


def test_ink_that_is_high_enough_for_writing_is_unread() -> None:
    (place,) = unread_places(unread_with(((300, 500), (330, 530))), QUADS)
    assert place[0] == pytest.approx(300, abs=4)
    assert place[3] == pytest.approx(530, abs=4)


@pytest.mark.parametrize(
    ("name", "ink"),
    [
        ("a dash", unread_with(((300, 500), (330, 500)))),
        ("a stroke", unread_with(((300, 500), (300, 530)))),
        ("a page number", unread_with(((600, 1680), (640, 1710)))),
        ("the edge of the sheet", unread_with(((2, 500), (8, 900)))),
    ],
)
def test_dashes_strokes_and_edges_are_no_writing(name: str, ink: np.ndarray) -> None:
    assert unread_places(ink, QUADS) == [], name


def test_an_empty_box_is_no_writing_and_a_crossed_one_may_be() -> None:
    ink = unread_with()
    cv2.rectangle(ink, (300, 500), (328, 528), 255, 2)
    assert unread_places(ink, QUADS) == []
    cv2.line(ink, (300, 500), (328, 528), 255, 3)
    assert len(unread_places(ink, QUADS)) == 1


def test_a_code_is_no_writing() -> None:
    ink = unread_with()
    noise = np.random.default_rng(5).integers(0, 2, (25, 25), dtype=np.uint8) * 255
    ink[300:425, 900:1025] = cv2.resize(noise, (125, 125), interpolation=cv2.INTER_NEAREST)
    assert unread_places(ink, QUADS) == []
    assert unread_places(ink, []) == []


def test_the_ring_of_a_seal_that_was_not_marked_is_unread() -> None:
    ink = unread_with()
    cv2.circle(ink, (900, 1200), 110, 255, 5)
    assert len(unread_places(ink, QUADS)) == 1


def photographs(page: Page) -> list[Box]:
    found = [mark.box for mark in page.marks if mark.kind is MarkKind.IMAGE and mark.box]
    assert found
    return found


def test_a_photograph_on_a_fax_is_unread_and_one_in_greys_is_not() -> None:
    rgb = picture("form").copy()
    noise = cv2.resize(
        np.random.default_rng(3).integers(60, 200, (40, 60), dtype=np.uint8), (600, 300)
    )
    rgb[1380:1680, 300:900] = noise[:, :, None]
    grey = read(rgb)
    assert not set(photographs(grey)) & set(grey.doubtful_places)
    black = (
        np.where(rgb.mean(axis=2, keepdims=True) > 190, 255, 0).astype(np.uint8).repeat(3, axis=2)
    )
    fax = read(np.ascontiguousarray(black))
    assert set(photographs(fax)) <= set(fax.doubtful_places)


@pytest.mark.parametrize(("confidence", "is_legible"), [(0.59, False), (0.6, True)])
def test_a_doubtful_line_makes_a_page_illegible_but_a_hand_at_its_label_does_not(
    confidence: float, is_legible: bool
) -> None:
    box = Box(160, 410, 210, 430)
    line = Line("张三样", box, confidence, "ocr")
    page = Page("样例.pdf", 1, WIDTH, HEIGHT, (Block((line,)),))
    assert page.is_legible is is_legible
    assert page.doubtful_places == (() if is_legible else (box,))
    signed = replace(page, marks=(Mark(MarkKind.SIGNATURE, box, 0.5),))
    assert signed.is_legible
    typed = replace(page, blocks=(Block((replace(line, origin="text-layer"),)),))
    assert typed.is_legible


@pytest.mark.parametrize(
    ("text", "photograph", "is_legible"),
    [
        ("口", Box(100, 300, 400, 500), True),
        ("张三", Box(100, 300, 400, 500), False),  # words in a photograph may be its caption
        ("口", Box(100, 500, 400, 700), False),
    ],
)
def test_a_doubtful_character_within_a_photograph_is_its_texture(
    text: str, photograph: Box, is_legible: bool
) -> None:
    line = Line(text, Box(160, 410, 172, 422), 0.3, "ocr")
    marks = (Mark(MarkKind.IMAGE, photograph, 0.9),)
    page = Page("样例.pdf", 1, WIDTH, HEIGHT, (Block((line,)),), marks)
    assert page.is_legible is is_legible


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    rgb = np.hstack([picture("letter"), picture("form")])
    page = read_picture(rgb, "样例.jpg", 1, width=2 * WIDTH, height=HEIGHT)
    texts = [block.text for block in page.blocks]
    assert texts.index("立案登记表") > texts.index("二〇二六年三月九日")
    assert {(b.cell.row, b.cell.column) for b in page.blocks if b.cell} >= set(FORM_CELLS)
    assert page.printed_number == 4
    assert page.status is PageStatus.UNCLEAR  # a paper begins on the right: it cannot be filed
    assert page.note is not None
    assert all(line.box.right < WIDTH for line in page.blocks[0].lines if line.box is not None)


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("2022-09-2", "2022-09-2?"),
        ("签收日期 2022.09.1", "签收日期 2022.09.1?"),
        ("2022-09-26", "2022-09-26"),
        ("2022-9-2", "2022-9-2"),
        ("陆仟元整（¥6.000.00）", "陆仟元整（¥6,000.00）"),
        ("¥12.500.00元", "¥12,500.00元"),
        ("总质量31.380吨、共6000.00元", "总质量31.380吨、共6000.00元"),
        ("192.168.100.25", "192.168.100.25"),
        ("2022-11-2", "2022-11-2"),
        ("2022-09-8", "2022-09-8"),
        ("2023-02-2709:15，样例甲", "2023-02-27 09:15，样例甲"),
        ("2024-10-29:09:40", "2024-10-29 09:40"),
        ("2024-10-29.09:40", "2024-10-29 09:40"),
        ("2024-10-29_09:40", "2024-10-29 09:40"),
        ("2024-10-29:109:40", "2024-10-29:109:40"),
        ("样交罚〔2022]3号、样交罚（2023〕4号", "样交罚〔2022〕3号、样交罚〔2023〕4号"),
        ("样交罚[2022]第3号", "样交罚[2022]第3号"),
        ("同意立案，承办人员；样例甲、样例乙", "同意立案，承办人员：样例甲、样例乙"),
        ("已通知承办人员；另有安排", "已通知承办人员；另有安排"),
        ("■违反《样例市■道路运输条例》第三条", "■违反《样例市道路运输条例》第三条"),
    ],
)
def test_what_only_its_form_proves_is_mended_and_no_figure_is_made_up(
    read: str, shown: str
) -> None:
    assert mended(read) == shown


def test_a_ruling_whose_upper_end_is_lost_still_parts_the_cells() -> None:
    ink = np.zeros((500, 500), np.uint8)
    for y in (50, 200, 350):
        ink[y : y + 2, 50:450] = 255
    for x, top in ((50, 50), (250, 90), (448, 50)):
        ink[top:352, x : x + 2] = 255
    ink[100:160, 150:153] = 255  # a stroke of a letter
    rulings = rulings_of(ink, 0.5)
    assert sorted(round(stroke.at) for stroke in rulings.vertical) == [26, 126, 224]
    assert len(cells_of(rulings.horizontal, rulings.vertical)) == 4


def test_photographs_end_where_they_end_and_their_captions_lie_outside():
    """Two photographs, a caption close below each: the areas are those of the photographs alone."""
    rng = np.random.default_rng(7)
    rgb = np.full((1400, 1000, 3), 250, np.uint8)
    for top in (200, 560):
        coarse = rng.integers(30, 190, (32, 64), dtype=np.uint8)
        rgb[top : top + 320, 180:820] = cv2.resize(coarse, (640, 320))[:, :, None]
        place = (300, top + 345)
        cv2.putText(rgb, "2024-02-29 10:01 G998 K12", place, cv2.FONT_HERSHEY_PLAIN, 1.6, 0, 2)
    found = sorted(photographs_of(rgb, 0.6), key=lambda box: box.top)
    assert [round(box.top / 0.6) for box in found] == [200, 560]
    assert [round(box.bottom / 0.6) for box in found] == [520, 880]


def test_the_edge_of_a_photograph_that_fades_into_the_paper_is_kept_where_it_was_seen():
    rng = np.random.default_rng(7)
    rgb = np.full((1400, 1000, 3), 250, np.uint8)
    coarse = rng.integers(30, 190, (32, 64)).astype(np.float32)
    picture = cv2.resize(coarse, (640, 320))
    fade = np.linspace(0, 1, 60)[:, None]
    picture[-60:] = picture[-60:] * (1 - fade) + 250 * fade
    rgb[200:520, 180:820] = picture.astype(np.uint8)[:, :, None]
    (found,) = photographs_of(rgb, 0.6)
    assert 480 <= found.bottom / 0.6 <= 530
