"""What the recording sheet says around the texts, in Kyrgyz, Russian and English."""

from __future__ import annotations

LANGUAGES = ("ky", "ru", "en")

Words = tuple[str, str, str]

STYLE = """
@page{size:A4;margin:12mm}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{font:16px/1.4 system-ui,"Noto Sans","DejaVu Sans",Arial,sans-serif;max-width:70rem;
 margin:1rem auto;padding:0 1rem;color:#111}
table{border-collapse:collapse;width:100%}thead{display:table-header-group}
tr{break-inside:avoid}td,th{border:1px solid #999;padding:.4rem .6rem;vertical-align:middle;
 text-align:left}
.n{font-size:1.5rem;font-weight:700}.t{font-size:1.5rem;line-height:1.5}
.w{font-size:.9rem;width:24%}small{color:#555;overflow-wrap:anywhere}.b{font-size:2rem}
.p{display:block;width:3rem;height:3rem;border-radius:.4rem;background:#243b53 center/80% no-repeat}
"""

TITLE: Words = ("Жаздыруу барагы", "Лист для записи", "Recording sheet")
CONTENT: Words = ("тексттер", "тексты", "texts")
UNREVIEWED: Words = (
    "Бул барактын кыргызча сөздөрүн эне тилинде сүйлөгөн адам текшере элек.",
    "",
    "",
)

_NUMBER: Words = ("Номери", "Номер", "Number")
_DONE: Words = ("Болду", "Готово", "Done")
_TEXT: Words = ("Окула турган текст", "Текст", "Text to read")
_WHEN: Words = ("Качан айтылат", "Когда это звучит", "When it is said")
COLUMNS: tuple[Words, ...] = (
    _NUMBER,
    _DONE,
    _TEXT,
    _WHEN,
    ("Тили", "Язык", "Language"),
    ("Аталышы", "Имя", "Name"),
)
PRINTED: tuple[Words, ...] = (
    _NUMBER,
    ("Сүрөтү", "Картинка", "Picture"),
    _TEXT,
    _WHEN,
    _DONE,
)

HOW: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] = (
    (
        "Тынч бөлмөдө, телефонду оозуңуздан эки карыш алыс кармап окуңуз.",
        "Ар бир саптын үнүн өзүнчө файлга жаздырыңыз. Алгач бир аз күтүп, анан окуңуз.",
        "Файлдын атына саптын номерин жазыңыз: 017.",
        "Жаңылсаңыз, ошол сапты кайра окуңуз. Даяр сапты белгилеңиз.",
    ),
    (
        "Читайте в тихой комнате. Телефон держите в двух ладонях ото рта.",
        "Каждую строку записывайте в отдельный файл. Нажали запись, секунду подождали, прочитали.",
        "Назовите файл номером строки: 017.",
        "Ошиблись — прочитайте строку ещё раз. Готовую строку отметьте.",
    ),
    (
        "Read in a quiet room. Hold the telephone two hands away from your mouth.",
        "Record each line as a file of its own. Start, wait a second, then read.",
        "Name the file by the number of its line: 017.",
        "A slip? Read the line again. Tick what is done.",
    ),
)

_BEGINS: tuple[tuple[str, Words], ...] = (
    (
        "system.welcome",
        (
            "Эң башында, трубка көтөрүлгөндө.",
            "В самом начале, когда снимают трубку.",
            "At the very beginning, when the handset is lifted.",
        ),
    ),
    (
        "system.key.",
        (
            "Тандоонун атынан кийин: кайсы баскычты басуу керек.",
            "После названия: какую кнопку нажать.",
            "After a name: which key chooses it.",
        ),
    ),
    (
        "system.no_input",
        ("Эч ким жооп бербегенде.", "Когда никто не отвечает.", "When nobody answers."),
    ),
    (
        "system.choice_no_input",
        ("Эч ким жооп бербегенде.", "Когда никто не отвечает.", "When nobody answers."),
    ),
    (
        "system.no_match",
        ("Айтканы түшүнүксүз болгондо.", "Когда слова не поняты.", "When it was not understood."),
    ),
    (
        "system.choice_no_match",
        ("Айтканы түшүнүксүз болгондо.", "Когда слова не поняты.", "When it was not understood."),
    ),
    (
        "system.help",
        ("Жардам сураганда.", "Когда просят помощи.", "When somebody asks for help."),
    ),
    (
        "system.teach",
        (
            "Аппаратты колдонуп үйрөнгөндө.",
            "Когда учатся пользоваться киоском.",
            "While somebody tries the kiosk out.",
        ),
    ),
    ("system.goodbye", ("Эң аягында.", "В самом конце.", "At the very end.")),
    (
        "system.too_",
        (
            "Айтканы начар угулганда.",
            "Когда говорящего плохо слышно.",
            "When the visitor is hard to hear.",
        ),
    ),
    (
        "system.days",
        ("Күндөрдү эсептегенде.", "При подсчёте дней.", "While days are counted."),
    ),
    ("system.selfcheck", ("Өзүн текшергенде.", "При самопроверке.", "During the self-check.")),
    (
        "system.",
        ("Аппараттын өз сөзү.", "Слова самого киоска.", "The kiosk's own words."),
    ),
    (
        "selfcheck.question",
        (
            "Өзүн текшерүүнүн суроосу. Жай, жылуу окуңуз.",
            "Вопрос самопроверки. Читайте спокойно и мягко.",
            "A question of the self-check. Read it calmly and kindly.",
        ),
    ),
    (
        "selfcheck.",
        ("Өзүн текшергенде.", "При самопроверке.", "During the self-check."),
    ),
    (
        "days.",
        (
            "Күндөрдү эсептегенде, башка сөздөрдүн арасында.",
            "При подсчёте дней, среди других слов.",
            "While days are counted, between other words.",
        ),
    ),
    (
        "number.",
        (
            "Телефон номери. Ар бир санды ачык окуңуз.",
            "Номер телефона. Каждую цифру читайте чётко.",
            "A telephone number. Read every digit clearly.",
        ),
    ),
    ("claim.", ("Теманын ичинде: эреже.", "Внутри темы: правило.", "In a topic: a rule.")),
    ("topic.", ("Теманын тексти.", "Рассказ по теме.", "What is told on a topic.")),
)

_ENDS: tuple[tuple[str, Words], ...] = (
    (
        ".otherwise",
        (
            "Эреженин мөөнөтү бүтсө, анын ордуна.",
            "Вместо правила, когда его срок истёк.",
            "In place of a rule that has expired.",
        ),
    ),
    (
        ".name",
        (
            "Тандоонун аты. Тизмедегидей окуңуз.",
            "Название для выбора. Читайте как пункт списка.",
            "The name of a choice. Read it like one of a list.",
        ),
    ),
    (
        ".invitation",
        (
            "Теманын атынан кийин: ал эмне жөнүндө.",
            "После названия темы: о чём она.",
            "After a topic's name: what it is about.",
        ),
    ),
    (
        ".remember",
        (
            "Теманын аягында: эң маанилүүсү.",
            "В конце темы: самое важное.",
            "At the end of a topic: what matters most.",
        ),
    ),
)

_OTHERS: Words = ("Сөз арасында.", "По ходу разговора.", "In the course of a visit.")


def when(prompt: str) -> Words:
    """When a prompt is said, so that its reader knows how to say it."""
    for ending, said in _ENDS:
        if prompt.endswith(ending):
            return said
    return next((said for begin, said in _BEGINS if prompt.startswith(begin)), _OTHERS)
