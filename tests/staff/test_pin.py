"""Stories of people who know the PIN, and of people who try to find it out."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.fakes import Clock
from voicekiosk.staff.knock import Knock
from voicekiosk.staff.pin import LONGEST_WAIT, Pin, StaffError

RIGHT, WRONG = "483916", "111111"


class Kiosk:
    """A machine whose files outlive its processes."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clock = Clock()
        self.pin = self.restarts()

    def restarts(self) -> Pin:
        self.pin = Pin(self.home / "staff.yaml", self.home / "tries.json", lambda: self.clock.now)
        return self.pin

    def tries(self, pin: str, times: int = 1) -> list[int]:
        """The wait after each try, waited out before the next."""
        waits = []
        for _ in range(times):
            self.pin.judge(pin)
            waits.append(self.pin.wait())
            self.clock.now += waits[-1]
        return waits


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    kiosk = Kiosk(tmp_path / "config")
    kiosk.pin.set(RIGHT)
    return kiosk


def test_the_right_pin_opens_and_the_file_does_not_tell_it(kiosk: Kiosk) -> None:
    assert kiosk.pin.judge(RIGHT)
    written = (kiosk.home / "staff.yaml").read_text()
    assert RIGHT not in written
    assert stat.S_IMODE((kiosk.home / "staff.yaml").stat().st_mode) == 0o600


def test_the_same_pin_is_written_differently_every_time(kiosk: Kiosk) -> None:
    before = (kiosk.home / "staff.yaml").read_text()
    kiosk.pin.set(RIGHT)
    assert (kiosk.home / "staff.yaml").read_text() != before


@pytest.mark.parametrize(
    "pin", ["", "123", "123456789", "12a4", "１２３４", " 4839", "0000", "1234", "98765"]
)
def test_what_is_no_pin_or_everybodys_is_refused_with_its_mend(tmp_path: Path, pin: str) -> None:
    with pytest.raises(StaffError) as refused:
        Kiosk(tmp_path).pin.set(pin)
    assert "Choose" in refused.value.mend
    assert not (tmp_path / "staff.yaml").exists()


def test_each_wrong_try_waits_twice_as_long_up_to_five_minutes(kiosk: Kiosk) -> None:
    assert kiosk.tries(WRONG, 12) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, LONGEST_WAIT]


def test_a_restart_shortens_no_wait(kiosk: Kiosk) -> None:
    kiosk.tries(WRONG, 4)
    kiosk.pin.judge(WRONG)
    assert kiosk.restarts().wait() == 16
    kiosk.clock.now += 5
    assert kiosk.restarts().wait() == 11


def test_while_it_waits_even_the_right_pin_is_not_judged(kiosk: Kiosk) -> None:
    kiosk.pin.judge(WRONG)
    assert not kiosk.pin.judge(RIGHT)
    kiosk.clock.now += 1
    assert kiosk.pin.judge(RIGHT)


def test_the_right_pin_forgives_what_was_wrong_before(kiosk: Kiosk) -> None:
    kiosk.tries(WRONG, 3)
    assert kiosk.pin.judge(RIGHT)
    assert kiosk.tries(WRONG) == [1]


def test_a_clock_set_back_years_locks_nobody_out(kiosk: Kiosk) -> None:
    kiosk.tries(WRONG, 3)
    kiosk.pin.judge(WRONG)
    kiosk.clock.now -= 10**8
    assert kiosk.pin.wait() == 8


def test_a_try_that_cannot_be_counted_is_not_allowed(kiosk: Kiosk) -> None:
    lying = kiosk.home / "tries.json"
    lying.mkdir()
    (lying / "in-the-way").touch()
    kiosk.clock.now = lying.stat().st_mtime + LONGEST_WAIT + 1
    with pytest.raises(StaffError):
        kiosk.pin.judge(RIGHT)


def test_a_spoilt_count_is_no_new_start(kiosk: Kiosk) -> None:
    kiosk.tries(WRONG)
    (kiosk.home / "tries.json").write_text("{}")
    kiosk.clock.now = (kiosk.home / "tries.json").stat().st_mtime
    assert kiosk.pin.wait() == LONGEST_WAIT


def test_a_spoilt_file_says_how_to_mend_it(kiosk: Kiosk) -> None:
    (kiosk.home / "staff.yaml").write_text("salt: zz\n")
    with pytest.raises(StaffError, match="voicekiosk staff pin"):
        kiosk.pin.judge(RIGHT)


def test_five_touches_of_the_corner_within_three_seconds_open_the_page() -> None:
    clock = Clock()
    knock = Knock(lambda: clock.now)

    def touches(apart: float) -> list[bool]:
        opened = []
        for _ in range(5):
            clock.now += apart
            opened.append(knock.corner())
        return opened

    assert touches(1.0) == [False] * 5
    clock.now += 10
    assert touches(0.6) == [False] * 4 + [True]
    assert touches(0.1) == [False] * 4 + [True], "it begins anew"


def test_a_row_of_keys_opens_it_and_a_slow_or_other_row_does_not() -> None:
    clock = Clock()
    knock = Knock(lambda: clock.now)

    def presses(*keys: str, apart: float = 0.5) -> bool:
        opened = False
        for key in keys:
            clock.now += apart
            opened = knock.key(key)
        return opened

    assert presses("*", "0", "*", "0", "#")
    assert not presses("*", "0", "*", "0", "#", apart=1.5)
    assert not presses("*", "0", "0", "*", "#")
    assert presses("7", "*", "0", "*", "0", "numpaddivide")
    assert presses("f10")
