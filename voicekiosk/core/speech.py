"""What is said where: places, questions and ladders to the prompts that speak them."""

from __future__ import annotations

from voicekiosk.core import days, menus, selfcheck
from voicekiosk.core.activities import Checking, Counting
from voicekiosk.core.content import Activity, Command, Content, Topic
from voicekiosk.core.messages import Spoken, Trouble
from voicekiosk.core.screen import Scene
from voicekiosk.core.session import Lead, Lesson, Session, asked, scene_of, tiles
from voicekiosk.core.types import Locale, PromptId


def system(name: str) -> PromptId:
    return PromptId(f"system.{name}")


def menu(options: menus.Keyed, content: Content) -> list[PromptId]:
    """Each name, and after it the key that chooses it: by then one knows whether to remember it."""
    prompts: list[PromptId] = []
    for key, option in options:
        prompts += [content.options[option].name_prompt, system(f"key.{key}")]
    return prompts


def welcome(session: Session, content: Content) -> tuple[Spoken, ...]:
    """The invitation in every language, then the menu in the first, and at the end the offer.

    Last, because who knows what they want has spoken by then.
    """
    invitations = tuple(Spoken(system("welcome"), locale) for locale in content.locales)
    offer = [system("teach.offer")] if session.lesson is Lesson.OFFERED else []
    home = [*_menu_of(session, content), *offer]
    return invitations + say_in(content.locales[0], *home)


def place(session: Session, content: Content) -> tuple[Spoken, ...]:
    """The menu, telling or question of where the visitor is."""
    scene = scene_of(session, content)
    if scene is Scene.VEILED:
        return say_in(session.locale, system("sensitive"))
    if scene is Scene.CHOICE:
        names = [content.options[option].name_prompt for option in session.choice]
        meant = [system("confirm"), names[0]]
        for name in names[1:]:
            meant += [system("or"), name]
        return say_in(session.locale, *meant, system("choice_end"))
    if session.lesson is Lesson.GOING:
        return say_in(session.locale, system("teach.start"))
    option = content.options[session.place] if session.place else None
    if isinstance(option, Topic):
        return say_in(session.locale, option.name_prompt, *_told(option, content))
    if isinstance(option, Activity):
        begins = session.doing == Counting() and days.in_force(content)
        intro = [system("days.intro")] if begins else []
        return say_in(session.locale, option.name_prompt, *intro) + question(session, content)
    return say_in(session.locale, *_menu_of(session, content))


def manners(session: Session, content: Content) -> tuple[Spoken, ...]:
    """How it can be told otherwise, each with its key."""
    return say_in(session.locale, *menu(tiles(session, content), content))


def question(session: Session, content: Content) -> tuple[Spoken, ...]:
    """What an activity asks now, or what it tells at its end and where to go on."""
    here = content.options[session.place] if session.place else None
    prompts: list[PromptId] = []
    if isinstance(session.doing, Checking) and content.selfcheck:
        prompts = selfcheck.told(session.doing, content.selfcheck)
    if isinstance(session.doing, Counting):
        prompts = days.told(session.doing, content)
    if isinstance(here, Activity) and here.related and not asked(session, content):
        prompts += [system("related"), *menu(menus.numbered(here.related), content)]
    return say_in(session.locale, *prompts)


def _menu_of(session: Session, content: Content) -> list[PromptId]:
    """Home, a category or all topics: by ear a list with keys, by eye a word about what is seen."""
    here = [content.options[session.place].name_prompt] if session.place else [system("home")]
    if session.lead is Lead.SCREEN:
        if session.page:
            here = [content.options[Command.MORE.option].name_prompt]
        elif session.place is None and content.categories:
            here.append(content.options[content.categories[0]].name_prompt)
        return [*here, system("choose_picture")]
    listed = menu(tiles(session, content), content)
    if session.page:  # the visitor has just heard where they are
        return listed
    return [*here, system("category"), *listed] if session.place else [*here, *listed]


def _told(topic: Topic, content: Content) -> list[PromptId]:
    if not topic.has_telling:
        return [system("untold")]
    prompts = [topic.invitation] if topic.invitation else []
    prompts += topic.telling
    if topic.remember:
        prompts += [system("remember"), topic.remember]
    prompts.append(system("topic_end"))
    if topic.related:
        prompts += [system("related"), *menu(menus.numbered(topic.related), content)]
    return prompts


def say_in(locale: Locale, *prompts: PromptId) -> tuple[Spoken, ...]:
    return tuple(Spoken(prompt, locale) for prompt in prompts)


def help_for(session: Session, content: Content) -> PromptId:
    scene = scene_of(session, content)
    if scene is Scene.VEILED:
        return system("sensitive")
    if scene is Scene.ASKING:
        return system("help.days" if isinstance(session.doing, Counting) else "help.selfcheck")
    if session.lead is Lead.SCREEN and scene in (Scene.HOME, Scene.CATEGORY, Scene.ALL_TOPICS):
        return system("help.pictures")
    if scene is Scene.ALL_TOPICS:
        scene = Scene.CATEGORY
    known = {Scene.HOME, Scene.CATEGORY, Scene.TOPIC, Scene.CHOICE}
    return system(f"help.{scene.value if scene in known else Scene.HOME.value}")


def trouble(kind: Trouble) -> PromptId:
    return system(kind.value)


def ladders(
    session: Session, content: Content
) -> tuple[tuple[PromptId, ...], tuple[PromptId, ...]]:
    """The no-input and no-match ladders of where the visitor is."""
    steps = content.ladders
    if session.choice:
        return steps.choice_no_input, steps.choice_no_match
    if asked(session, content):
        return steps.no_input, (system("ask_again.1"), system("ask_again.2"))
    return steps.no_input, steps.no_match
