"""What a spreadsheet of the texts says around them, in Kyrgyz, Russian and English."""

from __future__ import annotations

KINDS = {
    "name": ("аталышы", "название", "name"),
    "phrases": ("ушул сөздөр менен да тандалат", "другие слова для выбора", "other words for it"),
    "invitation": ("эмне жөнүндө", "о чём тема", "what it answers"),
    "telling": ("айтылуучу текст", "рассказ", "telling"),
    "remember": ("эсте калсын", "запомнить одно", "one thing to remember"),
    "says": ("текшерилген кезде айтылат", "пока проверено", "said while it is checked"),
    "otherwise": ("текшериле элек кезде айтылат", "пока не проверено", "said the rest of the time"),
    "before": ("номердин алдында айтылат", "перед номером", "said before the number"),
    "prompt": ("аппараттын сөзү", "говорит сам аппарат", "the kiosk itself says"),
    "question": ("суроо", "вопрос", "question"),
    "outcome": ("аягында айтылат", "в конце", "said at the end"),
}
"""What a text is, by its kind."""

TITLES = {
    "id": "id (locked)",
    "what": "Бул эмне · Что это · What it is",
    "ky-KG": "Кыргызча",
    "ru-KG": "Русский",
    "by": "Ким текшерди · Проверил(а) · Reviewer",
    "on": "Качан · Когда · Reviewed on",
    "note": "Эскертүү · Заметка · Note",
}

HOW_TO = (
    (
        "КЫРГЫЗЧА (бул көрсөтмөнү да эне тилинде сүйлөгөн адам текшере элек)",
        "Ар бир сап бир текст. Бир уячада ар бир сүйлөм өзүнчө сапта турат (Alt+Enter).",
        "«Кыргызча» жана «Русский» мамычаларын гана оңдоңуз. id өзгөрбөйт, сап өчүрүлбөйт.",
        "Санды сөз менен жазыңыз: 90 эмес, токсон. Латын тамгасын жазбаңыз.",
        "Уячаны бош калтырбаңыз.",
        "Үн чыгарып окуп, туура деп тапсаңыз, атыңызды жана күндү жазыңыз: 2027-03-31.",
        "Текст кийин өзгөрсө, ал кайра текшерилбеген болуп эсептелет.",
        "Даяр болгондо файлды .xlsx түрүндө сактап, кайра жөнөтүңүз.",
    ),
    (
        "РУССКИЙ",
        "Одна строка таблицы — один текст. Каждое предложение на своей строке (Alt+Enter).",
        "Меняйте только «Кыргызча» и «Русский». id не меняется, строки не удаляются.",
        "Числа пишите словами: не 90, а девяносто. Без латинских букв и пустых ячеек.",
        "Прочли вслух и нашли текст верным — впишите своё имя и день: 2027-03-31.",
        "Если текст потом изменится, он снова считается непроверенным.",
        "В конце сохраните файл как .xlsx и пришлите обратно.",
    ),
    (
        "ENGLISH",
        "One row is one text. Every sentence stands on a line of its own (Alt+Enter).",
        "Change only the Kyrgyz and the Russian. Leave the id as it is, and delete no row.",
        "Write numbers as words, no Latin letters, and leave no text empty.",
        "If you read a text aloud and found it right, write your name and the day: 2027-03-31.",
        "A text that is changed later counts as unreviewed again.",
        "Save the file as .xlsx and send it back; voicekiosk content import FILE.xlsx takes it in.",
    ),
)
