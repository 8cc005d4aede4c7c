"""What staff see and can touch on every page, in three languages, wide and upright."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.staff_member import (
    CLIP,
    COMPARED,
    STARTER,
    STICK,
    TEXTS,
    Staff,
)
from tests.ui.conftest import PICTOGRAMS, Visitor
from tests.ui.views import idle
from voicekiosk.core import staff_messages as m
from voicekiosk.core.staff import (
    STAFF_LOCALES,
    Change,
    Choice,
    ClaimLine,
    Comparison,
    ErrorLine,
    PackLine,
    Place,
    ReviewLine,
    Sound,
    Survey,
    Work,
)
from voicekiosk.core.staff_screen import StaffView, digit_option
from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.loading.staff_texts import ERROR_KINDS
from voicekiosk.ui.staff_window import StaffWindow

SIZES = [(1280, 800), (800, 1280), (1024, 600)]
LONG = "The signature of aigul-12-batken.vkpack was made by a key that this kiosk does not trust"
FULL = Survey(
    packs=(
        STICK,
        PackLine(
            "b", "border-9", "Бурул Токтогулова", (KYRGYZ, RUSSIAN), Place.STICK, signed=False
        ),
        PackLine("c", "north-3", "Гүлнара", (KYRGYZ,), Place.INSTALLED, active=True),
        STARTER,
        PackLine("e", "starter-ru 1", "", (RUSSIAN,), Place.SHIPPED, active=True),
    ),
    reviews=(ReviewLine(KYRGYZ, 262, 262), ReviewLine(RUSSIAN, 9, 262)),
    claims=tuple(ClaimLine(f"claim_with_a_long_name_{n}", "12.01.2027", n < 2) for n in range(6)),
    errors=tuple(ErrorLine(kind, LONG, 12) for kind in ERROR_KINDS),
    can_roll_back=True,
    stick=True,
)
WIDE = Comparison(
    COMPARED.pack,
    {
        KYRGYZ: Change(12, 104, 3, 21, 220),
        RUSSIAN: Change(0, 0, 0, 0, 360),
    },
    (CLIP, *COMPARED.clips),
)


def everything() -> Iterator[tuple[str, Staff]]:
    """Every page, in its fullest and emptiest form."""
    yield "pin", Staff().keys(*"4839")
    yield "wrong", Staff().keys(*"4839", "#").meets(m.PinJudged(False, 16))
    yield "waiting", Staff(wait=240)
    yield "no-pin", Staff(pin_set=False)
    yield "menu", Staff().enters(FULL).presses(Choice.BACK)
    yield "packs", Staff().enters(FULL)
    yield "checking", Staff().enters(FULL).keys("1").meets(m.Progressed(140, 360))
    yield "pack", Staff().enters(FULL).keys("1").meets(m.Compared(WIDE))
    yield (
        "clips",
        Staff().enters(FULL).keys("1").meets(m.Compared(WIDE)).presses(Choice.LISTEN),
    )
    for work in (Work.ACTIVATING, Work.ROLLING_BACK, Work.EXPORTING):
        yield work.value, Staff().enters(FULL).keys("1").meets(m.WorkDone(work, FULL))
    yield "failed", Staff().enters(FULL).keys("1").meets(m.WorkFailed(LONG, "Trust its key"))
    for choice in (Choice.REVIEWS, Choice.CLAIMS, Choice.SOUND, Choice.ERRORS, Choice.RESTART):
        yield choice.value, Staff().enters(FULL).presses(Choice.BACK, choice)
        yield f"no-{choice.value}", Staff().enters(Survey()).presses(choice)
    for sound in Sound:
        tested = Staff().enters(FULL).presses(Choice.BACK, Choice.SOUND, Choice.TEST)
        yield f"sound-{sound.value}", tested.meets(m.SoundTested(sound, -37))


def in_every_language() -> Iterator[tuple[str, StaffView]]:
    for name, staff in everything():
        for _ in STAFF_LOCALES:
            yield f"{name}-{staff.session.locale}", staff.view
            staff.presses(Choice.LANGUAGE)


class Room:
    """A staff member before the real window."""

    def __init__(self) -> None:
        self.knocks = 0
        self.visitor = Visitor.__new__(Visitor)
        self.visitor.chosen, self.visitor.keys, self.visitor.now = [], [], 100.0
        self.window = self.visitor.window = StaffWindow(
            PICTOGRAMS,
            self.visitor.chosen.append,
            self.visitor.keys.append,
            fullscreen=False,
            size=(1280, 800),
            clock=lambda: self.visitor.now,
        )
        self.window.knocked = self._knock
        self.window.start()

    def _knock(self) -> None:
        self.knocks += 1

    def sees(self, view: StaffView) -> Room:
        self.window.cover(view)
        self.visitor.frame()
        return self


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.window.end()


@pytest.mark.parametrize("size", SIZES)
def test_every_text_of_every_page_fits(room: Room, size: tuple[int, int]) -> None:
    from kivy.graphics import Canvas

    from voicekiosk.ui.staff_layout import spots_of
    from voicekiosk.ui.staff_scene import draw_staff

    seen = 0
    for name, view in in_every_language():
        with Canvas():  # never shown: measuring needs no picture
            written = draw_staff(view, spots_of(view, *size), PICTOGRAMS, ())
        assert [text.lines for text in written if not text.fits] == [], name
        seen += len(written)
    assert seen > 500


@pytest.mark.parametrize("size", SIZES)
def test_nothing_overlaps_and_a_finger_finds_everything(room: Room, size: tuple[int, int]) -> None:
    from voicekiosk.ui.staff_layout import spots_of
    from voicekiosk.ui.staff_screen import _targets

    for name, view in in_every_language():
        targets = _targets(view, spots_of(view, *size))
        for index, one in enumerate(targets):
            x, y, width, height = one.area
            assert min(width, height) >= 48, name
            assert x >= 0 and y >= 0 and x + width <= size[0] and y + height <= size[1], name
            for other in targets[index + 1 :]:
                a, b = one.area, other.area
                apart = a.right <= b.x or b.right <= a.x or a.top <= b.y or b.top <= a.y
                assert apart, (name, one.option, other.option)


def test_digits_are_touched_faster_than_a_visitors_wishes(room: Room) -> None:
    room.sees(Staff().view)
    for digit in "48399":
        room.visitor.touch(digit_option(digit), seconds_later=0.2)
    assert room.visitor.chosen == [digit_option(digit) for digit in "48399"]


def test_a_trembling_finger_activates_nothing_twice(room: Room) -> None:
    room.sees(Staff().enters(FULL).keys("1").meets(m.Compared(WIDE)).view)
    room.visitor.touch("staff.activate", seconds_later=5)
    room.visitor.touch("staff.activate", seconds_later=0.2)
    assert room.visitor.chosen == ["staff.activate"]


def test_a_row_can_be_touched(room: Room) -> None:
    room.sees(Staff().enters(FULL).view)
    room.visitor.touch("staff.row.1", seconds_later=5)
    assert room.visitor.chosen == ["staff.row.1"]


def test_only_the_corner_counts_as_a_hidden_sign(room: Room) -> None:
    room.window.show(idle())
    room.visitor.frame()
    for at in ((5, 795), (60, 760)):
        room.visitor.finger(at).touch_up()
    assert room.knocks == 2
    for at in ((640, 795), (5, 5), (1270, 790), (300, 500)):
        room.visitor.finger(at).touch_up()
    assert room.knocks == 2


def test_what_visitors_see_comes_back_as_it_is_by_then(room: Room) -> None:
    room.sees(Staff().view)
    room.window.show(idle())
    room.visitor.frame()
    assert isinstance(room.visitor.screen._view, StaffView)
    room.window.cover(None)
    room.visitor.frame()
    assert room.visitor.screen._view == idle()


@pytest.mark.parametrize("size", SIZES)
def test_unsigned_voices_are_announced_above_visitors_pages_too(
    room: Room, size: tuple[int, int]
) -> None:
    text = TEXTS.label("unsigned_mode", KYRGYZ) + " · " + TEXTS.label("unsigned_mode", RUSSIAN)
    room.window.show(idle())
    room.visitor.frame()
    room.visitor.screen.size_hint = (None, None)
    room.visitor.screen.size = size
    before = len(room.visitor.screen.lettering)
    room.window.mark(text)
    room.visitor.frame()
    room.visitor.frame()
    (mark,) = room.visitor.screen.lettering[before:]
    assert mark.fits and mark.lines == (text,)
    room.window.mark("")
    room.visitor.frame()
    assert len(room.visitor.screen.lettering) == before
