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
    return [edge for _, edge in edges]


def test_a_quiet_room_is_no_utterance():
    assert feed(Endpointer(), (20, ROOM)) == []


def test_a_word_starts_after_a_tenth_of_a_second_and_ends_after_four_tenths_of_quiet():
    (start, first), (end, last) = feed(Endpointer(), (1, ROOM), (0.8, VOICE), (1, ROOM))
    assert (first, last) == (Edge.STARTED, Edge.ENDED)
    assert (start - 50) * 0.02 <= 0.12
    assert 0.35 <= (end - 90) * 0.02 <= 0.45


def test_a_knock_is_no_utterance():
    assert feed(Endpointer(), (1, ROOM), (0.06, -5), (2, ROOM)) == []


def test_a_pause_between_two_words_does_not_end_the_phrase():
    ear = Endpointer()
    edges = feed(ear, (1, ROOM), (0.5, VOICE), (0.35, ROOM), (0.5, VOICE), (1, ROOM))
    assert kinds(edges) == [Edge.STARTED, Edge.ENDED]
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
