"""New texts into a YAML file: what is changed is replaced where it stands, and no other byte."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

import yaml

from voicekiosk.loading.texts import Key
from voicekiosk.ports import KioskError

_PLAIN = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BARE = re.compile(r"[^\W\d_][^#:\[\]{}&*!|>'\"%@`\\]*[^\s#:\[\]{}&*!|>'\"%@`\\]")
"""What needs no quotes anywhere but for its commas."""
_WORDS = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
Path = tuple[Key, ...]
Edit = tuple[int, int, str]


class RewriteError(KioskError):
    """A file is written in a way in which a text cannot be replaced safely."""


def rewritten(text: str, changes: Mapping[Path, tuple[str, ...] | None]) -> str:
    """The file with the lines of each path replaced; None writes null.

    Comments, order, quotes and line ends stay. Raises RewriteError.
    """
    # Not by writing the parsed file anew: every library then moves quotes, blanks or nulls.
    root = yaml.compose(text, Loader=yaml.SafeLoader)  # this one counts characters
    expected = yaml.load(text, Loader=_PLAIN)
    edits: list[Edit] = []
    for path, lines in changes.items():
        node, flow = _at(root, path)
        edits += _edits(text, node, lines, flow)
        _put(expected, path, node, lines)
    result = text
    for start, end, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
        result = result[:start] + new + result[end:]
    try:
        same = yaml.load(result, Loader=_PLAIN) == expected
    except yaml.YAMLError:
        same = False
    if not same:
        raise RewriteError(
            f"One of these cannot be changed safely: {', '.join(map(_named, changes))}",
            "Change it in its file by hand",
        )
    return result


def _named(path: Path) -> str:
    return ".".join(map(str, path))


def _at(node: Any, path: Path) -> tuple[yaml.Node, bool]:
    """The node of a path, and whether it stands between brackets or braces."""
    flow = False
    for key in path:
        flow = flow or bool(node.flow_style)
        if isinstance(node, yaml.MappingNode):
            found = [value for name, value in node.value if name.value == key]
        else:
            found = [item for place, item in enumerate(node.value) if place == key]
        if not found:
            raise RewriteError(f"{_named(path)} is no longer in the file", "Export it anew")
        node = found[0]
    return node, flow


def _put(
    expected: dict[Key, Any], path: Path, node: yaml.Node, lines: tuple[str, ...] | None
) -> None:
    place = expected
    for key in path[:-1]:
        place = place[key]
    is_list = isinstance(node, yaml.SequenceNode)
    place[path[-1]] = "null" if lines is None else list(lines) if is_list else lines[0]


def _edits(text: str, node: Any, lines: tuple[str, ...] | None, flow: bool) -> Iterator[Edit]:
    if lines is None:
        yield _whole(text, node, "null")
        return
    if isinstance(node, yaml.ScalarNode):
        yield _scalar(text, node, lines[0], flow)
        return
    items, inside = node.value, flow or bool(node.flow_style)
    matched = SequenceMatcher(None, [item.value for item in items], lines, autojunk=False)
    for same, first, last, new_first, new_last in matched.get_opcodes():
        if same == "equal":
            continue
        pairs = min(last - first, new_last - new_first)
        for item, line in zip(items[first : first + pairs], lines[new_first:], strict=False):
            yield _scalar(text, item, line, inside)
        more = lines[new_first + pairs : new_last]
        if more and node.flow_style:
            yield _into_brackets(node, first + pairs, [_written(m, "", True) for m in more])
        elif more:
            yield _between_lines(text, node, first + pairs, [_written(m, "", flow) for m in more])
        if first + pairs < last:
            yield _without(text, node, first + pairs, last)


def _scalar(text: str, node: Any, line: str, flow: bool) -> Edit:
    return _whole(text, node, _written(line, node.style or "", flow))


def _whole(text: str, node: Any, new: str) -> Edit:
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):  # these end where the next line begins
        end = _end(text, node)
    return start, end, f" {new}" if start == end else new


def _end(text: str, node: yaml.Node) -> int:
    start, end = node.start_mark.index, node.end_mark.index
    return start + len(text[start:end].rstrip())


def _written(line: str, style: str, flow: bool) -> str:
    """A line in the quotes its predecessor had, and in quotes wherever it needs them."""
    if style == "'":
        return "'" + line.replace("'", "''") + "'"
    bare = _BARE.fullmatch(line) and line.lower() not in _WORDS and not (flow and "," in line)
    if bare and style != '"':
        return line
    return json.dumps(line, ensure_ascii=False)


def _into_brackets(node: Any, place: int, new: list[str]) -> Edit:
    if not node.value:
        at = node.end_mark.index - 1
        return at, at, ", ".join(new)
    if place == 0:
        at = node.value[0].start_mark.index
        return at, at, "".join(f"{line}, " for line in new)
    at = node.value[place - 1].end_mark.index
    return at, at, "".join(f", {line}" for line in new)


def _between_lines(text: str, node: Any, place: int, new: list[str]) -> Edit:
    line_end = "\r\n" if "\r\n" in text else "\n"
    indent = line_end + " " * node.start_mark.column
    if place == 0:
        at = node.start_mark.index
        return at, at, "".join(f"- {line}{indent}" for line in new)
    at = text.find("\n", _end(text, node.value[place - 1]))
    at = len(text) if at < 0 else at
    at -= text[:at].endswith("\r")
    return at, at, "".join(f"{indent}- {line}" for line in new)


def _without(text: str, node: Any, first: int, last: int) -> Edit:
    items = node.value
    if node.flow_style:
        if first:
            return items[first - 1].end_mark.index, items[last - 1].end_mark.index, ""
        return items[0].start_mark.index, items[last].start_mark.index, ""
    dash = text.rindex("-", 0, items[first].start_mark.index)
    start = text.rfind("\n", 0, dash) + 1
    end = text.find("\n", _end(text, items[last - 1])) + 1
    return start, end or len(text), ""
