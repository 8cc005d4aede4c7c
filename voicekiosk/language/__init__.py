"""Numbers, dates, money and abbreviations as the words they are said with."""

from voicekiosk.core.digits import digits_in_words
from voicekiosk.language.in_words import in_words
from voicekiosk.language.refusing import UnsayableError

__all__ = ["UnsayableError", "digits_in_words", "in_words"]
