"""Opus for a pack: as loud as every clip, below the ceiling, and the same bytes each time."""

from __future__ import annotations

import numpy as np

from voicekiosk.prompts import sound
from voicekiosk.prompts.sound import Samples

PEAK = 10 ** (-1 / 20)
"""Of what comes out of the decoder: -1 dBFS."""
_ROUNDS = 4
_SERIAL = b"kios"
_SERIAL_AT, _CRC_AT, _SEGMENTS_AT, _HEAD = 14, 22, 26, 27


def encoded(samples: Samples) -> tuple[bytes, float]:
    """``samples`` at LOUDNESS; the clip, and how loud it comes out.

    Opus makes some short words softer and lets some peaks overshoot, so these go again.
    """
    gain, ceiling = 1.0, sound.CEILING
    for last in range(_ROUNDS):
        opus = sound.encode(sound.limited(samples * gain, ceiling), "opus")
        decoded = sound.decode(opus)
        level, peak = sound.loudness(decoded), sound.peak(decoded)
        off = sound.LOUDNESS - level
        good = abs(off) <= sound.TOLERANCE / 2 and peak <= PEAK
        if good or last == _ROUNDS - 1 or not np.isfinite(off):
            break
        if abs(off) > sound.TOLERANCE / 2:
            gain *= 10 ** (off / 20)
        if peak > PEAK:
            ceiling *= 0.99 * PEAK / peak
    return with_one_serial(opus), level


def with_one_serial(ogg: bytes) -> bytes:
    """Ogg numbers each stream at random: a fixed number makes the same takes the same pack."""
    pages, at = [], 0
    while ogg[at : at + 4] == b"OggS":
        segments = ogg[at + _SEGMENTS_AT]
        sizes = ogg[at + _HEAD : at + _HEAD + segments]
        end = at + _HEAD + segments + sum(sizes)
        page = bytearray(ogg[at:end])
        page[_SERIAL_AT : _SERIAL_AT + 4] = _SERIAL
        page[_CRC_AT : _CRC_AT + 4] = bytes(4)
        page[_CRC_AT : _CRC_AT + 4] = _crc(page).to_bytes(4, "little")
        pages.append(bytes(page))
        at = end
    return b"".join(pages) + ogg[at:]


def _table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = ((value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(value)
    return tuple(table)


_CRC = _table()


def _crc(page: bytes | bytearray) -> int:
    value = 0
    for byte in page:
        value = ((value << 8) & 0xFFFFFFFF) ^ _CRC[(value >> 24) ^ byte]
    return value
