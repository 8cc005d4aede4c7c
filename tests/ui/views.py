"""Screens for the tests of the screen: what the dialogue would show, built by hand."""

from dataclasses import replace

from voicekiosk.core.content import Command, Shape
from voicekiosk.core.screen import BarButton, Caption, MicrophoneState, Scene, ScreenView, Tile
from voicekiosk.core.types import RUSSIAN, OptionId

CATEGORIES = (
    ("category.russia", "Работа и жизнь в России", "russia", "#7a1f3d", Shape.SQUARE),
    ("category.countries", "Другие страны", "countries", "#0b4a6f", Shape.CIRCLE),
    ("category.leaving", "Перед отъездом", "before_leaving", "#1d5133", Shape.HEXAGON),
    ("category.danger", "Опасность и помощь", "danger", "#8a1c1c", Shape.TRIANGLE),
    ("category.money", "Деньги и договор", "wages", "#5a3d0c", Shape.DIAMOND),
    ("category.return", "Возвращение домой", "return", "#4a2a7a", Shape.SHIELD),
)
BAR = (
    (Command.BACK, "Назад", "7"),
    (Command.HOME, "В начало", "0"),
    (Command.REPEAT, "Повторить", "8"),
    (Command.PAUSE, "Пауза", "#"),
    (Command.HELP, "Помощь", "9"),
    (Command.LANGUAGE, "Кыргызча", "*"),
    (Command.SOFTER, "Тише", "-"),
    (Command.LOUDER, "Громче", "+"),
)
TELLING = (
    "Для работы в России вам нужен паспорт гражданина Кыргызстана.",
    "Вы можете работать без патента, потому что Кыргызстан входит в ЕАЭС.",
    "Работодатель должен заключить с вами письменный трудовой договор.",
    "Никому не отдавайте свой паспорт: ни работодателю, ни посреднику.",
    "Сделайте копии всех документов и храните их отдельно.",
    "Если паспорт потерян, сразу обратитесь в посольство.",
)


def tiles(count: int = 6, spoken: int | None = None) -> tuple[Tile, ...]:
    return tuple(
        Tile(OptionId(option), label, picture, colour, shape, str(key), spoken=key == spoken)
        for key, (option, label, picture, colour, shape) in enumerate(CATEGORIES[:count], start=1)
    )


def home() -> ScreenView:
    return ScreenView(
        scene=Scene.HOME,
        locale=RUSSIAN,
        title="О чём вы хотите узнать?",
        pictogram="home",
        colour="#4a3b2f",
        shape=Shape.CIRCLE,
        tiles=tiles(spoken=2),
        bar=tuple(
            BarButton(command, label, command.value, key, enabled=command is not Command.LOUDER)
            for command, label, key in BAR
        ),
        caption=Caption(("Вы можете спросить голосом или нажать на картинку.", "Второе."), 0),
        microphone=MicrophoneState.LISTENING,
        handset=True,
        speaking=True,
        paused=False,
        volume=3,
        volume_steps=5,
        speaker_lost=False,
    )


def rail(current: int | None = None, keyed: bool = False) -> tuple[Tile, ...]:
    categories = tuple(
        replace(tile, key=tile.key if keyed else "", current=place == current)
        for place, tile in enumerate(tiles())
    )
    name = OptionId("command.all_topics")
    every = Tile(name, "Все темы", "all_topics", "#4a3b2f", Shape.CIRCLE, "")
    return (*categories, replace(every, current=current is None))


def pictures() -> ScreenView:
    """A category that is open beside the rail."""
    opened = tuple(
        replace(tile, option=OptionId(f"topic.{number}"), colour="#0b4a6f", shape=Shape.CIRCLE)
        for number, tile in enumerate(tiles())
    )
    return replace(home(), scene=Scene.CATEGORY, title="Другие страны", tiles=opened, rail=rail(1))


def home_pictures() -> ScreenView:
    opened = tuple(replace(tile, key="") for tile in pictures().tiles)
    return replace(home(), tiles=opened, rail=rail(0, keyed=True))


def all_topics() -> ScreenView:
    twelve = tuple(
        replace(tile, option=OptionId(f"topic.{row}{tile.key}"), key="")
        for row in range(2)
        for tile in tiles()
    )
    turning = tuple(
        Tile(OptionId(f"command.{name}"), label, picture, "#4a3b2f", Shape.CIRCLE, "")
        for name, label, picture in (("back", "Назад", "back"), ("more", "Ещё", "next"))
    )
    return replace(
        home(),
        scene=Scene.ALL_TOPICS,
        title="Все темы",
        pictogram="all_topics",
        tiles=(*twelve, *turning),
        rail=rail(keyed=True),
        progress=(1, 3),
    )


def last_spoken_page() -> ScreenView:
    """What does not fit into five: one tile, and more in the sixth place."""
    more = Tile(OptionId("command.more"), "Ещё", "next", "#4a3b2f", Shape.CIRCLE, "6")
    return replace(home(), tiles=(*tiles(1), more))


def topic() -> ScreenView:
    return replace(
        home(),
        scene=Scene.TOPIC,
        title="Какие документы нужны",
        pictogram="documents",
        colour="#7a1f3d",
        shape=Shape.SQUARE,
        tiles=tiles(3),
        caption=Caption(TELLING, 2),
        progress=(4, 9),
        microphone=MicrophoneState.HEARING,
    )


def untold() -> ScreenView:
    return replace(topic(), tiles=())


def number() -> ScreenView:
    return replace(topic(), number="+996 312 000 000")


def choice(count: int = 3) -> ScreenView:
    no = Tile(OptionId("command.no"), "Нет", "no", "#4a3b2f", Shape.CIRCLE, str(count))
    return replace(
        home(),
        scene=Scene.CHOICE,
        title="",
        pictogram="question",
        tiles=(*tiles(count - 1, spoken=1), no),
        caption=Caption(("Вы хотите узнать про Россию или про другие страны?",), 0),
    )


def idle() -> ScreenView:
    return replace(
        home(),
        scene=Scene.IDLE,
        title="",
        pictogram="handset",
        tiles=tiles(),
        caption=Caption(),
        microphone=MicrophoneState.OFF,
        handset=False,
        speaking=False,
    )


def goodbye() -> ScreenView:
    return replace(
        idle(),
        scene=Scene.GOODBYE,
        pictogram="goodbye",
        tiles=(),
        caption=Caption(("До свидания! Счастливого пути.",), 0),
    )


def troubled() -> ScreenView:
    return replace(home(), microphone=MicrophoneState.LOST, speaker_lost=True)


ALL = {
    "home": home,
    "home in pictures": home_pictures,
    "pictures": pictures,
    "all topics": all_topics,
    "last spoken page": last_spoken_page,
    "topic": topic,
    "untold topic": untold,
    "number": number,
    "choice": choice,
    "two": lambda: choice(2),
    "idle": idle,
    "goodbye": goodbye,
    "troubled": troubled,
}
