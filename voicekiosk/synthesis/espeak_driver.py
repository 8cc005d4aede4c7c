"""A pyttsx3 driver for espeak-ng that renders synchronously and loses nothing.

pyttsx3's own Linux driver plays inside the callback, drops data in asynchronous mode and crashes
when stopped from another thread. This one hands every chunk of sound to the ``sink`` property.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from voicekiosk.ports import SynthesisError

NAME = "voicekiosk_espeak"
SYNCHRONOUS = 2
DONT_EXIT = 0x8000
UTF8 = 1
RATE, VOLUME, PITCH = 1, 2, 3
LONGEST_DATA_PATH = 150
"""espeak-ng copies the path into a buffer of 160 bytes without a word."""

SYNTH_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class Voice(ctypes.Structure):
    """espeak_VOICE of speak_lib.h, as far as it is read here."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
    )


class Library:
    """The one espeak-ng of this process: its state is global and not thread-safe."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        path, data = _where()
        try:
            self.dll = ctypes.CDLL(path)
        except OSError as error:
            raise SynthesisError(
                f"espeak-ng cannot be loaded: {error}", "Install espeakng-loader (pip)."
            ) from error
        self.dll.espeak_GetCurrentVoice.restype = ctypes.POINTER(Voice)
        self.dll.espeak_Synth.argtypes = (
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_void_p,
            ctypes.c_void_p,
        )
        self.sample_rate: int = self.dll.espeak_Initialize(
            SYNCHRONOUS, 200, data.encode() if data else None, DONT_EXIT
        )
        if self.sample_rate <= 0:
            raise SynthesisError(
                f"espeak-ng cannot start with {data}", "Reinstall espeakng-loader (pip)."
            )


def _where() -> tuple[str, str | None]:
    """The library, and the folder of its data; the system's own when the wheel is not there."""
    try:
        import espeakng_loader  # type: ignore[import-untyped]
    except ImportError:
        return "libespeak-ng.so.1", None
    data = str(Path(espeakng_loader.get_library_path()).parent / "espeak-ng-data")
    if len(data.encode()) > LONGEST_DATA_PATH:
        raise SynthesisError(
            f"espeak-ng cannot use a data path as long as {data}", "Install in a shorter path."
        )
    return espeakng_loader.get_library_path(), data


_library: Library | None = None
_library_lock = threading.Lock()


def library() -> Library:
    """Load espeak-ng at first use; it can be initialised once in a process."""
    global _library
    with _library_lock:
        if _library is None:
            _library = Library()
        return _library


class EspeakDriver:
    """What pyttsx3 calls; everything happens before the call returns."""

    def __init__(self, proxy: Any) -> None:
        self._proxy = proxy
        self._library = library()
        self._voice = "ru"
        self._parameters = {RATE: 150, VOLUME: 100, PITCH: 50}
        self._sink: Callable[[bytes], None] = lambda chunk: None
        self._cancelled: Callable[[], bool] = lambda: False
        self._fault: BaseException | None = None
        # ctypes does not keep it alive, and espeak-ng calls it for as long as the process lives.
        self._callback = SYNTH_CALLBACK(self._on_chunk)

    def _on_chunk(self, samples: Any, count: int, _events: Any) -> int:
        try:
            if self._cancelled():
                return 1
            if samples and count > 0:
                self._sink(ctypes.string_at(samples, count * 2))
        except BaseException as error:
            self._fault = error
            return 1
        return 0

    def say(self, text: str) -> None:
        spoken = text.encode()
        self._fault = None
        self._proxy.notify("started-utterance")
        with self._library.lock:
            dll = self._library.dll
            self._choose_voice()
            for parameter, value in self._parameters.items():
                dll.espeak_SetParameter(parameter, value, 0)
            dll.espeak_SetSynthCallback(self._callback)
            failed = dll.espeak_Synth(spoken, len(spoken) + 1, 0, 1, 0, UTF8, None, None)
        if self._fault is not None:
            raise self._fault
        if failed:
            raise RuntimeError(f"espeak_Synth answered {failed}")
        self._proxy.notify("finished-utterance", completed=not self._cancelled())

    def _choose_voice(self) -> None:
        dll = self._library.dll
        failed = dll.espeak_SetVoiceByName(self._voice.encode())
        current = dll.espeak_GetCurrentVoice()
        # `languages` starts with a priority byte. espeak-ng keeps the voice before when it fails.
        languages = (current.contents.languages or b"")[1:] if current else b""
        if failed or languages.split(b"-")[0] != self._voice.encode():
            raise ValueError(f"espeak-ng has no voice {self._voice!r}")

    def setProperty(self, name: str, value: Any) -> None:
        if name == "voice":
            self._voice = str(value)
        elif name == "rate":
            self._parameters[RATE] = int(value)
        elif name == "volume":
            self._parameters[VOLUME] = round(value * 100)
        elif name == "pitch":
            self._parameters[PITCH] = int(value)
        elif name == "sink":
            self._sink = value
        elif name == "cancelled":
            self._cancelled = value
        else:
            raise KeyError(f"unknown property {name}")

    def getProperty(self, name: str) -> Any:
        known = {
            "voice": self._voice,
            "rate": self._parameters[RATE],
            "volume": self._parameters[VOLUME] / 100,
            "pitch": self._parameters[PITCH],
            "sample_rate": self._library.sample_rate,
        }
        return known[name]

    def startLoop(self) -> None:
        self._proxy.setBusy(False)  # runs everything that is queued, then returns

    def endLoop(self) -> None: ...

    def stop(self) -> None:
        """Nothing: every loop's end calls it; ``cancelled`` is how a rendering is stopped."""

    def destroy(self) -> None: ...


def buildDriver(proxy: Any) -> EspeakDriver:
    return EspeakDriver(proxy)


def register() -> None:
    """Make ``pyttsx3.init(NAME)`` find this driver."""
    sys.modules[f"pyttsx3.drivers.{NAME}"] = sys.modules[__name__]
