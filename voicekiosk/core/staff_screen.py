"""The staff page to a screen view: what staff see, and what a touch or a key means."""

from __future__ import annotations

from dataclasses import dataclass

from voicekiosk.core import staff_messages as m
from voicekiosk.core.content import Shape
from voicekiosk.core.screen import Caption, MicrophoneState, Scene, ScreenView, Tile
from voicekiosk.core.staff import (
    Change,
    Choice,
    ClaimLine,
    ClipLine,
    ErrorLine,
    PackLine,
    Page,
    Place,
    ReviewLine,
    Sound,
    StaffSession,
    StaffTexts,
)
from voicekiosk.core.staff_saying import KINDS, pack_state
from voicekiosk.core.staff_steps import ROWS, actions, allows, rows, rows_shown
from voicekiosk.core.types import Locale, OptionId

STICK = "stick"
"""Not a file: the screen draws it."""
GREEN, BLUE, RED, BROWN, VIOLET = "#1b5e20", "#0b4a80", "#8c1220", "#4a3b2f", "#5b2a86"
_LOOKS = {
    Choice.PACKS: ("voice", VIOLET),
    Choice.REVIEWS: ("documents", BLUE),
    Choice.CLAIMS: ("days", "#7a3b00"),
    Choice.SOUND: ("louder", "#00504a"),
    Choice.ERRORS: ("danger", RED),
    Choice.RESTART: ("repeat", BROWN),
    Choice.LISTEN: ("play", BLUE),
    Choice.ACTIVATE: ("yes", GREEN),
    Choice.EXPORT: (STICK, BROWN),
    Choice.ROLLBACK: ("yesterday", BROWN),
    Choice.TEST: ("louder", "#00504a"),
    Choice.YES: ("yes", GREEN),
    Choice.MORE: ("next", BROWN),
    Choice.BACK: ("back", BROWN),
    Choice.LANGUAGE: ("language", BROWN),
    Choice.REPEAT: ("repeat", BROWN),
    Choice.CLOSE: ("no", BROWN),
    Choice.ERASE: ("back", BROWN),
    Choice.ENTER: ("yes", GREEN),
}
_TOOLS = (Choice.BACK, Choice.REPEAT, Choice.LANGUAGE, Choice.CLOSE)
_KEYS = {
    **{"7": Choice.BACK, "backspace": Choice.BACK, "escape": Choice.BACK},
    **{"8": Choice.REPEAT, "*": Choice.LANGUAGE, "0": Choice.CLOSE, "f10": Choice.CLOSE},
}
_PIN_KEYS = {
    **{"#": Choice.ENTER, "enter": Choice.ENTER, "backspace": Choice.ERASE, "*": Choice.ERASE},
    **{"escape": Choice.CLOSE, "f10": Choice.CLOSE},
}
_TOOL_KEYS = {Choice.BACK: "7", Choice.REPEAT: "8", Choice.LANGUAGE: "*", Choice.CLOSE: "0"}
COLOURS = dict(zip(KINDS, (GREEN, BLUE, RED, "#7a3b00", "#b9a88f"), strict=True))
"""Of what a pack would change."""
_ROW, _DIGIT = "staff.row.", "staff.digit."


@dataclass(frozen=True, slots=True)
class Bar:
    colour: str
    part: float
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    option: OptionId
    pictogram: str
    colour: str
    title: str
    detail: str = ""
    key: str = ""
    """Empty when there is nothing to choose."""
    bars: tuple[Bar, ...] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class StaffView(ScreenView):
    rows: tuple[Row, ...] = ()
    tools: tuple[Tile, ...] = ()
    """At the top: back, repeat, language, close."""
    message: tuple[str, ...] = ()
    """Large, where there are no rows."""
    fine_print: str = ""
    pad: bool = False
    """Digits to touch."""
    dots: int = 0
    good: bool | None = None
    """A result: True and False have a colour."""


def staff_view(session: StaffSession, texts: StaffTexts) -> StaffView:
    locale, page = session.locale, session.page
    listed = tuple(
        _row(row, index, session, texts) for index, row in enumerate(rows_shown(session))
    )
    first = 1 if page in (Page.MENU, Page.PACK, Page.SOUND, Page.RESTART) else ROWS + 1
    tiles = tuple(
        _tile(choice, str(number), locale, texts)
        for number, choice in enumerate(actions(session), first)
    )
    if page is Page.PIN and session.wait:
        tiles = ()
    elif page is Page.PIN:
        tiles = tuple(
            _tile(c, k, locale, texts) for c, k in ((Choice.ERASE, "*"), (Choice.ENTER, "#"))
        )
    tools = tuple(
        _tile(choice, "" if page is Page.PIN else _TOOL_KEYS[choice], locale, texts)
        for choice in _TOOLS
        if allows(session, choice)
    )
    many = rows(session)
    return StaffView(
        scene=Scene.CHOICE,
        locale=locale,
        title=_title(session, texts),
        pictogram=_pictogram(session),
        colour=BROWN,
        shape=Shape.CIRCLE,
        tiles=tiles,
        bar=(),
        caption=Caption(),
        microphone=MicrophoneState.OFF,
        handset=False,
        speaking=False,
        paused=False,
        volume=0,
        volume_steps=1,
        speaker_lost=False,
        progress=_progress(session, len(many)),
        rows=listed,
        tools=tools,
        message=() if listed or page is Page.MENU else _message(session),
        fine_print=_fine_print(session),
        pad=page is Page.PIN and not session.wait,
        dots=len(session.digits),
        good=_good(session),
    )


