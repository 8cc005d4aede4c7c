"""Which prompts were heard: a recording against every clip that is known, by their waves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicekiosk.core.messages import Spoken
from voicekiosk.core.types import Clip

RATE = 2000
"""Of what is compared, in hertz: the pitch of a voice and little else is enough."""
PIECE = 1.5
"""Seconds of a clip, or of its sentence, from the beginning, by which it is known."""
SAME, SAME_SHORT, SHORT = 0.6, 0.8, 1.2
"""The least likeness, and that of a piece of less than so many seconds: a single word is found in
others by chance. A busy machine tears gaps into what is heard, so it need not be the whole."""
APART = 0.3
"""Two clips do not begin nearer to each other than this many seconds."""
_SMOOTH = np.array([1, 2, 3, 4, 3, 2, 1]) / 16
"""Softens what changes from sample to sample: where a recording's samples fall is chance. With it
undisturbed short clips are 0.95 alike and more, others 0.66 at most in 99 of 100 pairs."""
_SIZE = 8192
_ROWS = 64

Wave = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Heard:
    at: float
    """Seconds of the recording."""
    spoken: frozenset[Spoken]
    """More than one where several prompts sound the same."""
    likeness: float


def wave(samples: bytes, rate: int) -> Wave:
    sound = np.frombuffer(samples, "<i2").astype(np.float32)
    step = rate // RATE
    means = sound[: sound.size // step * step].reshape(-1, step).mean(1)
    return np.convolve(means, _SMOOTH, "same").astype(np.float32)


class KnownClips:
    """Clips by the beginnings of their first sentences, ready to be compared all at once."""

    def __init__(self, clips: Iterable[tuple[Spoken, Clip]], sentences: int = 3) -> None:
        self._spoken: list[Spoken] = []
        pieces: list[Wave] = []
        for spoken, clip in clips:
            whole = wave(clip.pcm.samples, clip.pcm.rate)
            for start in clip.starts[:sentences]:
                piece = whole[round(start * RATE) :][: round(PIECE * RATE)]
                if piece.size > RATE // 4 and piece.any():
                    self._spoken.append(spoken)
                    pieces.append(piece / np.sqrt((piece**2).sum()))
        self._lengths = np.array([piece.size for piece in pieces])
        spectra = [np.conj(np.fft.rfft(piece, _SIZE)) for piece in pieces]
        self._spectra = np.array(spectra, np.complex64)

    def begun(self, recording: Wave, offset: float) -> Iterator[Heard]:
        """What begins in a stretch that is followed by at least PIECE seconds more."""
        last = recording.size - round(PIECE * RATE)
        for begin in range(0, max(0, last), _SIZE - round(PIECE * RATE)):
            stretch = recording[begin : begin + _SIZE]
            lags = min(last - begin, _SIZE - round(PIECE * RATE))
            yield from self._among(stretch, lags, offset + begin / RATE)

    def _among(self, stretch: Wave, lags: int, offset: float) -> Iterator[Heard]:
        if not stretch.any():
            return
        energy = np.concatenate([[0.0], np.cumsum(stretch.astype(np.float64) ** 2)])
        energy = np.concatenate([energy, np.full(_SIZE, energy[-1])])
        spectrum = np.fft.rfft(stretch, _SIZE).astype(np.complex64)
        loud = energy[-1] * 1e-4
        best: list[tuple[float, int, int]] = []
        for row in range(0, len(self._spoken), _ROWS):
            alike = np.fft.irfft(self._spectra[row : row + _ROWS] * spectrum, _SIZE)[:, :lags]
            for number, line in enumerate(alike, start=row):
                length = self._lengths[number]
                power = energy[length : length + lags] - energy[:lags]
                alike_here = line / np.sqrt(np.maximum(power, loud))
                lag = int(alike_here.argmax())
                least = SAME if length > SHORT * RATE else SAME_SHORT
                while alike_here[lag] >= least:  # it may begin more than once
                    best.append((float(alike_here[lag]), lag, number))
                    reach = round(APART * RATE)
                    alike_here[max(0, lag - reach) : lag + reach] = 0
                    lag = int(alike_here.argmax())
        best.sort(reverse=True)
        taken: list[int] = []
        for likeness, lag, _ in best:
            if all(abs(lag - other) > APART * RATE for other in taken):
                taken.append(lag)
                same = {
                    self._spoken[number]
                    for other, where, number in best
                    if abs(where - lag) < RATE / 20 and other > likeness - 0.02
                }
                yield Heard(offset + lag / RATE, frozenset(same), likeness)
