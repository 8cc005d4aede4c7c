"""A topic is told in sign language by a clip that the test films: a bar that walks across."""

import queue
from pathlib import Path

import av
import numpy as np
import pytest

from voicekiosk.ui.sign_video import WIDEST, Frame, SignVideo, fault_of

PATIENCE = 10
RATE = 25


def filmed(file: Path, pictures: int = 10, size: tuple[int, int] = (320, 240), rate: int = RATE):
    """A white bar on black; in picture n it stands n times 30 pixels from the left."""
    with av.open(str(file), "w") as clip:
        stream = clip.add_stream("mpeg4", rate=rate)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number in range(pictures):
            picture = np.zeros((size[1], size[0], 3), np.uint8)
            picture[:, number * 30 : number * 30 + 30] = 255
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                clip.mux(packet)
        for packet in stream.encode():
            clip.mux(packet)
    return file


def bar_of(frame: Frame) -> int:
    """How many pixels from the left the bar begins."""
    picture = np.frombuffer(frame.pixels, np.uint8).reshape(frame.height, frame.width, 3)
    return int(np.flatnonzero(picture[frame.height // 2, :, 0] > 128)[0])


def shown(file: Path, pictures: int) -> list[Frame]:
    frames: queue.Queue[Frame] = queue.Queue()
    video = SignVideo(file, frames.put)
    try:
        return [frames.get(timeout=PATIENCE) for _ in range(pictures)]
    finally:
        video.close()


def test_every_picture_is_shown_in_its_order(tmp_path):
    frames = shown(filmed(tmp_path / "documents.mp4"), 10)
    assert [round(bar_of(frame) / 30) for frame in frames] == list(range(10))


def test_a_large_clip_is_made_smaller_in_its_own_shape(tmp_path):
    (frame,) = shown(filmed(tmp_path / "documents.mp4", 1, (1920, 1080)), 1)
    assert (frame.width, frame.height) == (WIDEST, 360)


def test_it_stands_still_with_the_voice_and_goes_on_with_it(tmp_path):
    frames: queue.Queue[Frame] = queue.Queue()
    video = SignVideo(filmed(tmp_path / "documents.mp4", 10), frames.put)
    try:
        frames.get(timeout=PATIENCE)
        video.hold(True)
        while True:  # what was on its way
            try:
                frames.get(timeout=3 / RATE)
            except queue.Empty:
                break
        video.hold(False)
        assert frames.get(timeout=PATIENCE)
    finally:
        video.close()


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda file: file.unlink(), "cannot be shown"),
        (lambda file: file.write_bytes(b""), "cannot be shown"),
        (lambda file: file.write_text("no film"), "cannot be shown"),
        (lambda file: file.write_bytes(file.read_bytes()[:200]), "cannot be shown"),
        (lambda file: filmed(file, rate=1), "pictures a second"),
    ],
    ids=["missing", "empty", "text", "cut off", "still pictures"],
)
def test_what_is_no_clip_is_named_and_shown_as_nothing(tmp_path, spoil, why):
    file = filmed(tmp_path / "documents.mp4")
    assert fault_of(file) is None
    spoil(file)
    assert why in fault_of(file)
    frames: queue.Queue[Frame] = queue.Queue()
    video = SignVideo(file, frames.put)
    video.close()
    assert frames.empty()
