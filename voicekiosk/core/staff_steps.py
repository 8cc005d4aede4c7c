"""The staff page, step by step: nothing before the PIN, nothing changed without a yes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voicekiosk.core import staff_messages as m
from voicekiosk.core.messages import Deadline, DeadlinePassed, Hush
from voicekiosk.core.staff import (
    LONGEST_PIN,
    SHORTEST_PIN,
    STAFF_LOCALES,
    Choice,
    Page,
    Place,
    StaffSession,
    StaffTexts,
    Survey,
    Work,
)
from voicekiosk.core.staff_saying import lines_of
from voicekiosk.core.types import Seconds, Turn

ROWS = 4
"""As many fit on a page, one key each."""
UNTOUCHED = Seconds(120)
"""Then the page closes by itself."""

_MENU = {
    Choice.PACKS: Page.PACKS,
    Choice.REVIEWS: Page.REVIEWS,
    Choice.CLAIMS: Page.CLAIMS,
    Choice.SOUND: Page.SOUND,
    Choice.ERRORS: Page.ERRORS,
    Choice.RESTART: Page.RESTART,
}
_ABOVE = {Page.PACK: Page.PACKS, Page.CLIPS: Page.PACK}
_UNPROVEN = (Page.PIN, Page.NO_PIN)
_ALWAYS = (Choice.LANGUAGE, Choice.REPEAT)


@dataclass(frozen=True, slots=True)
class Step:
    session: StaffSession
    effects: tuple[m.StaffEffect, ...] = ()


def begin(texts: StaffTexts, *, pin_set: bool, wait: int = 0, turn: Turn = Turn(0)) -> Step:
    """Somebody made the hidden sign, or put a stick in."""
    page = Page.PIN if pin_set else Page.NO_PIN
    step = _show(StaffSession(page, turn, wait=wait), texts)
    return Step(step.session, (*step.effects, *((m.Wait(wait),) if wait else ())))


def actions(session: StaffSession) -> tuple[Choice, ...]:
    """What can be chosen below the rows, in the order of the keys."""
    more = (Choice.MORE,) if len(rows(session)) > ROWS else ()
    match session.page:
        case Page.MENU:
            return tuple(_MENU)
        case Page.PACKS:
            back = (Choice.ROLLBACK,) if session.survey.can_roll_back else ()
            return (*back, *more)
        case Page.PACK if session.chosen:
            pack = session.chosen.pack
            listen = (Choice.LISTEN,) if session.chosen.clips else ()
            activate = () if pack.active else (Choice.ACTIVATE,)
            kept = session.survey.stick and pack.place is Place.INSTALLED
            return (*listen, *activate, *((Choice.EXPORT,) if kept else ()))
        case Page.SOUND:
            return (Choice.TEST,)
        case Page.RESTART:
            return (Choice.YES,)
        case _:
            return more


def rows(session: StaffSession) -> tuple[object, ...]:
    """Everything the page lists, on all its screens."""
    survey = session.survey
    match session.page:
        case Page.PACKS:
            return survey.packs
        case Page.PACK if session.chosen:
            return tuple(session.chosen.changes.items())
        case Page.CLIPS if session.chosen:
            return session.chosen.clips
        case Page.REVIEWS:
            return survey.reviews
        case Page.CLAIMS:
            return survey.claims
        case Page.ERRORS:
            return survey.errors
        case _:
            return ()


def rows_shown(session: StaffSession) -> tuple[object, ...]:
    return rows(session)[session.at : session.at + ROWS]


def allows(session: StaffSession, choice: Choice) -> bool:
    if session.page in (Page.BUSY, Page.CLOSED):
        return False
    if choice in (*_ALWAYS, Choice.CLOSE):
        return True
    if session.page is Page.PIN:
        return choice in (Choice.ERASE, Choice.ENTER) and not session.wait
    return choice is Choice.BACK or choice in actions(session)


def advance(session: StaffSession, event: m.StaffEvent, texts: StaffTexts) -> Step:
    """What follows from an event. What is late, or means nothing here, changes nothing."""
    if session.page is Page.CLOSED:
        return Step(session)
    match event:
        case m.Pressed(choice) if allows(session, choice):
            return _touched(_pressed(session, choice, texts))
        case m.RowPressed(row) if session.page not in _UNPROVEN:
            return _touched(_row(session, row, texts))
        case m.DigitPressed(digit) if session.page is Page.PIN and not session.wait:
            return _touched(_digit(session, digit))
        case m.PinJudged(good, wait) if session.page is Page.PIN:
            return _judged(session, texts, good, wait)
        case m.WorkFailed(what, mend) if session.page is Page.PIN:
            return Step(replace(session, digits="", fault=(what, mend)))
        case m.WaitOver() if session.page is Page.PIN:
            shown = _show(replace(session, wait=0, wrong=False), texts).session
            return Step(replace(shown, turn=session.turn))  # what was wrong is said to its end
        case m.Surveyed(survey) if session.page not in _UNPROVEN:
            return _surveyed(session, survey, texts)
        case m.Progressed(done, of) if session.page is Page.BUSY:
            return Step(replace(session, done=done, of=of))
        case m.Compared(comparison) if session.page is Page.BUSY:
            return _show(replace(session, page=Page.PACK, chosen=comparison, at=0), texts)
        case m.WorkDone(work, survey) if session.page is Page.BUSY:
            ended = replace(session, page=Page.DONE, result=work.value, survey=survey)
            return _show(replace(ended, chosen=None, fault=None), texts)
        case m.WorkFailed(what, mend) if session.page is Page.BUSY:
            failed = replace(session, page=Page.DONE, result="failed", fault=(what, mend))
            return _show(failed, texts)
        case m.SoundTested(sound, level) if session.page is Page.BUSY:
            return _show(replace(session, page=Page.SOUND, sound=(sound, level)), texts)
        case DeadlinePassed() if session.page is not Page.BUSY:
            return _close(session)
    return Step(session)


def _touched(step: Step) -> Step:
    """Somebody is here: the two minutes begin again, unless something is going on."""
    page = step.session.page
    if page is Page.CLOSED or any(isinstance(effect, Deadline) for effect in step.effects):
        return step
    left = None if page is Page.BUSY else UNTOUCHED
    return Step(step.session, (*step.effects, Deadline(step.session.turn, left)))


def _show(session: StaffSession, texts: StaffTexts) -> Step:
    """A page, with what it says."""
    lines = lines_of(session, rows_shown(session), actions(session), texts)
    shown = replace(session, turn=Turn(session.turn + 1), said=lines)
    left = None if session.page is Page.BUSY else UNTOUCHED
    tell = m.Tell(shown.turn, lines, shown.locale)
    return Step(shown, (Hush(), tell, Deadline(shown.turn, left)))


def _go(session: StaffSession, page: Page, texts: StaffTexts) -> Step:
    return _show(replace(session, page=page, at=0, sound=None, fault=None), texts)


def _look(session: StaffSession, page: Page, texts: StaffTexts) -> Step:
    """Go there, and see how things are now."""
    step = _go(session, page, texts)
    lists = page in (Page.PACKS, Page.ERRORS)
    return Step(step.session, (*step.effects, *((m.TakeSurvey(),) if lists else ())))


def _close(session: StaffSession) -> Step:
    closed = StaffSession(Page.CLOSED, Turn(session.turn + 1), session.locale)
    return Step(closed, (Hush(), Deadline(closed.turn, None), m.Close()))


def _busy(session: StaffSession, work: Work, effect: m.StaffEffect, texts: StaffTexts) -> Step:
    step = _show(replace(session, page=Page.BUSY, work=work, done=0, of=0), texts)
    return Step(step.session, (*step.effects, effect))


def _pressed(session: StaffSession, choice: Choice, texts: StaffTexts) -> Step:
    chosen = session.chosen.pack if session.chosen else None
    match choice:
        case Choice.CLOSE:
            return _close(session)
        case Choice.REPEAT:
            return _show(session, texts)
        case Choice.LANGUAGE:
            following = (STAFF_LOCALES.index(session.locale) + 1) % len(STAFF_LOCALES)
            return _show(replace(session, locale=STAFF_LOCALES[following]), texts)
        case Choice.ERASE:
            return Step(replace(session, digits=session.digits[:-1]), (m.Click(),))
        case Choice.ENTER if len(session.digits) >= SHORTEST_PIN:
            return Step(session, (m.Click(), m.JudgePin(session.digits)))
        case Choice.BACK:
            return _back(session, texts)
        case Choice.MORE:
            after = session.at + ROWS
            at = after if after < len(rows(session)) else 0
            return _show(replace(session, at=at), texts)
        case Choice.LISTEN:
            return _go(session, Page.CLIPS, texts)
        case Choice.ACTIVATE if chosen:
            return _busy(session, Work.ACTIVATING, m.Activate(chosen), texts)
        case Choice.EXPORT if chosen:
            return _busy(session, Work.EXPORTING, m.Export(chosen), texts)
        case Choice.ROLLBACK:
            return _busy(session, Work.ROLLING_BACK, m.RollBack(), texts)
        case Choice.TEST:
            # Silent until it is over: the kiosk's own voice would be heard instead of the tone.
            step = _busy(session, Work.TESTING, m.TestSound(), texts)
            told = tuple(e for e in step.effects if not isinstance(e, m.Tell))
            return Step(step.session, told)
        case Choice.YES if session.page is Page.RESTART:
            closed = _close(session)
            return Step(closed.session, (Hush(), m.Restart()))
        case _ if choice in _MENU:
            return _look(session, _MENU[choice], texts)
    return Step(session)


def _back(session: StaffSession, texts: StaffTexts) -> Step:
    if session.page is Page.MENU or session.page in _UNPROVEN:
        return _close(session)
    if session.page is Page.DONE:
        from_packs = session.result != Work.TESTING
        return _look(session, Page.PACKS if from_packs else Page.MENU, texts)
    return _look(session, _ABOVE.get(session.page, Page.MENU), texts)


def _row(session: StaffSession, row: int, texts: StaffTexts) -> Step:
    shown = rows_shown(session)
    if not 0 <= row < len(shown):
        return Step(session)
    if session.page is Page.PACKS:
        pack = session.survey.packs[session.at + row]
        return _busy(session, Work.CHECKING, m.Compare(pack), texts)
    if session.page is Page.CLIPS and session.chosen:
        return Step(session, (Hush(), m.PlayClip(session.chosen.clips[session.at + row])))
    return Step(session)


def _digit(session: StaffSession, digit: str) -> Step:
    if len(session.digits) >= LONGEST_PIN:
        return Step(session)
    return Step(replace(session, digits=session.digits + digit, wrong=False), (Hush(), m.Click()))


def _judged(session: StaffSession, texts: StaffTexts, good: bool, wait: int) -> Step:
    empty = replace(session, digits="")
    if not good:
        step = _show(replace(empty, wrong=True, wait=wait), texts)
        return Step(step.session, (*step.effects, m.Wait(wait)))
    looking = replace(empty, page=Page.BUSY, work=Work.LOOKING, wrong=False)
    return Step(looking, (Hush(), Deadline(looking.turn, None), m.TakeSurvey()))


def _surveyed(session: StaffSession, survey: Survey, texts: StaffTexts) -> Step:
    """How things are now; after the PIN it leads to the stick's packs, or to the menu."""
    known = replace(session, survey=survey)
    if session.page is Page.BUSY and session.work is Work.LOOKING:
        stick = any(pack.place is Place.STICK for pack in survey.packs)
        return _go(known, Page.PACKS if stick else Page.MENU, texts)
    if session.page in (Page.PACKS, Page.ERRORS) and rows(known) != rows(session):
        return _go(known, session.page, texts)
    return Step(known)
