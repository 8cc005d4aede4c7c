"""Finds the hook switch in what a USB device says its reports look like."""

from __future__ import annotations

from dataclasses import dataclass, field

HOOK_SWITCH = 0x0B0020
"""Usage page 0B (telephony), usage 20: HID Usage Tables 1.5, section 14."""
_MAIN = {0x80, 0x90, 0xB0, 0xA0, 0xC0}
"""Input, output, feature, collection, end: after each of them usages begin anew."""
_FIELDS_AT_MOST = 4096


@dataclass(frozen=True, slots=True)
class Bit:
    """Where one bit stands in the reports with this number (0: they bear none)."""

    report: int
    offset: int

    def of(self, report: bytes) -> bool | None:
        """The bit; None when this is another report."""
        body = report
        if self.report:
            if not report or report[0] != self.report:
                return None
            body = report[1:]
        if self.offset // 8 >= len(body):
            return None
        return bool(body[self.offset // 8] >> self.offset % 8 & 1)


@dataclass(slots=True)
class _Globals:
    page: int = 0
    size: int = 0
    count: int = 0
    report: int = 0


@dataclass(slots=True)
class _Reading:
    now: _Globals = field(default_factory=_Globals)
    kept: list[_Globals] = field(default_factory=list)
    usages: list[int] = field(default_factory=list)
    least: int | None = None
    offsets: dict[int, int] = field(default_factory=dict)
    """Bits of input so far, by report."""


def hook_bit(descriptor: bytes) -> Bit | None:
    """The hook switch's place, None when there is none or the descriptor makes no sense.

    Reads short items as in the Device Class Definition for HID 1.11, section 6.2.2.
    """
    reading = _Reading()
    at = 0
    while at < len(descriptor):
        head = descriptor[at]
        length = (0, 1, 2, 4)[head & 3]
        if head == 0xFE and at + 1 < len(descriptor):  # a long item: nobody uses them
            at += 3 + descriptor[at + 1]
            continue
        value = int.from_bytes(descriptor[at + 1 : at + 1 + length], "little")
        found = _item(reading, head & 0xFC, value, length)
        if found is not None:
            return found
        at += 1 + length
    return None


def _item(reading: _Reading, tag: int, value: int, length: int) -> Bit | None:
    now = reading.now
    match tag:
        case 0x04:  # usage page
            now.page = value
        case 0x74:  # report size
            now.size = value
        case 0x94:  # report count
            now.count = min(value, _FIELDS_AT_MOST)
        case 0x84:  # report number
            now.report = value
        case 0xA4:  # push
            reading.kept.append(_Globals(now.page, now.size, now.count, now.report))
        case 0xB4 if reading.kept:  # pop
            reading.now = reading.kept.pop()
        case 0x08:  # usage
            reading.usages.append(value if length == 4 else now.page << 16 | value)
        case 0x18:  # usage minimum
            reading.least = value if length == 4 else now.page << 16 | value
        case 0x28 if reading.least is not None:  # usage maximum
            most = value if length == 4 else now.page << 16 | value
            reading.usages.extend(range(reading.least, min(most, reading.least + 255) + 1))
        case 0x80:  # input
            return _input(reading, value)
    if tag in _MAIN:
        reading.usages.clear()
        reading.least = None
    return None


def _input(reading: _Reading, flags: int) -> Bit | None:
    now, usages = reading.now, reading.usages
    begin = reading.offsets.get(now.report, 0)
    reading.offsets[now.report] = begin + now.size * now.count
    constant, variable = flags & 1, flags & 2
    found = None
    if variable and not constant and now.size == 1:
        for place in range(now.count):
            # The last usage stands for all fields that are left.
            if usages and usages[min(place, len(usages) - 1)] == HOOK_SWITCH:
                found = Bit(now.report, begin + place)
                break
    usages.clear()
    reading.least = None
    return found
