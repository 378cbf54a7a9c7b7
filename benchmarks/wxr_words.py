"""Words of our own for generated exports: sentences, titles and slugs, the same for the same seed."""

from __future__ import annotations

import random

__all__ = ["Words", "slug_of"]

NOUNS = (
    "harbour lantern orchard ledger compass bakery meadow tunnel archive bicycle kettle workshop glacier market violin "
    "notebook chimney ferry pigeon quarry saddle theatre umbrella village window yard zephyr garden bridge river stone "
    "letter engine forest kitchen library museum station tower valley winter summer carpet mirror candle basket hammer"
).split()
VERBS = "keeps carries follows mends counts paints forgets answers measures opens borrows describes lifts repairs finds".split()
OTHERS = (
    "quiet narrow old bright slow careful northern wooden empty early familiar heavy modest curious distant plain warm "
    "patient yellow seventh"
).split()
RARE = (
    "café",
    "Straße",
    "naïve",
    "don’t",
    "“quoted”",
    "5 &lt; 6",
    "R&amp;D",
    "snake_case_name",
    "2*3*4",
    "[sic]",
    "日本語",
    "größer",
    "100%",
    "C:\\temp",
    "#7",
    "a~b",
    "naïveté …",
    "https://elsewhere.example/a_b_c",
)
"""What careless writers of Markdown get wrong, once in a while."""
_SENTENCES = 1500


def slug_of(title: str) -> str:
    """Return the slug that WordPress would give to a title of plain words."""
    return title.lower().replace(" ", "-")


class Words:
    """A stock of sentences, made once: drawing from it costs next to nothing."""

    def __init__(self, seed: int) -> None:
        source = random.Random(f"words {seed}")
        self._sentences = [_sentence(source) for _ in range(_SENTENCES)]

    def paragraph(self, draw: random.Random) -> str:
        """Return some sentences, one of them with marks."""
        sentences = [*draw.choices(self._sentences, k=draw.randint(2, 6))]
        at = draw.randrange(len(sentences))
        sentences[at] = _marked(sentences[at], draw.randrange(6))
        return " ".join(sentences)

    def sentence(self, draw: random.Random) -> str:
        """Return one sentence."""
        return draw.choice(self._sentences)

    def title(self, number: int) -> str:
        """Return the title of the post with this number, without looking at any other."""
        draw = random.Random(number * 7919 + 13)
        return f"{draw.choice(OTHERS).title()} {draw.choice(NOUNS)} and {draw.choice(NOUNS)} {number}"


def _sentence(draw: random.Random) -> str:
    words = [draw.choice(OTHERS), draw.choice(NOUNS), draw.choice(VERBS), "the", draw.choice(OTHERS), draw.choice(NOUNS)]
    if draw.random() < 0.5:
        words += ["while", "a", draw.choice(NOUNS), draw.choice(VERBS), "another", draw.choice(NOUNS)]
    if draw.random() < 0.2:
        words.insert(draw.randrange(1, len(words)), draw.choice(RARE))
    return f"The {' '.join(words)}."


def _marked(sentence: str, kind: int) -> str:
    words = sentence.split(" ")
    tag = ("strong", "em", "code", "del", "strong", "em")[kind]
    return " ".join([words[0], f"<{tag}>{words[1]} {words[2]}</{tag}>", *words[3:]])
