"""A content folder of one category: two topics, of which one tells a claim and a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.loading.spoiling import CONTENT, Copy
from voicekiosk.core.content import Content, Topic
from voicekiosk.core.types import OptionId, PromptId
from voicekiosk.loading import Loaded, load_all

TODAY = date(2027, 3, 1)
CLAIMS, NUMBERS = "claims.yaml", "numbers.yaml"
CATEGORY = "categories/1-work.yaml"

CLAIMS_TEXT = """\
# What changes.  Two blanks before this sentence stay.

limit:          # counted in days
  says: {ky-KG: ["Бул жыл үчүн, токсон күн."], ru-KG: ['На год, девяносто дней.']}
  otherwise:
      ky-KG: [Бул эреже өзгөрүп турат.]
      ru-KG:
      - Это правило меняется.
  source: "somewhere"
  seen_on: "2025"
  checked_on: null    # nobody yet
  checked_by:
  valid_until: ~
  watch: >
    is it so,
    and for whom?

spare: {says: {ky-KG: [Ооба.], ru-KG: [Да.]}, otherwise: {ky-KG: [Сураңыз.], ru-KG: [Спросите.]},
  source: x, seen_on: null, checked_on: null, checked_by: null, valid_until: null}
"""
NUMBERS_TEXT = """\
hotline:
  number: "0 312 62"
  names: {ky-KG: Ишеним телефону, ru-KG: Горячая линия}
  otherwise: {ky-KG: [Номерди сураңыз.], ru-KG: [Спросите номер.]}
  country: KG
  languages: [ky, ru]
  hours: null
  cost: free
  source: x
  seen_on: null
  verified_on: null
  verified_by: null
  valid_until: null
"""
CATEGORY_TEXT = """\
id: work
pictogram: work
colour: "#6a3200"
shape: diamond
sensitive: true
names: {ky-KG: Жумуш, ru-KG: Работа}
phrases: {ky-KG: [эмгек], ru-KG: [труд]}
topics:
  - id: rules
    pictogram: patent
    names: {ky-KG: Эрежелер, ru-KG: Правила}
    phrases: {ky-KG: [тартип], ru-KG: [порядок]}
    invitation: {ky-KG: Канча күн болот., ru-KG: Сколько дней можно.}
    telling:
      - text: {ky-KG: [Күндөрдү санаңыз.], ru-KG: [Считайте дни.]}
      - claim: limit
      - number: hotline
      - text: {ky-KG: [Сураңыз.], ru-KG: [Спросите.]}
    remember: {ky-KG: [Санаңыз.], ru-KG: [Считайте.]}
    related: [wages]
  - id: wages
    pictogram: wages
    names: {ky-KG: Айлык, ru-KG: Зарплата}
    phrases: {ky-KG: [маяна], ru-KG: [оплата]}
    telling: {ky-KG: [Күтпөңүз.], ru-KG: [Не ждите.]}
"""


@dataclass(frozen=True)
class SmallFolder(Copy):
    def on(self, day: date | None) -> Loaded:
        return load_all(self.folder, day)

    def checked(self, on: str, until: str, by: str = "Айгүл") -> None:
        """The claim was checked; the lines are rewritten as somebody would by hand."""
        text = (self.folder / CLAIMS).read_text(encoding="utf-8")
        before, after = text.split("  checked_on:", 1)
        after = after[after.index("  watch:") :]
        filled = f"  checked_on: {on}\n  checked_by: {by}\n  valid_until: {until}\n"
        (self.folder / CLAIMS).write_text(before + filled + after, encoding="utf-8")


def small_folder(folder: Path) -> SmallFolder:
    content = folder / "content"
    (content / "categories").mkdir(parents=True)
    for name in ("kiosk.yaml", "prompts.yaml"):
        # All of its one category is sensitive: nothing in it could be neutral.
        text = (CONTENT / name).read_text(encoding="utf-8").replace("neutral: documents\n", "")
        (content / name).write_text(text, encoding="utf-8")
    (content / "pictograms").symlink_to(CONTENT / "pictograms")
    (content / CLAIMS).write_text(CLAIMS_TEXT, encoding="utf-8")
    (content / NUMBERS).write_text(NUMBERS_TEXT, encoding="utf-8")
    (content / CATEGORY).write_text(CATEGORY_TEXT, encoding="utf-8")
    return SmallFolder(content)


def rules(content: Content) -> Topic:
    topic = content.options[OptionId("topic.rules")]
    assert isinstance(topic, Topic)
    return topic


def telling(content: Content) -> tuple[PromptId, ...]:
    return rules(content).telling
