"""Where an utterance begins and ends, told in levels of 20 ms."""

from voicekiosk.core.endpointing import Edge, Endpointer
from voicekiosk.core.messages import Trouble

ROOM, VOICE = -60.0, -25.0


def feed(ear: Endpointer, *stretches: tuple[float, float]) -> list[tuple[int, Edge]]:
    """Each stretch is (seconds, level); the edges with the number of their frame."""
    edges = []
    at = 0
    for seconds, level in stretches:
        for _ in range(round(seconds / 0.02)):
            edge = ear.hear(level)
            if edge:
                edges.append((at, edge))
            at += 1
    return edges


def kinds(edges):
    """Where utterances begin and end, without the pauses in them."""
    return [edge for _, edge in edges if edge in (Edge.STARTED, Edge.ENDED)]


def test_a_quiet_room_is_no_utterance():
    assert feed(Endpointer(), (20, ROOM)) == []


def test_a_word_starts_after_a_tenth_of_a_second_and_each_length_of_quiet_is_told():
    edges = feed(Endpointer(), (1, ROOM), (0.8, VOICE), (1, ROOM))
    lengths = [Edge.LULLED, Edge.HUSHED, Edge.PAUSED, Edge.ENDED]
    assert [edge for _, edge in edges] == [Edge.STARTED, *lengths]
    started, lulled, hushed, paused, ended = (at * 0.02 for at, _ in edges)
    assert 1.06 <= started <= 1.12
    assert 0.06 <= lulled - 1.8 <= 0.12
    assert 0.12 <= hushed - 1.8 <= 0.18
    assert 0.26 <= paused - 1.8 <= 0.32
    assert 0.40 <= ended - 1.8 <= 0.48


def test_an_utterance_can_be_ended_before_the_silence_is_long():
    ear = Endpointer()
    feed(ear, (1, ROOM), (0.8, VOICE), (0.2, ROOM))
    assert ear.speaking
    ended = ear.end()
    assert not ear.speaking and ended.trouble is None and 0.7 <= ended.speech <= 0.9
    assert feed(ear, (1, ROOM)) == []


def test_a_knock_is_no_utterance():
    assert feed(Endpointer(), (1, ROOM), (0.06, -5), (2, ROOM)) == []


def test_a_pause_between_two_words_does_not_end_the_phrase():
    ear = Endpointer()
    edges = feed(ear, (1, ROOM), (0.5, VOICE), (0.35, ROOM), (0.5, VOICE), (1, ROOM))
    assert [edge for _, edge in edges] == [
        *(Edge.STARTED, Edge.LULLED, Edge.HUSHED, Edge.PAUSED),
        *(Edge.LULLED, Edge.HUSHED, Edge.PAUSED, Edge.ENDED),
    ]
    assert ear.ended is not None and 1.3 <= ear.ended.speech <= 1.4


def test_two_utterances_are_told_apart():
    edges = feed(Endpointer(), (1, ROOM), (0.5, VOICE), (1, ROOM), (0.5, VOICE), (1, ROOM))
    assert kinds(edges) == [Edge.STARTED, Edge.ENDED] * 2


def test_a_noisy_hall_is_learnt_and_a_voice_above_it_is_heard():
    ear = Endpointer()
    feed(ear, (10, -42))
    assert -44 < ear.noise < -40
    assert kinds(feed(ear, (5, -42), (0.8, -20), (1, -42))) == [Edge.STARTED, Edge.ENDED]


def test_a_faint_voice_is_too_quiet():
    ear = Endpointer()
    assert kinds(feed(ear, (3, -75), (0.8, -50), (1, -75))) == [Edge.STARTED, Edge.ENDED]
    assert ear.ended is not None and ear.ended.trouble is Trouble.TOO_QUIET


def test_a_shout_into_the_microphone_is_too_loud():
    ear = Endpointer()
    feed(ear, (1, ROOM), (0.8, -0.1), (1, ROOM))
    assert ear.ended is not None and ear.ended.trouble is Trouble.TOO_LOUD


def test_endless_sound_is_given_up_and_then_taken_for_the_room():
    ear = Endpointer()
    edges = feed(ear, (1, ROOM), (30, -30))
    assert kinds(edges)[:2] == [Edge.STARTED, Edge.ENDED]
    assert ear.ended is None or ear.ended.trouble is Trouble.TOO_LONG
    assert len(edges) <= 4


def test_a_sound_the_detector_calls_unvoiced_starts_nothing():
    ear = Endpointer()
    assert not any(ear.hear(VOICE, voiced=False) for _ in range(100))


def test_below_the_threshold_of_an_open_loudspeaker_nobody_speaks():
    assert feed(Endpointer(threshold=-15.0), (1, ROOM), (1, VOICE), (1, ROOM)) == []


def rise_and_fall(ear: Endpointer, seconds: float, low: float, high: float, voiced: bool) -> list:
    """A hall full of people: the level goes up and down five times a second."""
    levels = [low, low, low, (low + high) / 2, high, high, high, (low + high) / 2, low, low]
    edges = [ear.hear(levels[n % 10], voiced=voiced) for n in range(round(seconds / 0.02))]
    return [edge for edge in edges if edge]


def test_voices_of_the_hall_are_no_utterance_once_they_are_known():
    ear = Endpointer()
    for n in range(150):
        ear.overhear([-52, -50, -46, -44][n % 4])
    assert rise_and_fall(ear, 10, -52, -44, voiced=True) == []
    assert feed_voiced(ear, (0.5, -25, True), (1, -50, True)) == [Edge.STARTED, Edge.ENDED]


def feed_voiced(ear: Endpointer, *stretches: tuple[float, float, bool]) -> list[Edge]:
    edges = [ear.hear(lv, voiced=v) for s, lv, v in stretches for _ in range(round(s / 0.02))]
    return [edge for edge in edges if edge in (Edge.STARTED, Edge.ENDED)]


def test_loud_moments_of_the_hall_do_not_prolong_an_answer():
    ear = Endpointer()
    for n in range(150):
        ear.overhear([-40, -38, -34, -32][n % 4])
    feed_voiced(ear, (0.6, -14, True), (0.08, -40, True))
    hall = [-40, -38, -31, -38] * 10  # a little louder than it was
    edges = [edge for level in hall if (edge := ear.hear(level, voiced=True))]
    assert edges[:2] == [Edge.LULLED, Edge.HUSHED]
    assert edges.count(Edge.LULLED) == 1


def test_with_a_detector_a_voice_little_above_the_noise_is_heard():
    ear = Endpointer()
    steady = (3, -35.0, False), (0.6, -29.0, True), (1, -35.0, False)
    assert feed_voiced(ear, *steady) == [Edge.STARTED, Edge.ENDED]
    assert ear.ended is not None and ear.ended.clearance < 6
    loudness_alone = Endpointer()
    feed(loudness_alone, (10, -35.0))
    assert kinds(feed(loudness_alone, (0.6, -29.0), (1, -35.0))) == []


def test_a_fan_that_is_switched_on_has_not_been_speaking():
    ear = Endpointer()
    feed_voiced(ear, (2, ROOM, False), (0.5, -40, False))
    assert feed_voiced(ear, (0.5, -25, True), (1, -40, False)) == [Edge.STARTED, Edge.ENDED]
    assert ear.ended is not None and ear.ended.speech <= 0.9


def test_a_detector_need_not_work_in_silence():
    ear = Endpointer()
    feed(ear, (3, -70))
    assert not ear.worth_a_look(-68)
    assert ear.worth_a_look(-50)
