"""Visits as transcripts that anybody can read, run through the dialogue core."""

from pathlib import Path

import pytest

from tests.core.wide_content import wide_content
from voicekiosk.core import messages as m
from voicekiosk.core.dialogue import Session, advance
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.types import OptionId, Seconds

CONTENT = wide_content()
SCRIPT = Path(__file__).parent.parent / "transcripts" / "visits.txt"
MEANS = {"touches": m.Means.TOUCH, "presses": m.Means.KEY}


def _visits() -> dict[str, list[str]]:
    visits: dict[str, list[str]] = {}
    for line in SCRIPT.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            lines = visits.setdefault(line[3:], [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line.strip())
    return visits


def _event(words: list[str], session: Session) -> m.Event:
    match words:
        case ["visitor", "lifts"]:
            return m.HookLifted()
        case ["visitor", "hangs", "up"]:
            return m.HookReplaced()
        case ["visitor", "begins", "to", "speak"]:
            return m.SpeechStarted(session.turn)
        case ["visitor", "says", "something", "else"]:
            return m.Heard(session.turn, m.Utterance((), Seconds(0.8)))
        case ["visitor", "says", *phrase]:
            candidate = m.Candidate(" ".join(phrase), 0.97)
            return m.Heard(session.turn, m.Utterance((candidate,), Seconds(0.8)))
        case ["visitor", ("touches" | "presses") as how, option]:
            return m.Chosen(OptionId(option), MEANS[how])
        case ["visitor", "types", key]:
            return m.Typed(key)
        case ["visitor", "mispresses", *key]:
            return m.Mispressed(*key)
        case ["visitor", "goes", "on"]:
            return m.FocusMoved(1)
        case ["visitor", "goes", "back"]:
            return m.FocusMoved(-1)
        case ["visitor", "takes", "it"]:
            return m.FocusTaken()
        case ["prompt", "reaches", prompt, sentence]:
            return m.SentenceStarted(session.turn, _place(session, prompt), int(sentence) - 1)
        case ["prompt", "ends"]:
            return m.PromptEnded(session.turn)
        case ["time", "passes"]:
            return m.DeadlinePassed(session.turn)
        case ["microphone", "lost"]:
            return m.MicrophoneLost()
        case ["microphone", "back"]:
            return m.MicrophoneRestored()
        case ["speaker", "lost"]:
            return m.SpeakerLost()
        case ["speaker", "back"]:
            return m.SpeakerRestored()
    raise AssertionError(f"the transcript says something nobody can do: {' '.join(words)}")


def _place(session: Session, prompt: str) -> int:
    """Where in what is being said a prompt stands."""
    return [spoken.prompt for spoken in session.spoken].index(prompt)


@pytest.mark.parametrize("name", _visits())
def test_visit(name: str) -> None:
    session, effects = Session(), ()
    for line in _visits()[name]:
        first, _, rest = line.partition(" ")
        match first:
            case "kiosk" | "first":
                said = [
                    f"{s.prompt} {s.locale[:2]}"
                    for e in effects
                    if isinstance(e, m.Say)
                    for s in e.spoken[e.start[0] :]
                ]
                rest_of_said = iter(said[:1] if first == "first" else said)
                for prompt in (p.strip() for p in rest.split(",")):
                    assert prompt in rest_of_said, f"{prompt} not said in order; said: {said}"
            case "sentence":
                starts = [e.start[1] for e in effects if isinstance(e, m.Say)]
                assert starts == [int(rest) - 1]
            case "focus":
                assert screen_of(session, CONTENT).focus == rest.strip()
            case "screen":
                assert screen_of(session, CONTENT).scene.value == rest.strip()
            case "phase":
                assert session.phase.value == rest.strip()
            case "effect":
                assert rest.strip() in {type(effect).__name__ for effect in effects}
            case _:
                session, effects = advance_step(session, _event(line.split(), session))


def advance_step(session: Session, event: m.Event) -> tuple[Session, tuple[m.Effect, ...]]:
    step = advance(session, event, CONTENT)
    return step.session, step.effects
