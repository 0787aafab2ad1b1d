"""Charts of a Word document, drawn by Word itself: DrawingML, with the fonts of the reader's.

A chart stands where a paragraph holds its mark (`chart_mark`). Only cached values are written: the
figures stand in the tables beside it, and nothing has to be kept in step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as Doc
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
COLOURS = ("1A5FB4", "C64600", "26A269", "813D9C", "A51D2D", "5E5C64")
_FONT = "宋体"


@dataclass(frozen=True, slots=True)
class Series:
    """A row of values for the categories of a chart; None leaves a gap."""

    name: str
    values: tuple[Decimal | int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: columns, bars lying on their side, or lines. `unit` is written on the axis."""

    title: str
    kind: Literal["columns", "bars", "lines"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.categories or all(
            value is None for each in self.series for value in each.values
        )


def chart_mark(name: str) -> str:
    """What a template's field for a chart becomes before the chart is put there."""
    return f"⟦chart:{name}⟧"


def put_charts(document: Doc, charts: Mapping[str, Chart]) -> None:
    """Replace every mark by its chart; an empty chart leaves nothing behind."""
    number = 0
    for made in list(document.element.body.iter(f"{{{_W}}}p")):
        text = "".join(node.text or "" for node in made.iter(f"{{{_W}}}t"))
        for name, chart in charts.items():
            if chart_mark(name) not in text:
                continue
            for run in list(made.iter(f"{{{_W}}}r")):
                run.getparent().remove(run)
            for exact in list(made.iter(f"{{{_W}}}spacing")):
                exact.getparent().remove(exact)  # a line of fixed height would cut the chart off
            if chart.is_empty:
                made.getparent().remove(made)
            else:
                number += 1
                made.append(_drawing(document, chart, number))
            break


def _drawing(document: Doc, chart: Chart, number: int) -> object:
    part = Part(
        PackURI(f"/word/charts/chart{number}.xml"),
        CONTENT_TYPE,
        chart_xml(chart).encode(),
        document.part.package,
    )
    key = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    height = Mm(max(62, 22 + 9 * len(chart.categories)) if chart.kind == "bars" else 68)
    name = quoteattr(chart.title)
    return parse_xml(
        f'<w:r xmlns:w="{_W}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:c="{_C}" xmlns:r="{_R}">'
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(Mm(150))}" cy="{int(height)}"/>'
        f'<wp:docPr id="{1000 + number}" name="chart{number}" descr={name}/>'
        f"<wp:cNvGraphicFramePr/><a:graphic>"
        f'<a:graphicData uri="{_C}"><c:chart r:id="{key}"/></a:graphicData>'
        f"</a:graphic></wp:inline></w:drawing></w:r>"
    )


def chart_xml(chart: Chart) -> str:
    """The chart's part."""
    body = "".join(_series(chart, place, each) for place, each in enumerate(chart.series))
    if chart.kind == "lines":
        plot = (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{body}'
            '<c:marker val="1"/><c:axId val="111"/><c:axId val="222"/></c:lineChart>'
        )
    else:
        way = "bar" if chart.kind == "bars" else "col"
        plot = (
            f'<c:barChart><c:barDir val="{way}"/><c:grouping val="clustered"/>'
            f'<c:varyColors val="0"/>{body}<c:gapWidth val="60"/>'
            '<c:axId val="111"/><c:axId val="222"/></c:barChart>'
        )
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text(1000)}</c:legend>'
        if len(chart.series) > 1
        else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}">'
        f'<c:roundedCorners val="0"/><c:chart>{_title(chart.title, 1200)}'
        f'<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{plot}{_axes(chart)}</c:plotArea>'
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "</c:chartSpace>"
    )


def _title(text: str, size: int) -> str:
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:p>"
        f'<a:pPr><a:defRPr sz="{size}" b="0"/></a:pPr><a:r>'
        f'<a:rPr lang="zh-CN" sz="{size}" b="0"><a:latin typeface="{_FONT}"/>'
        f'<a:ea typeface="{_FONT}"/></a:rPr><a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )


def _text(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}"><a:latin typeface="{_FONT}"/>'
        f'<a:ea typeface="{_FONT}"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _series(chart: Chart, place: int, series: Series) -> str:
    colour = COLOURS[place % len(COLOURS)]
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    is_line = chart.kind == "lines"
    look = (
        f'<c:spPr><a:ln w="28575">{fill}</a:ln></c:spPr><c:marker><c:symbol val="circle"/>'
        f'<c:size val="6"/><c:spPr>{fill}</c:spPr></c:marker>'
        if is_line
        else f'<c:spPr>{fill}</c:spPr><c:invertIfNegative val="0"/>'
    )
    names = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(name)}</c:v></c:pt>'
        for index, name in enumerate(chart.categories)
    )
    values = "".join(
        f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>'
        for index, value in enumerate(series.values)
        if value is not None
    )
    count = len(chart.categories)
    position = "t" if is_line else "outEnd"
    smooth = '<c:smooth val="0"/>' if is_line else ""
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
        f'<c:tx><c:strRef><c:f>S!$A${place + 1}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'{look}<c:dLbls>{_text(900)}<c:dLblPos val="{position}"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strRef><c:f>S!$B$1</c:f><c:strCache><c:ptCount val="{count}"/>{names}'
        "</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>S!$C$1</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{count}"/>{values}</c:numCache></c:numRef></c:val>'
        f"{smooth}</c:ser>"
    )


def _axes(chart: Chart) -> str:
    lying = chart.kind == "bars"
    order = "maxMin" if lying else "minMax"
    # a bar tells by its length, so it begins at nothing; a line may begin where its values are
    least = "" if chart.kind == "lines" else '<c:min val="0"/>'
    return (
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if lying else "b"}"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_text(900)}'
        '<c:crossAx val="222"/><c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/>{least}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"t" if lying else "l"}"/>'
        '<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/>'
        "</a:solidFill></a:ln></c:spPr></c:majorGridlines>"
        f"{_title(chart.unit, 900) if chart.unit else ''}"
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_text(900)}'
        f'<c:crossAx val="111"/><c:crosses val="{"max" if lying else "autoZero"}"/></c:valAx>'
    )


def bars(title: str, pairs: Sequence[tuple[str, Decimal | int]], unit: str = "") -> Chart:
    """A chart of one series lying on its side, in the order given."""
    return Chart(
        title,
        "bars",
        tuple(name for name, _ in pairs),
        (Series(title, tuple(value for _, value in pairs)),),
        unit,
    )


def columns(title: str, pairs: Sequence[tuple[str, Decimal | int]], unit: str = "") -> Chart:
    """A chart of one series standing upright, in the order given."""
    return Chart(
        title,
        "columns",
        tuple(name for name, _ in pairs),
        (Series(title, tuple(value for _, value in pairs)),),
        unit,
    )
