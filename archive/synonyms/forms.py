"""What is typed in about words that mean the same."""

from typing import Annotated

from pydantic import Field, field_validator

from archive.synonyms import rules
from archive.terms import N_
from archive.web.inputs import Input, Line, asked, fault

Word = Annotated[Line, Field(min_length=rules.SHORTEST, max_length=rules.LONGEST)]


class SynonymsInput(Input):
    """A group of words that mean the same."""

    words: list[Word] = asked(
        N_("近义词"), widget="lines", max_length=rules.MOST_WORDS,
        help=N_("每行一个词，至少两个。检索其中一个词时，也会查其余的词。"),
    )  # fmt: skip

    @field_validator("words")
    @classmethod
    def differ(cls, words: list[str]) -> list[str]:
        """At least two words that can be looked for and that differ."""
        for word in words:
            if not rules.is_word(word):
                raise fault("no_word", N_("“%(word)s”不是一个词：不要有空格和标点。"), word=word)
        if len(rules.folded(words)) < max(2, len(words)):
            raise fault("same_words", N_("请填写至少两个不同的词，每行一个。"))
        return words
