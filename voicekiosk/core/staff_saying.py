"""What the staff page says: what it shows, in sentences, with the key of each thing."""

from __future__ import annotations

from collections.abc import Sequence

from voicekiosk.core.staff import (
    Change,
    Choice,
    ClaimLine,
    ClipLine,
    ErrorLine,
    PackLine,
    Page,
    ReviewLine,
    StaffSession,
    StaffTexts,
)
from voicekiosk.core.types import Locale

KINDS = ("new", "changed", "lost", "stale", "same")
"""Of what a pack changes, in the order they are shown and said."""


def lines_of(
    session: StaffSession, shown: Sequence[object], choices: Sequence[Choice], texts: StaffTexts
) -> tuple[str, ...]:
    """The digits of a PIN are in none of them."""
    locale = session.locale
    said = list(_first(session, shown, texts))
    for number, row in enumerate(shown, 1):
        said += _row(row, number, locale, texts)
    offset = 0 if session.page in (Page.MENU, Page.PACK, Page.SOUND, Page.RESTART) else 4
    for number, choice in enumerate(choices, offset + 1):
        label = texts.label(choice.value, locale)
        said += texts.lines("key", locale, label=label, key=number)
    return tuple(said)


def _first(session: StaffSession, shown: Sequence[object], texts: StaffTexts) -> tuple[str, ...]:
    """What the page is about."""
    locale, page = session.locale, session.page
    match page:
        case Page.PIN if session.wait:
            name = "wrong_pin" if session.wrong else "wait"
            return texts.lines(name, locale, seconds=session.wait)
        case Page.BUSY if session.work:
            return texts.lines(session.work.value, locale)
        case Page.DONE:
            name = "failed" if session.result == "failed" else f"{session.result}.done"
            return texts.lines(name, locale)
        case Page.SOUND if session.sound:
            sound, level = session.sound
            return texts.lines(f"sound.{sound.value}", locale, level=abs(level))
        case Page.PACK if session.chosen and not session.chosen.pack.signed:
            return texts.lines("unsigned", locale)
        case Page.REVIEWS | Page.CLAIMS | Page.ERRORS | Page.PACKS if not shown:
            return texts.lines(f"no_{page.value}", locale)
    return texts.lines(page.value, locale)


def _row(row: object, number: int, locale: Locale, texts: StaffTexts) -> tuple[str, ...]:
    match row:
        case PackLine():
            state = pack_state(row, locale, texts)
            label = f"{row.speaker or row.name}, {state}"
            return texts.lines("key", locale, label=label, key=number)
        case (str(language), Change() as change):
            counts = {kind: getattr(change, kind) for kind in KINDS}
            told = [k for k in KINDS[:-1] if counts[k]] or ["same"]
            name = texts.label(language, locale)
            each = (texts.label(f"{kind}.count", locale, count=counts[kind]) for kind in told)
            return (f"{name}: {', '.join(each)}.",)
        case ClipLine():
            return ()
        case ReviewLine(language, waiting, of):
            name = texts.label(language, locale)
            return texts.lines("review", locale, language=name, waiting=waiting, of=of)
        case ClaimLine(name, until, expired):
            kind = "claim.never" if not until else "claim.expired" if expired else "claim.soon"
            return texts.lines(kind, locale, until=until)
        case ErrorLine(kind):
            return texts.lines(f"error.{kind}", locale)
    return ()


def pack_state(pack: PackLine, locale: Locale, texts: StaffTexts) -> str:
    """In use, installed, or on the stick."""
    return texts.label("active" if pack.active else pack.place.value, locale)
