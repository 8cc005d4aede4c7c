"""No order of events crashes, says an unknown prompt, or leaves the kiosk deaf for ever."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.wide_content import wide_content
from voicekiosk.core import messages as m
from voicekiosk.core.dialogue import VOLUME_STEPS, Phase, Session, advance
from voicekiosk.core.screen import MicrophoneState
from voicekiosk.core.screen_of import screen_of
from voicekiosk.core.session import DEFAULT_VOLUME
from voicekiosk.core.types import OptionId, Seconds, Turn

CONTENT = wide_content()
PHRASES = sorted(CONTENT.meanings())
LOCALES = st.sampled_from([None, *CONTENT.locales])
TURNS = st.integers(-1, 1)  # one turn stale, the current one, one from nowhere
candidates = st.builds(m.Candidate, st.sampled_from([*PHRASES, "шкаф"]), st.floats(0, 1))
utterances = st.builds(
    m.Utterance,
    st.lists(candidates, max_size=3).map(tuple),
    st.just(Seconds(1.0)),
    st.sampled_from([None, *m.Trouble]),
)
plain = st.sampled_from(
    [
        *map(m.Typed, "0123#*"),
        m.HookLifted(),
        m.HookReplaced(),
        m.Mispressed("4"),
        m.FocusMoved(1),
        m.FocusMoved(-1),
        m.FocusTaken(),
        m.MicrophoneLost(),
        m.MicrophoneRestored(),
        m.SpeakerLost(),
        m.SpeakerRestored(),
    ]
)
options = st.sampled_from([*CONTENT.options, OptionId("topic.from_another_content")])
events = st.one_of(
    plain.map(lambda event: lambda turn: event),
    st.builds(m.Chosen, options, st.sampled_from(m.Means), LOCALES).map(lambda e: lambda turn: e),
    TURNS.map(lambda d: lambda turn: m.SpeechStarted(Turn(turn + d))),
    st.tuples(TURNS, utterances).map(lambda a: lambda turn: m.Heard(Turn(turn + a[0]), a[1])),
    TURNS.map(lambda d: lambda turn: m.PromptEnded(Turn(turn + d))),
    TURNS.map(lambda d: lambda turn: m.DeadlinePassed(Turn(turn + d))),
    TURNS.map(lambda d: lambda turn: m.SentenceStarted(Turn(turn + d), 0, 1)),
)


class World:
    """What the effects have brought about: the sound, the ear and the one timer."""

    def __init__(self) -> None:
        self.speaking = self.held = self.listening = False
        self.timer: Turn | None = None
        self.patience = 0.0
        self.volume = DEFAULT_VOLUME
        self.pace = 1.0

    def perform(self, effect: m.Effect) -> None:
        match effect:
            case m.Say(_, spoken, (prompt, sentence)):
                assert spoken, "said nothing"
                begun = spoken[prompt]
                assert sentence < len(CONTENT.prompts[begun.prompt][begun.locale])
                for each in spoken:
                    assert CONTENT.prompts[each.prompt][each.locale], each
                assert not self.speaking, "two voices at once"
                self.speaking, self.held = True, False
            case m.Hush():
                self.speaking = self.held = False
            case m.HoldSpeech():
                self.held = True
            case m.ResumeSpeech():
                self.held = False
            case m.Listen():
                self.listening = True
            case m.StopListening():
                self.listening = False
            case m.Deadline(turn, after):
                self.timer = turn if after is not None else None
                self.patience = after or 0.0
            case m.SetVolume(step):
                assert 0 <= step < VOLUME_STEPS
                self.volume = step
            case m.SetPace(pace):
                self.pace = pace
            case m.Record():
                pass


@settings(max_examples=400, deadline=None)
@given(st.lists(events, max_size=40))
def test_any_order_of_events_leaves_a_kiosk_that_answers(makers: list) -> None:
    session, world = Session(), World()
    for make in makers:
        event = make(session.turn)
        step = advance(session, event, CONTENT)
        if isinstance(event, m.PromptEnded) and event.turn == session.turn:
            world.speaking = world.held = False
        if isinstance(event, m.SpeakerLost):
            world.speaking = world.held = False
        for effect in step.effects:
            world.perform(effect)
        session = step.session
        view = screen_of(session, CONTENT)
        if session.phase is Phase.IDLE:
            assert world.timer is None and not world.speaking and not world.listening
            assert (session.volume, session.place, session.main) == (DEFAULT_VOLUME, None, ())
        else:
            assert world.timer == session.turn, "nothing would ever happen again"
        if session.phase is Phase.LISTENING and session.listens:
            assert world.listening, "deaf in the visitor's turn"
        if session.warned and session.phase is Phase.LISTENING:
            assert world.patience >= 20, "too short to answer that one is here"
        if not session.handset and session.phase is Phase.SPEAKING:
            assert not world.listening, "the loudspeaker would be heard by the microphone"
        shown = [tile.key for tile in (*view.tiles, *view.rail) if tile.key]
        assert len(shown) == len(set(shown)), "one key for two pictures"
        assert (view.microphone is MicrophoneState.LOST) == session.microphone_lost
        assert (world.volume, world.pace) == (session.volume, session.pace)