def event_of_option(option: OptionId) -> m.StaffEvent | None:
    """What a touch means."""
    if option.startswith(_ROW):
        return m.RowPressed(int(option.removeprefix(_ROW)))
    if option.startswith(_DIGIT):
        return m.DigitPressed(option.removeprefix(_DIGIT))
    choice = next((c for c in Choice if c.option == option), None)
    return m.Pressed(choice) if choice else None


def event_of_key(session: StaffSession, key: str) -> m.StaffEvent | None:
    """What a key means; None for a key that means nothing here."""
    if session.page is Page.PIN:
        if len(key) == 1 and key in "0123456789":
            return m.DigitPressed(key)
        chosen = _PIN_KEYS.get(key)
        return m.Pressed(chosen) if chosen else None
    if key in _KEYS:
        return m.Pressed(_KEYS[key])
    view_rows = len(rows_shown(session))
    choices = actions(session)
    if key not in tuple("123456"):
        return None
    number = int(key)
    if session.page not in (Page.MENU, Page.PACK, Page.SOUND, Page.RESTART):
        if number <= ROWS:
            return m.RowPressed(number - 1) if number <= view_rows else None
        number -= ROWS
    return m.Pressed(choices[number - 1]) if number <= len(choices) else None


def digit_option(digit: str) -> OptionId:
    return OptionId(f"{_DIGIT}{digit}")


def _tile(choice: Choice, key: str, locale: Locale, texts: StaffTexts) -> Tile:
    picture, colour = _LOOKS[choice]
    label = texts.label(choice.value, locale)
    return Tile(choice.option, label, picture, colour, Shape.CIRCLE, key)


def _title(session: StaffSession, texts: StaffTexts) -> str:
    locale, page = session.locale, session.page
    if page is Page.PACK and session.chosen:
        pack = session.chosen.pack
        unsigned = "" if pack.signed else f" · {texts.label('unsigned', locale)}"
        return f"{pack.speaker or pack.name} · {pack_state(pack, locale, texts)}{unsigned}"
    if page in (Page.BUSY, Page.DONE):
        return texts.label("sound" if session.result == "testing" else "packs", locale)
    return texts.label(page.value, locale)


def _pictogram(session: StaffSession) -> str:
    if session.page in (Page.PIN, Page.NO_PIN, Page.MENU):
        return "agency"
    if session.page in (Page.PACK, Page.BUSY, Page.DONE):
        return "voice"
    named = {Page.CLIPS: Choice.LISTEN}.get(session.page)
    return _LOOKS[named or Choice(session.page.value)][0]


def _progress(session: StaffSession, many: int) -> tuple[int, int] | None:
    if session.page is Page.BUSY and session.of:
        return session.done, session.of
    if many > ROWS:
        return session.at // ROWS, -(-many // ROWS)
    return None


def _message(session: StaffSession) -> tuple[str, ...]:
    """What is said first, without the keys that follow it."""
    after = len(actions(session))
    return session.said[: len(session.said) - after] if after else session.said


def _fine_print(session: StaffSession) -> str:
    if session.page is Page.NO_PIN:
        return "voicekiosk staff pin"
    if session.fault:
        return ". ".join(part.strip(". ") for part in session.fault if part)
    return ""


def _good(session: StaffSession) -> bool | None:
    if session.page is Page.DONE:
        return session.fault is None
    if session.page is Page.SOUND and session.sound:
        return session.sound[0] is Sound.HEARD
    if session.page is Page.PIN and session.wait:
        return False
    return None


def _row(row: object, index: int, session: StaffSession, texts: StaffTexts) -> Row:
    locale, option, key = session.locale, OptionId(f"{_ROW}{index}"), str(index + 1)
    match row:
        case PackLine():
            spoken = ", ".join(texts.label(name, locale) for name in row.locales)
            state = pack_state(row, locale, texts)
            return Row(
                option,
                {Place.STICK: STICK, Place.INSTALLED: "voice"}.get(row.place, "home"),
                GREEN if row.active else VIOLET if row.place is Place.STICK else BROWN,
                row.speaker or row.name,
                f"{state} · {row.name} · {spoken}" if spoken else f"{state} · {row.name}",
                key,
                warning="" if row.signed else texts.label("unsigned", locale),
            )
        case (str(language), Change() as change):
            picture = "kyrgyz" if language.startswith("ky") else "russian"
            return Row(
                option,
                picture,
                BROWN,
                texts.label(language, locale),
                bars=_bars(change, locale, texts),
            )
        case ClipLine(_, language, text):
            return Row(option, "play", BLUE, text, texts.label(language, locale), key)
        case ReviewLine(language, waiting, of):
            picture = "kyrgyz" if language.startswith("ky") else "russian"
            told = texts.label("waiting.count", locale, waiting=waiting, of=of)
            bar = Bar(BLUE, waiting / of if of else 0.0, told)
            return Row(option, picture, BROWN, texts.label(language, locale), bars=(bar,))
        case ClaimLine(name, until, expired):
            told = texts.label("expired" if expired else "until", locale, until=until)
            return Row(option, "days", RED if expired else "#7a3b00", name, told)
        case ErrorLine(kind, detail, times):
            often = f" · {texts.label('times', locale, times=times)}" if times > 1 else ""
            told = " ".join(texts.lines(f"error.{kind}", locale))
            return Row(option, "danger", RED, told, f"{detail}{often}")
    return Row(option, "question", BROWN, str(row))


def _bars(change: Change, locale: Locale, texts: StaffTexts) -> tuple[Bar, ...]:
    counts = {kind: int(getattr(change, kind)) for kind in KINDS}
    most = max(1, *counts.values())
    return tuple(
        Bar(COLOURS[kind], count / most, texts.label(f"{kind}.count", locale, count=count))
        for kind, count in counts.items()
    )
