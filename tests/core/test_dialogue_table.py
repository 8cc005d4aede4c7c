"""Every phase and place against every event, compared with the table that documents it."""

import os
from pathlib import Path

from tests.core.small_content import small_content
from voicekiosk.core import messages as m
from voicekiosk.core.activities import Asked, Checking, Counting
from voicekiosk.core.content import Command
from voicekiosk.core.dialogue import Phase, Session, advance
from voicekiosk.core.session import Lead, Lesson
from voicekiosk.core.types import OptionId, Seconds, Turn

CONTENT = small_content()
TABLE = Path(__file__).parents[2] / "docs" / "dialogue-table.md"
TURN = Turn(7)
PLACES = {
    "home": {},
    "category": {"place": OptionId("category.work")},
    "topic": {"place": OptionId("topic.documents")},
    "home, led by the screen": {"lead": Lead.SCREEN},
    "category, led by the screen": {"lead": Lead.SCREEN, "place": OptionId("category.work")},
    "all topics, led by the screen": {"lead": Lead.SCREEN, "place": Command.ALL_TOPICS.option},
    "home, a lesson offered": {"lesson": Lesson.OFFERED},
    "home, in the lesson": {"lesson": Lesson.GOING},
    "self-check": {"place": OptionId("activity.selfcheck"), "doing": Checking(at=1)},
    "counter of days": {
        "place": OptionId("activity.days"),
        "doing": Counting(Asked.DAY, month=3),
    },
    "asked who is here": {"place": OptionId("topic.documents"), "warned": True},
    "how it is told": {"place": OptionId("topic.documents"), "manner": True},
    "choice": {"choice": (OptionId("topic.contract"), OptionId("topic.wages"))},
}


def _heard(*candidates: tuple[str, float]) -> m.Heard:
    found = tuple(m.Candidate(*candidate) for candidate in candidates)
    return m.Heard(TURN, m.Utterance(found, Seconds(0.7)))


EVENTS: dict[str, m.Event] = {
    "handset lifted": m.HookLifted(),
    "handset replaced": m.HookReplaced(),
    "category chosen": m.Chosen(OptionId("category.work"), m.Means.TOUCH),
    "topic chosen": m.Chosen(OptionId("topic.documents"), m.Means.KEY),
    **{f"command {c.value}": m.Chosen(c.option, m.Means.KEY) for c in Command},
    "digit typed": m.Typed("7"),
    "date complete": m.Typed("#"),
    "wrong key": m.Mispressed("6"),
    "focus moved": m.FocusMoved(1),
    "focus taken": m.FocusTaken(),
    "speech started": m.SpeechStarted(TURN),
    "topic heard": _heard(("документы", 0.95)),
    "perhaps heard": _heard(("документы", 0.6)),
    "shared word heard": _heard(("контракт", 0.95)),
    "nothing heard": _heard(),
    "sentence started": m.SentenceStarted(TURN, 0, 1),
    "prompt ended": m.PromptEnded(TURN),
    "deadline passed": m.DeadlinePassed(TURN),
    "late prompt ended": m.PromptEnded(Turn(6)),
    "microphone lost": m.MicrophoneLost(),
    "microphone restored": m.MicrophoneRestored(),
    "speaker lost": m.SpeakerLost(),
    "speaker restored": m.SpeakerRestored(),
}


def _summary(before: Session, event: m.Event) -> str:
    step = advance(before, event, CONTENT)
    said = [e.spoken for e in step.effects if isinstance(e, m.Say)]
    effects = [type(e).__name__ for e in step.effects if not isinstance(e, m.Say | m.Record)]
    if step == type(step)(before):
        return "—"
    where = "choice" if step.session.choice else step.session.place or "home"
    parts = [f"**{step.session.phase.value}** {where}"]
    if said:
        first = next((s for s in said[0] if not s.prompt.endswith(".name")), said[0][0])
        parts.append(f"says {first.prompt} {first.locale[:2]}")
    if effects:
        parts.append(" ".join(effects))
    return "; ".join(parts)


def render() -> str:
    lines = [
        "# What the dialogue answers",
        "",
        "Every phase and place against every event, on a lifted handset. Written by",
        "`WRITE_TABLE=1 ./kiosk test tests/core/test_dialogue_table.py`; a test keeps it true.",
        "— means: nothing changes.",
    ]
    for phase in Phase:
        places = {"home": {}} if phase in (Phase.IDLE, Phase.CLOSING) else PLACES
        for place, fields in places.items():
            lines += ["", f"## {phase.value}, {place}", "", "| event | answer |", "|---|---|"]
            for name, event in EVENTS.items():
                before = Session(phase=phase, turn=TURN, handset=True, **fields)
                lines.append(f"| {name} | {_summary(before, event)} |")
    return "\n".join(lines) + "\n"


def test_every_phase_answers_every_event_as_the_table_says() -> None:
    if os.environ.get("WRITE_TABLE"):
        TABLE.write_text(render(), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == render(), "the dialogue and its table differ"
