"""What the sheet of a proof says to staff, in Kyrgyz, Russian and English."""

from __future__ import annotations

from voicekiosk.packs.proof_sound import Doubt, Fault

LANGUAGES = ("ky", "ru", "en")

REASONS: dict[Fault, tuple[str, str, str]] = {
    Fault.UNREADABLE: (
        "Үн ачылбай жатат: {}.",
        "Звук не открывается: {}.",
        "The sound cannot be opened: {}.",
    ),
    Fault.SILENT: ("Эч нерсе угулбайт.", "Ничего не слышно.", "Nothing can be heard."),
    Fault.OTHER_LANGUAGE: (
        "Башка тилде айтылган: {}.",
        "Сказано на другом языке: {}.",
        "Said in another language: {}.",
    ),
    Fault.OTHER_TEXT: (
        "Башка текст айтылган окшойт: {}.",
        "Похоже, сказан другой текст: {}.",
        "It sounds like another text: {}.",
    ),
    Fault.NOT_ITS_TEXT: (
        "Бул текст айтылган эмес окшойт.",
        "Похоже, сказано не это.",
        "These do not seem to be its words.",
    ),
    Fault.OTHER_WORD: (
        "Башка сөз айтылган окшойт (угулганы ≠ жазылганы): {}.",
        "Похоже, сказано другое слово (слышно ≠ написано): {}.",
        "It sounds like another word (heard ≠ written): {}.",
    ),
    Fault.WORDS: (
        "Бул сөздөр угулган жок: «{}».",
        "Этих слов не слышно: «{}».",
        "These words were not heard: “{}”.",
    ),
    Fault.BEGINNING: (
        "Башы кесилип калган окшойт: «{}».",
        "Похоже, обрезано начало: «{}».",
        "The beginning seems to be missing: “{}”.",
    ),
    Fault.END: (
        "Аягы кесилип калган окшойт: «{}».",
        "Похоже, обрезан конец: «{}».",
        "The end seems to be missing: “{}”.",
    ),
    Fault.STALE: (
        "Жазылгандан кийин текст өзгөргөн.",
        "После записи текст изменился.",
        "The text has changed since it was recorded.",
    ),
    Fault.CLIPPED: (
        "Үн кыйшайган: өтө катуу жазылган.",
        "Звук искажён: записано слишком громко.",
        "Distorted: it was recorded too loud.",
    ),
    Fault.NOISY: (
        "Ызы-чуу көп (үн андан {} гана катуу).",
        "Много шума (голос громче его всего на {}).",
        "Noisy (the voice stands only {} above it).",
    ),
    Fault.STARTS_ABRUPTLY: (
        "Капыстан башталат: башы кесилген болушу мүмкүн.",
        "Начинается резко: возможно, обрезано начало.",
        "Starts abruptly: the beginning may be cut off.",
    ),
    Fault.ENDS_ABRUPTLY: (
        "Капыстан бүтөт: аягы кесилген болушу мүмкүн.",
        "Кончается резко: возможно, обрезан конец.",
        "Ends abruptly: the end may be cut off.",
    ),
    Fault.PAUSE: (
        "Ортосунда узак тынчтык бар: {}.",
        "Внутри долгая тишина: {}.",
        "A long silence inside: {}.",
    ),
    Fault.TOO_SOFT: ("Өтө акырын: {}.", "Слишком тихо: {}.", "Too soft: {}."),
    Fault.TOO_LOUD: ("Өтө катуу: {}.", "Слишком громко: {}.", "Too loud: {}."),
    Fault.TOO_FAST: (
        "Башкалардан тез айтылган (убактысы {} эсе).",
        "Сказано быстрее остальных (время в {} раза).",
        "Said faster than the others (time × {}).",
    ),
    Fault.TOO_SLOW: (
        "Башкалардан жай айтылган (убактысы {} эсе).",
        "Сказано медленнее остальных (время в {} раза).",
        "Said slower than the others (time × {}).",
    ),
}

TITLE = ("Үндөрдү текшерүү", "Проверка записей", "Proof of the recordings")
HOW = (
    "Компьютер ар бир үндү угуп, текст менен салыштырды. Ал жаңылышы мүмкүн: "
    "шектүүлөрүн өзүңүз угуп көрүңүз. Туура эмесин кайра жазыңыз.",
    "Компьютер прослушал каждую запись и сравнил её с текстом. Он может ошибаться: "
    "послушайте сомнительные сами. Неверные запишите заново.",
    "The computer listened to every recording and compared it with its text. It may be wrong: "
    "listen to the doubtful ones yourself, and record again what is not right.",
)
DOUBTFUL = ("Шектүү: {} / {}", "Сомнительных: {} из {}", "Doubtful: {} of {}")
GOOD = ("Калгандары: {}", "Остальные: {}", "The others: {}")
NONE = ("Шектүү үн жок.", "Сомнительных нет.", "None is doubtful.")
SCORE = (
    "Дал келүү (0 — текст башка, 1 — жакшы)",
    "Совпадение (0 — текст другой, 1 — хорошо)",
    "Fit (0: another text, 1: good)",
)
UNREVIEWED = (
    "Бул барактын кыргызча сөздөрүн эне тилинде сүйлөгөн адам текшере элек.",
    "",
    "",
)


def reason(doubt: Doubt, language: str) -> str:
    return REASONS[doubt.fault][LANGUAGES.index(language)].format(doubt.about)
