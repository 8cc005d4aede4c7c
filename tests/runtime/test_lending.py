"""Staff want the screen: when the visit is over, or at once, and visitors find it as it was."""

from tests.runtime.hall import Hall
from voicekiosk.core.session import Phase


class Staff:
    """Asks for the screen, and knows whether it was given."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.has_it = 0

    def asks(self, *, at_once: bool = False) -> None:
        self.hall.kiosk.lend(self._given, at_once)
        self.hall.kiosk.pump()

    def _given(self) -> None:
        self.has_it += 1

    def leaves(self) -> None:
        self.hall.kiosk.take_back()
        self.hall.kiosk.pump()


def test_an_idle_kiosk_is_lent_at_once_and_nothing_is_counted() -> None:
    hall = Hall()
    staff = Staff(hall)
    staff.asks()
    assert staff.has_it == 1
    assert hall.journal.records == []


def test_a_visit_under_way_is_not_interrupted() -> None:
    hall = Hall()
    staff = Staff(hall)
    hall.press("h")
    staff.asks()
    assert not staff.has_it and hall.player.playing
    hall.press("h")
    assert staff.has_it == 1


def test_whoever_knows_the_hidden_sign_ends_the_visit() -> None:
    hall = Hall()
    staff = Staff(hall)
    hall.press("h")
    staff.asks(at_once=True)
    assert staff.has_it == 1 and not hall.player.playing
    assert hall.phase is Phase.IDLE


def test_no_key_and_no_word_reaches_the_dialogue_meanwhile() -> None:
    hall = Hall()
    staff = Staff(hall)
    staff.asks()
    hall.press("1", "0", "*")
    assert hall.phase is Phase.IDLE and not hall.player.said
    staff.leaves()
    hall.press("0")
    assert hall.phase is not Phase.IDLE


def test_a_handset_lifted_meanwhile_is_answered_afterwards() -> None:
    hall = Hall()
    staff = Staff(hall)
    staff.asks()
    hall.press("h")
    assert not hall.player.said
    staff.leaves()
    assert hall.kiosk.session.handset and hall.player.playing


def test_a_visit_that_ends_after_staff_left_again_lends_nothing() -> None:
    hall = Hall()
    staff = Staff(hall)
    hall.press("h")
    staff.asks()
    staff.leaves()
    hall.press("h")
    assert not staff.has_it
