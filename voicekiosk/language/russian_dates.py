"""Russian days, years and hours: `24 ноября`, `2026 году`, `15.03.2026`, `10:30`."""

from __future__ import annotations

import re

from voicekiosk.language.patterns import DASH, DATE, TIME, rule, word_before
from voicekiosk.language.refusing import UnsayableError, two_readings
from voicekiosk.language.russian_context import governor
from voicekiosk.language.russian_numbers import Case, cardinal, counted, ordinal

MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня", "июля"),
    *("августа", "сентября", "октября", "ноября", "декабря"),
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_DAY = r"(?<![\d.,])(\d{1,2})"
_YEAR_FORMS: dict[str, Case] = {"год": "n", "года": "g", "годом": "i", "годе": "p"}


def _day_case(before: str, last: str) -> Case:
    """A day stands in the genitive unless something asks otherwise: on the twenty-fourth."""
    if last in ("сегодня", "завтра", "вчера"):
        return "n"
    asked = governor(before)
    return asked if asked in ("d", "a", "i") and last != "в" else "g"


def _day(match: re.Match[str]) -> str:
    number = _checked(match[1], match[0])
    case = _day_case(match.string[: match.start()], word_before(match))
    return f"{ordinal(number, case, 'n')} {match[2]}"


def _checked(day: str, written: str) -> int:
    if not 1 <= int(day) <= 31:
        raise UnsayableError(f"There is no day `{written}`", "Write a day from 1 to 31")
    return int(day)


def _days(match: re.Match[str]) -> str:
    """`с 1 по 15 ноября`, `1 и 2 мая`: the month stands once and numbers both."""
    first, link, second, month = match.groups()
    case = _day_case(match.string[: match.start()], word_before(match))
    other: Case = {"по": "a", "до": "g"}.get(link.lower(), case)  # type: ignore[assignment]
    one, two = _checked(first, match[0]), _checked(second, match[0])
    return f"{ordinal(one, case, 'n')} {link} {ordinal(two, other, 'n')} {month}"


def _day_range(match: re.Match[str]) -> str:
    one, two = _checked(match[1], match[0]), _checked(match[2], match[0])
    return f"с {ordinal(one, 'g', 'n')} по {ordinal(two, 'a', 'n')} {match[3]}"


def _date(match: re.Match[str]) -> str:
    written = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    day, month, year = (int(part) for part in written)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        raise UnsayableError(f"`{match[0]}` is no date", "Write day.month.year")
    case = _day_case(match.string[: match.start()], word_before(match))
    tail = "" if re.match(r" *(?:г\.|года)", match.string[match.end() :]) else " года"
    return f"{ordinal(day, case, 'n')} {MONTHS[month - 1]} {ordinal(year, 'g')}{tail}"


def _year(match: re.Match[str]) -> str:
    number, noun = int(match[1]), match[2].lower()
    asked = governor(match.string[: match.start()])
    last = word_before(match)
    stop = ""
    if noun in ("г", "г."):
        if last in MONTHS:
            noun = "года"
        else:
            by: dict[Case | None, str] = {"d": "году", "a": "год", "i": "годом", "p": "году"}
            noun = "году" if last in ("в", "во") else by.get(asked, "года")
        stop = "." if re.match(r"\s*$", match.string[match.end() :]) else ""
    if noun == "году":
        case: Case = "d" if asked == "d" else "p"
    else:
        case = _YEAR_FORMS[noun]
    return f"{ordinal(number, case)} {noun}{stop}"


def _years(match: re.Match[str]) -> str:
    """`2025-2026 годы`, `в 2025 и 2026 годах`."""
    noun = match[4].lower()
    case: Case = {"годы": "n", "годов": "g", "годам": "d", "годами": "i", "годах": "p"}.get(
        noun, "n"
    )  # type: ignore[assignment]
    link = f" {match[2].strip()} " if match[2].strip() in ("и", "или") else " — "
    return f"{ordinal(int(match[1]), case)}{link}{ordinal(int(match[3]), case)} {noun}"


def _bare_year(match: re.Match[str]) -> str:
    raise two_readings(match[0], f"Write `{match[0]} год`, or name what is counted")


def _clock(hour: str, minute: str, case: Case) -> str:
    said = cardinal(int(hour), case)
    if not int(minute):
        return f"{said} {counted(int(hour), 'ч', case)}"
    nought = (cardinal(0, case) + " ") if int(minute) < 10 else ""
    return f"{said} {nought}{cardinal(int(minute), case)}"


def _time(match: re.Match[str]) -> str:
    return _clock(match[1], match[2], governor(match.string[: match.start()]) or "n")


def _times(match: re.Match[str]) -> str:
    return f"с {_clock(match[1], match[2], 'g')} до {_clock(match[3], match[4], 'g')}"


RULES = (
    rule(DATE, _date),
    rule(TIME + DASH + TIME, _times),
    rule(TIME, _time),
    rule(rf"{_DAY} (по|до|и|или) (\d{{1,2}}) ({_MONTH})\b", _days),
    rule(rf"{_DAY}{DASH}(\d{{1,2}}) ({_MONTH})\b", _day_range),
    rule(rf"{_DAY}[  ]({_MONTH})\b", _day),
    rule(rf"\b(\d{{4}})({DASH}| и | или )(\d{{4}}) (год(?:ы|ов|ам|ами|ах))\b", _years),
    rule(r"\b((?:1[89]|2[01])\d\d)[  ]?(год|года|году|годом|годе|г\.|г(?!\w))(?!\w)", _year),
    rule(r"(?<![\d.,])(?:19|20)\d\d(?=\s*(?:[.,;:!?)]|$|(?:по|до|и|или) ))(?!,\d)", _bare_year),
)
