"""Every test of the shelf has a centre of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packs.shelves import Centre


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return Centre(tmp_path)
