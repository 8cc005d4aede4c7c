"""A handset is lifted at the jack, at a switch and at a USB telephone, and pulled out meanwhile.

The devices are pipes that carry what the kernel's would; which of them exist, and what they can
tell, stands in a folder laid out as sysfs is.
"""

import fcntl
import os
import queue
import struct
import termios
import time
from pathlib import Path

import pytest

from voicekiosk.hook import HookWatch
from voicekiosk.hook.report_descriptor import Bit, hook_bit

PATIENCE = 10

HEADSET = bytes.fromhex(
    "050b 0905 a101 8502 050b 1500 2501 0920 0997 7501 9502 8122 092f 0921 0924 0950"
    "7501 9504 8106 0907 0509 7501 9501 8102 050b 0906 a102 19b0 29bb 1500 250b 7504 9501 8100 c0"
    "7501 9505 8101 0508 1500 2501 0917 0909 0918 0920 0921 7501 9505 9122 c0"
)
"""The telephony part of a real USB headset's report descriptor (332 bytes in all)."""
MOUSE = bytes.fromhex("0501 0902 a101 0901 a100 0509 1901 2903 1500 2501 7501 9503 8102 c0 c0")


class Machine:
    """The files of a machine's devices, under a root of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.heard: queue.Queue[bool] = queue.Queue()
        self.watch = HookWatch(self.heard.put, root)
        self._pipes: dict[str, int] = {}

    def plug_events(self, name: str, *, sw: str = "0", key: str = "0") -> None:
        able = self.root / "sys/class/input" / name / "device/capabilities"
        able.mkdir(parents=True)
        (able / "sw").write_text(sw + "\n")
        (able / "key").write_text(key + "\n")
        self._pipe(name, self.root / "dev/input" / name)

    def plug_hid(self, name: str, descriptor: bytes) -> None:
        device = self.root / "sys/class/hidraw" / name / "device"
        device.mkdir(parents=True)
        (device / "report_descriptor").write_bytes(descriptor)
        self._pipe(name, self.root / "dev" / name)

    def _pipe(self, name: str, node: Path) -> None:
        node.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(node)
        self._pipes[name] = os.open(node, os.O_RDWR)

    def pull_out(self, name: str) -> None:
        (self.root / "sys/class/input" / name / "device/capabilities/sw").unlink()

    def sends(self, name: str, kind: int, code: int, value: int) -> None:
        os.write(self._pipes[name], struct.pack("@llHHi", 1, 2, kind, code, value))
        os.write(self._pipes[name], struct.pack("@llHHi", 1, 2, 0, 0, 0))

    def reports(self, name: str, report: bytes) -> None:
        """A device's reports are read one by one; in a pipe they would run together."""
        deadline = time.monotonic() + PATIENCE
        while fcntl.ioctl(self._pipes[name], termios.FIONREAD, b"    ") != b"\0\0\0\0":
            assert time.monotonic() < deadline, "nobody reads the reports"
        os.write(self._pipes[name], report)

    def says(self) -> bool:
        return self.heard.get(timeout=PATIENCE)


@pytest.fixture
def machine(tmp_path):
    machine = Machine(tmp_path)
    yield machine
    machine.watch.close()
    assert machine.heard.empty()


JACK, PHONE_KEY = "4", "20000000000 0 0"
"""Switch 2, and key 169: the 42nd bit of the third word."""


def test_a_headset_is_plugged_in_and_out(machine):
    machine.plug_events("event3", sw=JACK)
    machine.watch.open()
    machine.sends("event3", 5, 2, 1)
    assert machine.says() is True
    machine.sends("event3", 5, 2, 0)
    assert machine.says() is False


def test_a_switch_under_the_handset_is_a_key(machine):
    machine.plug_events("event0", key=PHONE_KEY)
    machine.watch.open()
    machine.sends("event0", 1, 30, 1)  # another key of the same device
    machine.sends("event0", 1, 169, 1)
    machine.sends("event0", 1, 169, 2)  # it repeats while it is down
    assert machine.says() is True
    machine.sends("event0", 1, 169, 0)
    assert machine.says() is False


def test_a_usb_telephone_reports_its_hook(machine):
    machine.plug_hid("hidraw0", HEADSET)
    machine.watch.open()
    machine.reports("hidraw0", b"\x01\x01\x00")  # a report of another part of the device
    machine.reports("hidraw0", b"\x02\x05\x00")
    assert machine.says() is True
    machine.reports("hidraw0", b"\x02\x04\x00")  # mute is still pressed, the hook is not
    assert machine.says() is False


def test_a_handset_that_is_plugged_in_later_works_too(machine):
    machine.watch.open()
    machine.plug_events("event5", sw=JACK)
    machine.sends("event5", 5, 2, 1)
    assert machine.says() is True


def test_a_handset_that_is_torn_out_has_hung_up(machine):
    machine.plug_events("event3", sw=JACK)
    machine.watch.open()
    machine.sends("event3", 5, 2, 1)
    assert machine.says() is True
    machine.pull_out("event3")
    assert machine.says() is False


def test_of_two_one_that_is_lifted_is_enough(machine):
    machine.plug_events("event3", sw=JACK)
    machine.plug_hid("hidraw0", HEADSET)
    machine.watch.open()
    machine.sends("event3", 5, 2, 1)
    assert machine.says() is True
    machine.reports("hidraw0", b"\x02\x01\x00")
    machine.reports("hidraw0", b"\x02\x00\x00")
    machine.sends("event3", 5, 2, 0)
    assert machine.says() is False


def test_mice_and_keyboards_are_no_handsets(machine):
    machine.plug_events(
        "event1", key="1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe"
    )
    machine.plug_hid("hidraw1", MOUSE)
    machine.watch.open()
    machine.sends("event1", 1, 169, 1)
    machine.reports("hidraw1", b"\x07\x07\x07")
    machine.plug_events("event2", sw=JACK)
    machine.sends("event2", 5, 2, 1)
    assert machine.says() is True  # the only thing that is said


def test_the_hook_is_the_first_bit_of_report_two():
    assert hook_bit(HEADSET) == Bit(report=2, offset=0)


@pytest.mark.parametrize("length", range(len(HEADSET)))
def test_half_a_descriptor_is_read_as_far_as_it_goes(length):
    whole = hook_bit(HEADSET)
    assert hook_bit(HEADSET[:length]) in (None, whole)


def test_a_descriptor_of_noise_ends():
    noise = bytes(n * n % 251 for n in range(4096))
    assert hook_bit(noise) is None
