"""How the printed booklet looks, and what it says around the texts in three languages."""

from __future__ import annotations

STYLE = """
@page { size: A4; margin: 16mm 15mm 18mm;
  @bottom-center { content: counter(page); font: 9pt sans-serif }
  @bottom-left { content: "voicekiosk"; font: 9pt sans-serif } }
* { box-sizing: border-box; -webkit-print-color-adjust: exact; print-color-adjust: exact }
body { font: 10.5pt/1.4 "Noto Sans", "DejaVu Sans", Arial, sans-serif; color: #111;
  max-width: 180mm; margin: 0 auto; padding: 0 2mm }
h1 { font-size: 20pt; margin: 0 0 4mm } h2 { font-size: 15pt; margin: 0 0 3mm }
h3 { font-size: 12.5pt; margin: 0 0 2mm }
section, .page { break-before: page; padding-top: 4mm }
.cover { break-before: avoid; min-height: 230mm }
header { display: flex; gap: 4mm; align-items: center; break-after: avoid; margin-bottom: 2mm }
header img { width: 18mm; height: 18mm; border-radius: 3mm; flex: none; padding: 2mm }
header h2, header h3 { margin: 0 }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 0 0 3mm }
col.kind { width: 27mm } thead { display: table-header-group }
td, th { border: 0.3mm solid #999; padding: 1.2mm 2mm; vertical-align: top; text-align: left;
  overflow-wrap: anywhere }
th { background: #eee } td.kind { font-size: 7pt; line-height: 1.2; color: #333 }
tr, .fact, .sign, .notes { break-inside: avoid } td p { margin: 0 0 0.8mm }
.fact td { background: #f6f2e4 } .state { font-weight: bold }
.id { font: 6.5pt monospace; color: #555 }
.tick { font-size: 8pt; color: #333 } .digits { font-size: 16pt; font-weight: bold }
.notes { border: 0.3mm solid #999; min-height: 22mm; padding: 1mm 2mm; margin-bottom: 3mm;
  font-size: 8pt }
.sign { display: flex; gap: 6mm; font-size: 8pt; margin-bottom: 6mm }
.sign div { border-top: 0.3mm solid #111; flex: 1; margin-top: 10mm; padding-top: 1mm }
nav ol { columns: 2; padding-left: 6mm } nav li { break-inside: avoid } nav a { color: inherit }
nav a::after { content: " " target-counter(attr(href), page) } /* where a printer can */
nav ol ol { columns: 1; list-style: none; padding-left: 2mm }
"""

TITLE = "Аппарат эмне дейт · Что говорит киоск · What the kiosk says"
CONTENTS = "Мазмуну · Содержание · Contents"
CLAIMS = "Өзгөрүп туруучу эрежелер · Изменяющиеся правила · Claims"
NUMBERS = "Телефон номерлери · Номера телефонов · Telephone numbers"
SELFCHECK = "Өзүн текшерүү · Самопроверка · Self-check"
DAYS = "Күндөрдү эсептөө · Счётчик дней · Counter of days"
SYSTEM = "Аппараттын өз сөздөрү · Слова самого киоска · The kiosk itself"
COMMANDS = "Буйруктар · Команды · Commands"
OTHERS = "Калгандары · Прочее · Everything else"
AGREED = "Кол тамга · Подпись · Signature"
NOTES = "Эскертүүлөр · Замечания · Notes"
SIGN = ("Аты-жөнү · Имя · Name", "Күнү · Дата · Day", "Колу · Подпись · Signature")
RELATED = "андан ары · далее · goes on to"
TOLD_IN = "кайсы темада · в темах · told in"
NOBODY = "эч кайсы темада айтылбайт · ни в одной теме · in no topic"
STATES = {
    "unconfirmed": "текшериле элек · не проверено · unconfirmed",
    "in force": "күчүндө · действует · in force",
    "expires within 60 days": "жакында бүтөт · скоро истекает · expires within 60 days",
    "expired": "мөөнөтү бүттү · истекло · expired",
}
SOURCE, WATCH = "булак · источник · source", "эмнени караш керек · что проверить · look at"
CHECKED = "текшерген · проверил(а) · checked by"
REVIEWED, UNREVIEWED = "✓", "☐"
HOW = (
    "Бул китепчеде аппарат айта турган сөздөрдүн баары бар. Үн чыгарып окуп, "
    "туура эмес жерин белгилеңиз. "
    "☐ — эч ким текшере элек, ✓ — текшерилген.",
    "В этой книжке всё, что говорит киоск. Прочтите вслух и отметьте, что неверно. "
    "☐ — текст никто не проверял, ✓ — проверен.",
    "This booklet holds everything the kiosk says. Read it aloud and mark what is wrong. "
    "☐ nobody has reviewed the text, ✓ somebody has. A claim is said in its first wording only "
    "while it is checked and in date, and in its second wording the rest of the time.",
)
