"""Strict reading of the YAML data files: editions, statutes, parameters, calendars.

A data file is untrusted input. Keys may not repeat, aliases are refused (they can blow up), numbers
with a point are `Decimal` as written, and every value knows its line, so that an error can name it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml
from pydantic import ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from review.errors import BadDataFile

MAX_BYTES = 4_000_000
"""No data file that a person writes comes near this; a larger one is not a data file."""

MAX_DEPTH = 100
"""No data file is nested nearly as deep."""

Key = tuple[str | int, ...]
Value = None | bool | int | Decimal | date | str | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class DataFile:
    """The content of one file; `lines` gives the 1-based line of each key path."""

    path: Path
    content: dict[str, Value]
    raw: bytes
    lines: Mapping[Key, int]

    def place(self, key: Sequence[str | int]) -> tuple[str, str]:
        """Where a key stands, in Chinese and English: line and dotted key.

        A key that is not there is placed at its nearest parent that is.
        """
        parts = tuple(key)
        dotted = dotted_key(parts)
        while parts and parts not in self.lines:
            parts = parts[:-1]
        line = self.lines.get(parts, 1)
        name_zh, name_en = (f"“{dotted}”", dotted) if dotted else ("文件", "the file")
        return f"第 {line} 行 {name_zh}", f"line {line}, {name_en}"

    def error(self, key: Sequence[str | int], zh: str, en: str) -> BadDataFile:
        """The error for a value at `key`."""
        place_zh, place_en = self.place(key)
        return BadDataFile(
            file=self.path.name,
            place=place_zh,
            place_en=place_en,
            reason=zh,
            reason_en=en,
            key=dotted_key(tuple(key)),
        )

    def from_validation(self, problem: ValidationError) -> BadDataFile:
        """The first problem that the model found, said in both languages with its line."""
        first = problem.errors()[0]
        key: Key = tuple(first["loc"])
        key = self._without_forms(key)
        while key and key not in self.lines and not isinstance(self._value(key[:-1]), dict | list):
            key = key[:-1]  # below a scalar there is no key: the model's own name for its form
        zh, en = _reason(first["type"], first["msg"], first.get("ctx"))
        if first["type"] == "extra_forbidden" and first.get("input") is None:
            # in {zh: 甲, 乙} the comma ends the text, and 乙 becomes a key without a value
            zh += "；如果它是文字的一部分，请给整段文字加引号"
            en += "; if it belongs to a text, put the whole text in quotes"
        return self.error(key, zh, en)

    def _without_forms(self, key: Key) -> Key:
        """The key without the model's own names for the forms of a value.

        They stand in no file: ("fine", "range", "minimum") is ("fine", "minimum").
        """
        kept: Key = ()
        for place, part in enumerate(key):
            if place == len(key) - 1 or (*kept, part) in self.lines:
                kept = (*kept, part)
        return kept

    def _value(self, key: Key) -> object:
        value: object = self.content
        for part in key:
            if isinstance(value, dict):
                value = value.get(str(part))
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value


def dotted_key(key: Key) -> str:
    """`('sections', 0, 'items')` as `sections[0].items`."""
    text = ""
    for part in key:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_data_file(path: Path) -> DataFile:
    """Read one YAML file; raises BadDataFile with the line and the reason."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError as problem:
        raise _whole(path, "文件不存在", "the file does not exist") from problem
    except OSError as problem:
        raise _whole(path, "文件无法打开", "the file cannot be opened") from problem
    return parse_data_file(path, raw)


def parse_data_file(path: Path, raw: bytes) -> DataFile:
    """The same for bytes that were read already; `path` only names them."""
    if len(raw) > MAX_BYTES:
        raise _whole(path, "文件过大", "the file is too large")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise _at(path, line, "编码不是 UTF-8", "not encoded as UTF-8") from problem
    try:
        node = _composed(text) or yaml.compose(text, Loader=_Loader)
    except _AliasFoundError as problem:
        zh, en = "不允许使用别名（*）", "aliases (*) are not allowed"
        raise _at(path, int(problem.args[0]), zh, en) from problem
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        line = mark.line + 1 if mark else 1
        said = problem.problem or "syntax"
        raise _at(path, line, f"YAML 语法错误（{said}）", f"YAML syntax: {said}") from problem
    except yaml.YAMLError as problem:
        raise _whole(path, "含有不允许的字符", "contains forbidden characters") from problem
    except RecursionError as problem:
        raise _whole(path, "嵌套过深", "nested too deeply") from problem
    if not isinstance(node, MappingNode):
        raise _whole(path, "内容应为键值表", "the content must be a mapping of keys to values")
    lines: dict[Key, int] = {}
    content = _build(path, node, (), lines)
    if not isinstance(content, dict):  # pragma: no cover  (a MappingNode builds a dict)
        raise TypeError(content)
    return DataFile(path, content, raw, lines)


