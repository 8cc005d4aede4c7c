"""A member of staff before the staff page, without screen, sound or clock."""

from __future__ import annotations

from pathlib import Path

from voicekiosk.core import staff_messages as m
from voicekiosk.core.staff import (
    Change,
    Choice,
    ClaimLine,
    ClipLine,
    Comparison,
    ErrorLine,
    PackLine,
    Page,
    Place,
    ReviewLine,
    StaffSession,
    Survey,
)
from voicekiosk.core.staff_screen import StaffView, event_of_key, staff_view
from voicekiosk.core.staff_steps import Step, advance, begin
from voicekiosk.core.types import KYRGYZ, RUSSIAN
from voicekiosk.loading.staff_texts import load_staff_texts

TEXTS = load_staff_texts(Path(__file__).parents[2] / "content")
STICK = PackLine("/stick/aigul.vkpack", "aigul-1", "Айгүл", (KYRGYZ,), Place.STICK)
STARTER = PackLine("starter-ky", "starter-ky 1", "", (KYRGYZ,), Place.SHIPPED, active=True)
CLIP = ClipLine("system.welcome", KYRGYZ, "Саламатсызбы!")
COMPARED = Comparison(
    PackLine("aigul-1-abc", "aigul-1", "Айгүл", (KYRGYZ,), Place.INSTALLED),
    {KYRGYZ: Change(new=2, changed=12, same=40), RUSSIAN: Change(same=54)},
    (CLIP,),
)
SURVEY = Survey(
    packs=(STICK, STARTER),
    reviews=(ReviewLine(KYRGYZ, 120, 240),),
    claims=(ClaimLine("ninety_days_limit", "12.01.2027", False),),
    errors=(ErrorLine("audio", "No microphone can be opened", 3),),
    can_roll_back=True,
    stick=True,
)


class Staff:
    """Stands before the staff page; ``effects`` are those of the last thing that happened."""

    def __init__(self, *, pin_set: bool = True, wait: int = 0) -> None:
        self.effects: tuple[m.StaffEffect, ...] = ()
        self._follow(begin(TEXTS, pin_set=pin_set, wait=wait))

    def _follow(self, step: Step) -> Staff:
        self.session: StaffSession = step.session
        self.effects = step.effects
        return self

    def meets(self, event: m.StaffEvent) -> Staff:
        return self._follow(advance(self.session, event, TEXTS))

    def keys(self, *keys: str) -> Staff:
        for key in keys:
            event = event_of_key(self.session, key)
            self.effects = ()
            if event is not None:
                self.meets(event)
        return self

    def presses(self, *choices: Choice) -> Staff:
        for choice in choices:
            self.meets(m.Pressed(choice))
        return self

    def enters(self, survey: Survey = SURVEY) -> Staff:
        """With the right PIN."""
        return self.keys(*"2468", "#").meets(m.PinJudged(True)).meets(m.Surveyed(survey))

    def does(self, kind: type) -> bool:
        return any(isinstance(effect, kind) for effect in self.effects)

    @property
    def page(self) -> Page:
        return self.session.page

    @property
    def said(self) -> str:
        return " ".join(self.session.said)

    @property
    def view(self) -> StaffView:
        return staff_view(self.session, TEXTS)
