"""Documents from templates that the bureau may change: Word files with fields, in a sandbox.

A template is a .docx with fields in double braces and loops over rows (docxtpl). It sees plain
values only, in a Jinja environment that refuses attributes of Python, and is tried with an invented
context before it is taken into use.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from docx.document import Document as Doc
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from review.errors import BadTemplate
from review.reports.charts import Chart, chart_mark, put_charts
from review.reports.official_page import to_bytes

MAX_BYTES = 5 * 1024 * 1024
MAX_PARTS = 200
MAX_UNPACKED = 40 * 1024 * 1024

Context = Mapping[str, Any]

_NESTED_LOOPS = 3
_FOREIGN = re.compile(r'TargetMode\s*=\s*"External"', re.IGNORECASE)
_LOOP = re.compile(r"{%\s*(?:tr|tc|p|r)?\s*(for|endfor)\b")


FILTERS = frozenset(
    {"d", "default", "e", "escape", "first", "float", "int", "join", "last", "length", "lower"}
    | {"replace", "round", "sort", "trim", "upper"}
)
"""Filters that a template may use: none of them makes something large out of something small."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Values are escaped, nothing of Python is reached, and no text is multiplied."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply numbers alone; powers and formatting are not for templates."""
        if operator == "*" and isinstance(left, int | float) and isinstance(right, int | float):
            return super().call_binop(context, operator, left, right)
        raise SecurityError(f"{operator} is not allowed in a template")


def environment() -> Sandbox:
    """The environment of every template: it lays out what it is given and does nothing else."""
    made = Sandbox(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    for name in made.filters.keys() - FILTERS:
        del made.filters[name]
    return made


def render(template: bytes, context: Context, charts: Mapping[str, Chart] | None = None) -> bytes:
    """The document that a template makes of a context.

    Raises:
        BadTemplate: the template cannot be read or filled.
    """
    document = _filled(template, "template", context, charts or {})
    return to_bytes(document)


def _filled(raw: bytes, name: str, context: Context, charts: Mapping[str, Chart]) -> Doc:
    marks = {f"chart_{key}": chart_mark(key) for key in charts}
    try:
        held = DocxTemplate(io.BytesIO(raw))
        held.render({**context, **marks}, environment())
        document: Doc = held.docx  # get_docx() would begin anew
        put_charts(document, charts)
    except (TemplateError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as problem:
        reason = str(problem).splitlines()[0][:160] if str(problem) else type(problem).__name__
        raise BadTemplate(file=name, reason=reason, reason_en=reason) from problem
    return document


def check(raw: bytes, name: str, context: Context, charts: Mapping[str, Chart]) -> None:
    """Refuse a template that could not be used.

    Args:
        raw: the uploaded file.
        name: its name.
        context: an invented context of the document's kind; its keys are the fields there are.
        charts: the charts there are.

    Raises:
        BadTemplate: no Word document, macros or foreign content in it, too large, an unknown field,
            a forbidden step, or a loop within loops that would not end soon.
    """
    _look_inside(raw, name)
    try:
        held = DocxTemplate(io.BytesIO(raw))
        asked = held.get_undeclared_template_variables(environment())
        held.init_docx()
        depth = _depth(held.patch_xml(held.get_xml()))
    except (TemplateError, KeyError, ValueError, TypeError) as problem:
        reason = str(problem).splitlines()[0][:160]
        raise BadTemplate(file=name, reason=reason, reason_en=reason) from problem
    unknown = sorted(asked - set(context) - {f"chart_{key}" for key in charts})
    if unknown:
        raise BadTemplate(
            file=name,
            reason=f"没有字段 {'、'.join(unknown)}",
            reason_en=f"there is no field {', '.join(unknown)}",
        )
    if depth > _NESTED_LOOPS:
        raise BadTemplate(file=name, reason="循环嵌套过深", reason_en="loops are nested too deeply")
    _filled(raw, name, context, charts)


def _look_inside(raw: bytes, name: str) -> None:
    """Refuse what is no plain Word document before anything parses it."""
    if len(raw) > MAX_BYTES:
        raise BadTemplate(file=name, reason="文件超过 5 MB", reason_en="it is larger than 5 MB")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            unpacked = sum(entry.file_size for entry in entries)
            if "word/document.xml" not in names or "[Content_Types].xml" not in names:
                raise BadTemplate(
                    file=name, reason="不是 Word 文档（.docx）", reason_en="it is no .docx"
                )
            if len(entries) > MAX_PARTS or unpacked > MAX_UNPACKED:
                raise BadTemplate(file=name, reason="内容过大", reason_en="it unpacks too large")
            if any("vba" in each.lower() or "activex" in each.lower() for each in names):
                raise BadTemplate(file=name, reason="含有宏", reason_en="it holds macros")
            for each in names:
                if each.endswith(".rels") and _FOREIGN.search(
                    archive.read(each).decode("utf-8", "replace")
                ):
                    raise BadTemplate(
                        file=name,
                        reason="引用了外部内容（链接或者图片）",
                        reason_en="it refers to outside content",
                    )
    except zipfile.BadZipFile as problem:
        raise BadTemplate(
            file=name, reason="不是 Word 文档（.docx）", reason_en="it is no .docx"
        ) from problem


def _depth(xml: str) -> int:
    deepest = depth = 0
    for found in _LOOP.finditer(xml):
        depth += 1 if found.group(1) == "for" else -1
        deepest = max(deepest, depth)
    return deepest
