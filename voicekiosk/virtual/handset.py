"""A handset without wires: a sound server of our own whose ear is recorded and mouth is fed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicekiosk.ports import AudioError
from voicekiosk.virtual.mortality import mortal

EAR_RATE = 16_000
"""Hertz of what is recorded at the ear."""
START_SECONDS = 20.0

# Without norewinds the microphone delivers nothing for up to 1.2 s and speech loses its start.
_WIRING = """\
load-module module-native-protocol-unix auth-anonymous=1
load-module module-null-sink sink_name=speaker norewinds=1 rate=48000 channels=2
load-module module-null-sink sink_name=miccable norewinds=1 rate=48000 channels=1
load-module module-remap-source source_name=mic master=miccable.monitor
set-default-sink speaker
set-default-source mic
"""


class Ear:
    """What is heard at the ear, growing while it is recorded: 16-bit mono at EAR_RATE."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def samples(self, since: float = 0.0) -> bytes:
        """What was heard from a time of the recording on."""
        try:
            with self._path.open("rb") as recording:
                recording.seek(round(since * EAR_RATE) * 2)
                heard = recording.read()
        except FileNotFoundError:
            return b""
        return heard[: len(heard) // 2 * 2]

    @property
    def seconds(self) -> float:
        return self._path.stat().st_size // 2 / EAR_RATE if self._path.exists() else 0.0

    def save(self, path: Path) -> None:
        with wave.open(str(path), "wb") as recording:
            recording.setnchannels(1)
            recording.setsampwidth(2)
            recording.setframerate(EAR_RATE)
            recording.writeframes(self.samples())


class VirtualHandset:
    """A PulseAudio daemon as a child; ``environment`` leads programs to its two devices."""

    def __init__(self) -> None:
        self._home: Path | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> VirtualHandset:
        for program, package in (("pulseaudio", "pulseaudio"), ("parec", "pulseaudio-utils")):
            if shutil.which(program) is None:
                raise AudioError(
                    f"There is no sound card, and no {program} to stand in for it",
                    f"Connect a handset, or: apt-get install {package}",
                )
        self._home = Path(tempfile.mkdtemp(prefix="handset-"))
        (self._home / "run").mkdir(mode=0o700)
        (self._home / "handset.pa").write_text(_WIRING)
        try:
            self.restart()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.kill()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = None

    @property
    def home(self) -> Path:
        if self._home is None:
            raise AudioError("The virtual handset is closed", "Use it inside its with block")
        return self._home

    @property
    def environment(self) -> dict[str, str]:
        run = self.home / "run"
        return {"XDG_RUNTIME_DIR": str(run), "PULSE_SERVER": f"unix:{run}/pulse/native"}

    def kill(self) -> None:
        """The sound server dies without a word, as servers do."""
        server, self._server = self._server, None
        if server is not None:
            server.kill()
            server.wait()

    def restart(self) -> None:
        """Start the sound server, again when it was running, and wait until it answers."""
        self.kill()
        door = self.home / "run" / "pulse" / "native"
        door.unlink(missing_ok=True)
        with (self.home / "pulseaudio.log").open("ab") as log:
            self._server = subprocess.Popen(
                mortal(
                    *("pulseaudio", "-n", "-F", str(self.home / "handset.pa"), "--daemonize=no"),
                    *("--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"),
                ),
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while not (_answers(door) and self._knows_microphone()):
            if self._server.poll() is not None or time.monotonic() > deadline:
                said = (self.home / "pulseaudio.log").read_text(errors="replace")[-300:]
                raise AudioError(f"PulseAudio does not start: {said.strip()}", "See its message")
            time.sleep(0.02)

    def speak_file(self, path: Path, *, timeout: float = 60) -> None:
        """Say a sound file into the mouthpiece; returns when it has been said."""
        self._run("paplay", "--device=miccable", str(path), timeout=timeout)

    @contextmanager
    def listening(self) -> Iterator[Ear]:
        """Record at the ear for as long as the block runs."""
        number, name = tempfile.mkstemp(dir=self.home, suffix=".raw")
        with os.fdopen(number, "wb") as out:
            recorder = subprocess.Popen(
                mortal(
                    *("parec", "--device=speaker.monitor", f"--rate={EAR_RATE}", "--channels=1"),
                    *("--format=s16le", "--raw", "--latency-msec=20"),
                ),
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
            )
        ear = Ear(Path(name))
        try:
            deadline = time.monotonic() + START_SECONDS
            while not ear.samples():
                if recorder.poll() is not None or time.monotonic() > deadline:
                    raise AudioError("Nothing can be heard at the ear", "Is PulseAudio running?")
                time.sleep(0.01)
            yield ear
        finally:
            recorder.terminate()
            try:
                recorder.wait(5)
            except subprocess.TimeoutExpired:
                recorder.kill()
                recorder.wait()

    def _knows_microphone(self) -> bool:
        try:
            said = self._run("pactl", "list", "short", "sources", timeout=5)
        except AudioError:
            return False
        return b"mic" in said.split()

    def _run(self, *words: str, timeout: float) -> bytes:
        try:
            return subprocess.run(
                words,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=timeout,
                check=True,
            ).stdout
        except (subprocess.SubprocessError, FileNotFoundError) as fault:
            raise AudioError(f"{words[0]} failed ({fault})", "Is PulseAudio running?") from fault


def _answers(door: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as knock:
        try:
            knock.connect(str(door))
        except OSError:
            return False
    return True
