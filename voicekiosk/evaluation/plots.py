"""Plots as inline SVG: bars with their intervals, and the detection-error trade-off."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from statistics import NormalDist

from voicekiosk.evaluation.scoring import Rate

COLOURS = ("#1b6ca8", "#d1495b", "#5c8001", "#8a4fff", "#b26e00", "#3d3d3d")
"""Of the engines, in their order; told apart by colour-blind eyes and by their dashes too."""
DASHES = ("", "7 4", "2 3", "9 3 2 3", "14 4", "4 8")
_GREY = 'stroke="#ccc" stroke-width="1"'
_BAR, _GAP, _LEFT, _WIDE = 16, 14, 90, 560
_SIDE, _EDGE = 380, 56
_TICKS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8)
_PROBIT = NormalDist().inv_cdf


def bars(rows: Sequence[tuple[str, Sequence[Rate]]], series: Sequence[str], title: str) -> str:
    """One group of bars for each row, one bar for each of the series, from 0 to 100 %."""
    height = sum(len(rates) * _BAR + _GAP for _, rates in rows) + 34
    drawn = [_svg(_LEFT + _WIDE + 90, height, title)]
    for percent in range(0, 101, 20):
        x = _LEFT + _WIDE * percent / 100
        drawn.append(f'<line x1="{x}" y1="4" x2="{x}" y2="{height - 24}" {_GREY}/>')
        drawn.append(_text(x, height - 8, f"{percent} %", "middle"))
    y = 8
    for name, rates in rows:
        drawn.append(_text(_LEFT - 8, y + len(rates) * _BAR / 2 + 4, name, "end"))
        for at, rate in enumerate(rates):
            if rate.n:
                drawn += _bar(y, rate, COLOURS[at % len(COLOURS)], series[at])
            y += _BAR
        y += _GAP
    return "".join([*drawn, "</svg>"]) + legend(series)


def _bar(y: float, rate: Rate, colour: str, name: str) -> list[str]:
    low, high = rate.interval
    middle = y + _BAR / 2 - 1
    left, right = _LEFT + _WIDE * low, _LEFT + _WIDE * high
    told = f"{name}: {rate.k} of {rate.n} = {100 * rate.share:.1f} %"
    told += f" (95 %: {100 * low:.1f} to {100 * high:.1f})"
    return [
        f'<rect x="{_LEFT}" y="{y}" width="{_WIDE * rate.share:.1f}" height="{_BAR - 2}" '
        f'fill="{colour}"><title>{escape(told)}</title></rect>',
        f'<line x1="{left:.1f}" y1="{middle}" x2="{right:.1f}" y2="{middle}" '
        'stroke="#000" stroke-width="1.5"/>',
        _text(right + 6, y + _BAR - 4, f"{100 * rate.share:.1f}"),
    ]


def trade_off(
    curves: Sequence[tuple[str, Sequence[tuple[float, float]], tuple[float, float]]], title: str
) -> str:
    """Imposters let in against phrases missed, on normal-deviate axes (A. Martin et al., 1997).

    Each curve with its name, its points, and the point of the fixed bands.
    """
    size = _SIDE + 2 * _EDGE
    drawn = [_svg(size, size, title)]
    for tick in _TICKS:
        along = _EDGE + _SIDE * _scaled(tick)
        across = size - along
        drawn += [
            f'<line x1="{along:.1f}" y1="{_EDGE}" x2="{along:.1f}" y2="{size - _EDGE}" {_GREY}/>',
            f'<line x1="{_EDGE}" y1="{across:.1f}" x2="{size - _EDGE}" y2="{across:.1f}" {_GREY}/>',
            _text(along, size - _EDGE + 16, f"{100 * tick:g}", "middle"),
            _text(_EDGE - 6, across + 4, f"{100 * tick:g}", "end"),
        ]
    drawn.append(_text(size / 2, size - 12, "imposters let in, %", "middle"))
    drawn.append(_text(_EDGE, _EDGE - 14, "phrases missed or taken for another, %"))
    for at, (name, points, fixed) in enumerate(curves):
        colour, dash = COLOURS[at % len(COLOURS)], DASHES[at % len(DASHES)]
        path = " ".join(f"{_x(false):.1f},{_y(miss, size):.1f}" for false, miss in points)
        drawn.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5" '
            f'stroke-dasharray="{dash}"><title>{escape(name)}</title></polyline>'
        )
        drawn.append(
            f'<circle cx="{_x(fixed[0]):.1f}" cy="{_y(fixed[1], size):.1f}" r="6" '
            f'fill="{colour}"><title>{escape(name)}, fixed bands</title></circle>'
        )
    return "".join([*drawn, "</svg>"]) + legend([name for name, _, _ in curves])


def legend(names: Sequence[str]) -> str:
    if len(names) < 2:
        return ""
    items = (
        f'<span><svg width="26" height="10" aria-hidden="true"><line x1="0" y1="5" x2="26" y2="5" '
        f'stroke="{COLOURS[at % len(COLOURS)]}" stroke-width="6"/></svg> {escape(name)}</span>'
        for at, name in enumerate(names)
    )
    return f'<p class="legend">{" ".join(items)}</p>'


def _x(share: float) -> float:
    return _EDGE + _SIDE * _scaled(share)


def _y(share: float, size: float) -> float:
    return size - _EDGE - _SIDE * _scaled(share)


def _scaled(share: float) -> float:
    """0 at the first tick, 1 at the last; what lies beyond is drawn at the edge."""
    low, high = _PROBIT(_TICKS[0]), _PROBIT(_TICKS[-1])
    return (_PROBIT(min(max(share, _TICKS[0]), _TICKS[-1])) - low) / (high - low)


def _svg(width: float, height: float, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><title>{escape(title)}</title>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'
