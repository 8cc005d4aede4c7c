"""A piece of a YAML file that knows where it stands, so that every fault names its place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import yaml

from voicekiosk.core.types import Locale
from voicekiosk.loading.faults import Fault

_BOOLEAN = "tag:yaml.org,2002:bool"
_NULL = "tag:yaml.org,2002:null"
# The one written in C reads ten times as fast; not every machine has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Part:
    """One node of a file. Reading it never raises: what is wrong joins the common list."""

    file: Path
    node: yaml.Node
    faults: list[Fault]
    key: yaml.Node | None = None
    """The name it stands under, when it stands in a mapping."""

    def fault(self, what: str, mend: str, digits_in: tuple[str, Locale] | None = None) -> None:
        self._note(self.node, what, mend, digits_in)

    def fault_of_name(self, what: str, mend: str) -> None:
        """Something is wrong with the name this stands under, not with its value."""
        self._note(self.key or self.node, what, mend)

    def _note(
        self, node: yaml.Node, what: str, mend: str, digits_in: tuple[str, Locale] | None = None
    ) -> None:
        mark = node.start_mark
        place = (self.file, mark.line + 1, mark.column + 1)
        self.faults.append(Fault(*place, what, mend, digits_in))

    @property
    def is_null(self) -> bool:
        return bool(self.node.tag == _NULL)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    def entries(self) -> dict[str, Part]:
        """A mapping's values by key, each key once."""
        if not isinstance(self.node, yaml.MappingNode):
            self.fault("This must hold names and values", "Write one `name: value` a line")
            return {}
        found: dict[str, Part] = {}
        for key_node, value_node in self.node.value:
            name = Part(self.file, key_node, self.faults)
            key = name.text()
            if key in found:
                line = (found[key].key or found[key].node).start_mark.line + 1
                name.fault(f"`{key}` stands here twice, first in line {line}", "Remove one of them")
            elif key:
                found[key] = Part(self.file, value_node, self.faults, key_node)
        return found

    def section(self, needed: Collection[str], allowed: Collection[str] = ()) -> dict[str, Part]:
        """A mapping of which every key is known."""
        found = self.entries()
        known = ", ".join([*needed, *allowed])
        for key, part in list(found.items()):
            if key not in needed and key not in allowed:
                part.fault_of_name(f"`{key}` is not known here", f"Known here: {known}")
                del found[key]
        if isinstance(self.node, yaml.MappingNode):
            for key in needed:
                if key not in found:
                    self.fault_of_name(f"`{key}` is missing", f"Add a line `{key}: ...` here")
        return found

    def items(self) -> list[Part]:
        if not isinstance(self.node, yaml.SequenceNode):
            self.fault("This must be a list", "Write `[one, two]`, or one `- item` a line")
            return []
        return [Part(self.file, node, self.faults) for node in self.node.value]

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            self.fault("This must be one piece of text", "Write it on one line, in quotes")
            return ""
        value = str(self.node.value)
        if self.node.tag == _BOOLEAN:
            self.fault(f"YAML reads `{value}` as true or false", f'Put it in quotes: "{value}"')
            return ""
        if self.node.tag == _NULL or not value.strip():
            self.fault("The text is empty", "Write the text, or remove the line")
            return ""
        return value

    def truth(self) -> bool:
        if self.node.tag != _BOOLEAN:
            self.fault("This must be true or false", "Write `true` or `false`, without quotes")
            return False
        return str(self.node.value).lower() in ("true", "yes", "on")

    def number(self, low: float, high: float) -> float | None:
        try:
            value = float(self.text())
        except ValueError:
            self.fault("This must be a number", f"Write a number from {low:g} to {high:g}")
            return None
        if not low <= value <= high:
            self.fault(f"{value:g} is out of range", f"Write a number from {low:g} to {high:g}")
            return None
        return value


def read(file: Path, faults: list[Fault]) -> Part | None:
    """The whole of a file, or None with the fault noted."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        faults.append(Fault(file, 1, 1, "The file is missing", "Put it back"))
        return None
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(file, 1, 1, f"The file cannot be read: {error}", "Save it as UTF-8"))
        return None
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = f"This is not YAML: {error.problem}"
        mend = "Check quotes, colons and indentation here and in the line above"
        faults.append(Fault(file, line, column, what, mend))
        return None
    except yaml.YAMLError as error:
        what = f"This is not YAML: {error}"
        faults.append(Fault(file, 1, 1, what, "Save the file as plain UTF-8 text"))
        return None
    if node is None:
        faults.append(Fault(file, 1, 1, "The file is empty", "Put its content back"))
        return None
    return Part(file, node, faults)
