"""Fewer things on a screen, so that each is larger or nearer. Nothing becomes unreachable."""

from __future__ import annotations

from dataclasses import replace

from voicekiosk.core.screen import Scene, ScreenView


def simpler(view: ScreenView, fewer: bool, upright: bool) -> ScreenView:
    """Fewer: one question at a time, at home the categories, in a category its topics; no rail.

    An upright screen has no room for all topics beside the rail; home leads back to it.
    """
    if not view.rail or not (fewer or (upright and view.scene is Scene.ALL_TOPICS)):
        return view
    if view.scene is Scene.HOME:
        return replace(view, tiles=view.rail[:6], rail=())
    return replace(view, rail=())
