"""The conformance page: every check, its clause, its state and what backs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from html import escape

from voicekiosk.conformance.checks import Finding, State

_MARKS = {
    State.PASSED: ("#0b6b3a", "&#10003;"),
    State.FAILED: ("#a4161a", "&#10007;"),
    State.BACKED: ("#0b4a80", "&#9675;"),
    State.MEASURED: ("#0b6b3a", "&#9636;"),
    State.INSTRUMENT: ("#7a4b00", "&#9881;"),
    State.PEOPLE: ("#5b2a86", "&#9786;"),
    State.NOT_APPLICABLE: ("#555", "&#8211;"),
}
"""A colour and a sign each: colour alone tells nothing."""

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Voicekiosk: conformance</title>
<style>
body {{ font: 17px/1.5 sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; vertical-align: top; padding: .5rem .6rem }}
tr {{ border-bottom: 1px solid #bbb }}
td.state {{ font-weight: 600; min-width: 9rem }}
td.evidence {{ font-size: 14px; word-break: break-word }}
</style>
<h1>What the accessibility standards ask, and what backs it</h1>
<p>{counts}. Made on {today} by <code>voicekiosk conformance</code>. None of these standards binds a
kiosk in Kyrgyzstan by itself; they are the bar it is held to. No check is claimed that no test or
measurement backs.</p>
<table><thead><tr><th>check<th>clause<th>it holds when<th>state<th>evidence</thead><tbody>
{rows}
</tbody></table></html>
"""


def page(found: Sequence[Finding], today: date) -> str:
    states = Counter(finding.state for finding in found)
    counts = ", ".join(f"{states[state]} {state}" for state in State if states[state])
    return _PAGE.format(
        counts=escape(counts), today=today, rows="\n".join(_row(finding) for finding in found)
    )


def _row(finding: Finding) -> str:
    check = finding.check
    colour, mark = _MARKS[finding.state]
    return (
        f'<tr id="{check.id}"><td>{check.id}<td>{escape(check.clause)}<td>{escape(check.demand)}'
        f'<td class="state" style="color:{colour}">{mark} {escape(finding.state)}'
        f'<td class="evidence">{escape(finding.evidence)}'
    )
