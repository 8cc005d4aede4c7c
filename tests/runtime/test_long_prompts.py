"""A topic is told in many clips: what is found first begins, the rest follows."""

from tests.fakes import Clock, FakeClips
from tests.runtime.hall import Hall
from voicekiosk.core.messages import Spoken
from voicekiosk.core.session import Phase
from voicekiosk.core.types import Clip


class SlowClips(FakeClips):
    """Finding each takes as long as decoding ten seconds of sound does."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def clip(self, spoken: Spoken) -> Clip:
        self._clock.now += 0.045
        return super().clip(spoken)


def slow_hall() -> Hall:
    hall = Hall()
    hall.kiosk.renew(hall.kiosk._content, SlowClips(hall.clock))
    hall.kiosk.pump()
    hall.press("h")
    return hall


def test_the_first_clip_plays_before_the_last_is_found() -> None:
    hall = slow_hall()
    first, *_ = hall.player.said
    assert len(first) == 1
    assert hall.phase is Phase.SPEAKING


def test_the_rest_follows_the_first_and_only_then_it_is_the_visitors_turn() -> None:
    hall = slow_hall()
    whole = len(hall.kiosk.session.spoken)
    hall.prompt_ends()
    assert hall.phase is Phase.SPEAKING
    assert [len(clips) for clips in hall.player.said] == [1, whole - 1]
    hall.prompt_ends()
    assert hall.phase is Phase.LISTENING


def test_a_choice_between_first_and_rest_forgets_the_rest() -> None:
    hall = slow_hall()
    hall.press("2")
    assert all(len(clips) == 1 for clips in hall.player.said)
    assert hall.player.playing[0].startswith("category.work.name")


def test_a_rest_that_cannot_be_said_at_all_ends_with_the_first() -> None:
    hall = Hall()
    clips = SlowClips(hall.clock)
    hall.kiosk.renew(hall.kiosk._content, clips)
    hall.kiosk.pump()
    hall.press("h", "2")
    name, *rest = hall.kiosk.session.spoken
    clips.missing = {spoken.prompt for spoken in rest} - {name.prompt}
    hall.press("8")
    assert [len(said) for said in hall.player.said][-1] == 1
    hall.prompt_ends()
    assert hall.phase is Phase.LISTENING
