"""The measurement as one HTML file that needs nothing else: first the answer, then the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from voicekiosk.evaluation.engines import ACCEPTED, ASKED, REFUSED, WRONG
from voicekiosk.evaluation.figures import COLUMNS, Evaluation, percent, row
from voicekiosk.evaluation.plots import bars, trade_off
from voicekiosk.evaluation.scoring import Part, Score

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#111}
table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums}
th,td{border:1px solid #bbb;padding:.25rem .6rem;text-align:right;white-space:nowrap}
th:first-child,td:first-child{text-align:left}thead th{background:#eee}
svg text{font:13px system-ui,sans-serif}svg{max-width:100%;height:auto}
.answer{font-size:1.15rem;background:#eef5fb;padding:.6rem 1rem;border-left:5px solid #1b6ca8}
.failure{background:#fdecec;padding:.6rem 1rem;border-left:5px solid #d1495b}
.legend span{margin-right:1.5rem}.wide{overflow-x:auto}summary{cursor:pointer;font-weight:600}
"""
_WORST = 12
_PARTS = {"language": "Languages", "group": "Groups", "speaker": "Speakers", "topic": "Topics"}


def as_html(evaluation: Evaluation) -> str:
    """A report without anything from elsewhere: no script, no font, no picture."""
    menus = list(dict.fromkeys(score.menu for score in evaluation.scores))
    title = f"Listening: {evaluation.title}"
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>",
        *(f'<p class="failure">{escape(failure)}</p>' for failure in evaluation.failures),
        *(_answer(score) for score in evaluation.scores if score.condition == _first(evaluation)),
        *(_menu(menu, [s for s in evaluation.scores if s.menu == menu]) for menu in menus),
        "<h2>How to read this</h2><dl>",
        *(f"<dt><b>{escape(k)}</b></dt><dd>{escape(v)}</dd>" for k, v in COLUMNS.items()),
        "</dl><p>In brackets and as black lines: where the true share lies with 95 % (Wilson).</p>",
        "<h2>Notes</h2><ul>",
        *(f"<li>{escape(note)}</li>" for note in evaluation.notes),
        "</ul></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _first(evaluation: Evaluation) -> str:
    return evaluation.scores[0].condition if evaluation.scores else ""


def _answer(score: Score) -> str:
    """One engine in a sentence, in the order in which it matters to a visitor."""
    verdict = score.verdicts
    return (
        f'<p class="answer"><b>{escape(score.engine)}</b>, {escape(score.menu)}, '
        f"{escape(score.condition)}: of 100 who say a phrase "
        f"<b>{_whole(verdict[ACCEPTED].share)}</b> get it at once, "
        f"{_whole(verdict[ASKED].share)} are asked and then get it, "
        f"{_whole(verdict[REFUSED].share)} must say it again, "
        f"<b>{_whole(verdict[WRONG].share)}</b> get another. Of 100 who say something else "
        f"<b>{_whole(score.imposters_accepted.share)}</b> open something. "
        f"(n = {score.right.n} + {score.imposters_accepted.n})</p>"
    )


def _whole(share: float) -> str:
    """Few is never shown as none."""
    if share != share:
        return "?"
    return f"{100 * share:.1f}" if 0 < share < 0.1 else f"{100 * share:.0f}"


def _menu(name: str, scores: Sequence[Score]) -> str:
    engines = list(dict.fromkeys(score.engine for score in scores))
    conditions = list(dict.fromkeys(score.condition for score in scores))
    by_condition = [(c, [s for s in scores if s.condition == c]) for c in conditions]
    parts = [f"<h2>{escape(name)}</h2>"]
    head = ["condition", "engine", "n", *COLUMNS]
    cells = [
        [s.condition, s.engine, f"{s.right.n} + {s.imposters_accepted.n}", *row(s)] for s in scores
    ]
    parts.append(_table(head, cells))
    rights = [(c, [s.right for s in mine]) for c, mine in by_condition]
    accepted = [(c, [s.at(0.02).accepted for s in mine]) for c, mine in by_condition]
    for title, rows in (
        ("The right phrase believed most", rights),
        ("Right and accepted at 2 % false accepts", accepted),
    ):
        parts.append(f"<h3>{title}</h3>" + bars(rows, engines, title))
    first = by_condition[0][1]
    curves = [
        (s.engine, s.curve, (s.imposters_accepted.share, 1 - s.verdicts[ACCEPTED].share))
        for s in first
        if s.curve
    ]
    if curves:
        parts.append(
            f"<h3>Letting in against missing, {escape(conditions[0])}</h3><p>Nearer to the lower "
            "left corner is better. The dot is where the fixed bands stand.</p>"
            + trade_off(curves, f"{name}: detection-error trade-off")
        )
    parts += [_details(score) for score in scores]
    return "\n".join(parts)


def _details(score: Score) -> str:
    inner: list[str] = []
    if score.confusions:
        inner.append("<h4>Taken for each other</h4>")
        rows = [[said, heard, str(n), str(opened)] for said, heard, n, opened in score.confusions]
        inner.append(_table(["said", "believed", "times", "and opened"], rows))
    if score.false_accepts:
        inner.append("<h4>Imposters let in</h4>")
        inner.append(
            _table(
                ["said", "taken for", "times"], [[a, b, str(n)] for a, b, n in score.false_accepts]
            )
        )
    for what, title in _PARTS.items():
        if not score.parts[what]:
            continue
        worst = sorted(score.parts[what], key=_trouble)
        shown = worst[:_WORST] if what == "topic" else worst
        more = f", the {_WORST} worst of {len(worst)}" if len(shown) < len(worst) else ""
        inner.append(f"<h4>{title}{more}</h4>" + _parts(shown))
    if not inner:
        return ""
    name = f"{score.engine}, {score.condition}: who and what fails"
    return f"<details><summary>{escape(name)}</summary>{''.join(inner)}</details>"


def _trouble(part: Part) -> tuple[float, float, int]:
    """Worst first; a part without phrases last."""
    if not part.right.n:
        return (2.0, 0.0, 0)
    return (part.right.share, part.verdicts[ACCEPTED].share, -part.right.n)


def _parts(parts: Iterable[Part]) -> str:
    head = ["", "n", "right", ACCEPTED, ASKED, REFUSED, WRONG, "let in", "n imposters"]
    rows = [
        [
            part.name,
            str(part.right.n),
            percent(part.right),
            *(percent(part.verdicts[v]) for v in (ACCEPTED, ASKED, REFUSED, WRONG)),
            percent(part.imposters),
            str(part.imposters.n),
        ]
        for part in parts
    ]
    return _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>" for cells in rows
    )
    table = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide">{table}</div>'