def _composed(text: str) -> Node | None:
    """The node of a text in order, by the parser in C: twelve times as fast as the one in Python.

    None where it cannot be used or finds anything amiss (it follows aliases): the one in Python
    reads the text then, and says what is wrong with it. Raises RecursionError, as that one does:
    the recursion in C has no limit of its own.
    """
    if not yaml.__with_libyaml__:
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise RecursionError(depth)
            if isinstance(event, yaml.AliasEvent):
                return None
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


class _AliasFoundError(Exception):
    """An alias in the file; the argument is its line."""


class _Loader(yaml.SafeLoader):
    """The safe loader without aliases."""

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        """Refuse an alias before it is followed."""
        if self.check_event(yaml.AliasEvent):
            event: yaml.Event = self.get_event()  # type: ignore[no-untyped-call]  # stubs lack it
            raise _AliasFoundError(event.start_mark.line + 1 if event.start_mark else 1)
        return super().compose_node(parent, index)


def _build(path: Path, node: Node, key: Key, lines: dict[Key, int]) -> Value:
    lines.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        table: dict[str, Value] = {}
        for name_node, value_node in node.value:
            line = name_node.start_mark.line + 1
            if not isinstance(name_node, ScalarNode):
                raise _at(path, line, "键必须是文字", "a key must be plain text")
            name = str(name_node.value)
            if name in table:
                raise _at(path, line, f"键“{name}”重复", f"the key {name} stands twice")
            lines[(*key, name)] = line
            table[name] = _build(path, value_node, (*key, name), lines)
        return table
    if isinstance(node, SequenceNode):
        return [_build(path, each, (*key, n), lines) for n, each in enumerate(node.value)]
    return _scalar(path, node)


def _scalar(path: Path, node: Node) -> Value:
    line = node.start_mark.line + 1
    text = str(node.value)
    kind = node.tag.rsplit(":", 1)[-1]
    try:
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() in {"true", "yes", "on"}
        if kind == "int" and text.lstrip("+-").isdecimal():
            return int(text)
        if kind == "float":
            number = Decimal(text.replace("_", ""))
            number.as_integer_ratio()  # raises for infinity and for "not a number"
            return number
        if kind == "timestamp":
            return date.fromisoformat(text)
    except (ValueError, OverflowError, InvalidOperation) as problem:
        zh, en = f"值“{text}”不是有效的数字或日期", f"{text} is not a valid number or date"
        raise _at(path, line, zh, en) from problem
    if kind in {"str", "int"}:
        return text
    raise _at(path, line, f"不允许的类型标记 {node.tag}", f"the tag {node.tag} is not allowed")


def _at(path: Path, line: int, zh: str, en: str) -> BadDataFile:
    return BadDataFile(
        file=path.name, place=f"第 {line} 行", place_en=f"line {line}", reason=zh, reason_en=en
    )


def _whole(path: Path, zh: str, en: str) -> BadDataFile:
    return BadDataFile(
        file=path.name, place="整个文件", place_en="the whole file", reason=zh, reason_en=en
    )


_REASONS = {
    "extra_forbidden": ("没有这个键，请核对拼写", "there is no such key; check the spelling"),
    "missing": ("缺少这个必填的键", "this required key is missing"),
    "string_type": ("应为文字", "must be text"),
    "string_too_short": ("不能为空", "must not be empty"),
    "bool_type": ("应为 true 或 false", "must be true or false"),
    "bool_parsing": ("应为 true 或 false", "must be true or false"),
    "int_type": ("应为整数", "must be a whole number"),
    "int_parsing": ("应为整数", "must be a whole number"),
    "decimal_type": ("应为数字", "must be a number"),
    "decimal_parsing": ("应为数字", "must be a number"),
    "list_type": ("应为列表", "must be a list"),
    "tuple_type": ("应为列表", "must be a list"),
    "dict_type": ("应为键值表", "must be a mapping"),
    "model_type": ("应为键值表", "must be a mapping"),
    "date_parsing": ("应为日期，如 2026-01-01", "must be a date like 2026-01-01"),
    "date_type": ("应为日期，如 2026-01-01", "must be a date like 2026-01-01"),
    "date_from_datetime_parsing": ("应为日期，如 2026-01-01", "must be a date like 2026-01-01"),
}


def _reason(kind: str, message: str, context: Mapping[str, object] | None) -> tuple[str, str]:
    if kind == "bilingual" and context is not None:
        return str(context["zh"]), str(context["en"])
    if kind in _REASONS:
        return _REASONS[kind]
    if kind in {"literal_error", "enum"} and context is not None:
        expected = str(context["expected"])
        return f"只能是 {expected}", f"must be one of {expected}"
    if kind.startswith(("greater_than", "less_than")) and context is not None:
        sign, bound = _SIGNS[kind], next(iter(context.values()))
        return f"应{sign[0]} {bound}", f"must be {sign[1]} {bound}"
    return f"值不符合要求（{message}）", message


_SIGNS = {
    "greater_than": ("大于", "more than"),
    "greater_than_equal": ("不小于", "at least"),
    "less_than": ("小于", "less than"),
    "less_than_equal": ("不大于", "at most"),
}
