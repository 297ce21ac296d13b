"""A parsed sentence as a tree: children, phrases and the mentions that stand in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from brinkline.model import Mention, ParsedSentence, Token

#: Dependents that open a clause or phrase of their own inside a noun phrase.
CLAUSAL = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "parataxis", "csubj", "pcomp"})

#: Nouns that measure the noun after "of".
MEASURES = frozenset(
    {
        "number",
        "group",
        "series",
        "dozen",
        "hundred",
        "thousand",
        "ten",
        "score",
        "handful",
        "part",
        "majority",
        "total",
        "wave",
    }
    | {
        "team",
        "contingent",
        "unit",
        "party",
        "couple",
        "lot",
        "member",
        "all",
        "some",
        "most",
        "many",
        "several",
        "force",
        "element",
    }
)


#: What stands between the members of a list of names; the last pair has a word of joining.
_BETWEEN = re.compile(r"[,;]?\s*(?:(and|or|nor|&|as well as)\s+)?(?:the\s+)?", re.IGNORECASE)
#: A word of joining with an aside behind it: "Norland and, more quietly, Sudland".
_WITH_ASIDE = re.compile(r",?\s*(?:and|or),\s+[a-z][a-z ]{2,30},\s+(?:the\s+)?")


class Tree:
    """A sentence with its dependency tree looked up both ways; token numbers are indices into ``tokens``.

    ``lists`` has, for each mention in a list of three or more names ("France, the U.K., and Germany"), all its members:
    parsers often tear such lists apart.
    """

    __slots__ = ("_ends", "_mention_at", "children", "lists", "mentions", "tokens")

    def __init__(self, parsed: ParsedSentence, mentions: Sequence[Mention] = (), text: str = "") -> None:
        self.tokens: tuple[Token, ...] = parsed.tokens
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                self.children[token.head].append(token.index)
        self._ends = [token.end for token in self.tokens]
        self.mentions = mentions
        self.lists = name_lists(mentions, text)
        self._mention_at = self._locate(mentions)

    def _locate(self, mentions: Sequence[Mention]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        at = 0
        for number, mention in enumerate(mentions):
            while at < len(self.tokens) and self.tokens[at].end <= mention.start:
                at += 1
            place = at
            while place < len(self.tokens) and self.tokens[place].start < mention.end:
                found.setdefault(place, []).append(number)
                place += 1
        return found

    def at(self, position: int) -> int:
        """The token that ends behind a position of the text, the last one for a position behind all."""
        return min(bisect_right(self._ends, position), len(self.tokens) - 1)

    def kids(self, index: int, *deps: str) -> list[int]:
        """The children of a token with one of these dependency labels."""
        return [child for child in self.children[index] if self.tokens[child].dep in deps]

    def conjuncts(self, index: int) -> list[int]:
        """A token and everything joined to it ("Canada, France and the U.K."), in order."""
        found = [index]
        for child in self.children[index]:
            token = self.tokens[child]
            joined = token.dep == "conj" or (token.dep == "appos" and bool(self.kids(child, "cc", "conj")))
            if joined and token.pos not in ("VERB", "AUX"):
                found += self.conjuncts(child)
        return found

    def core(self, index: int) -> int:
        """The noun a measuring word counts ("a small number of *troops*"), else the token itself."""
        for _ in range(3):
            if self.tokens[index].lemma.lower() not in MEASURES:
                return index
            of = next((child for child in self.kids(index, "prep") if self.tokens[child].lemma.lower() == "of"), None)
            counted = self.kids(of, "pobj") if of is not None else []
            if not counted:
                return index
            index = counted[0]
        return index

    def phrase(self, index: int, *, deep: bool = True) -> list[int]:
        """The tokens of the noun phrase headed by ``index``, without its conjuncts and clauses; in order of the text.

        With ``deep`` prepositional phrases belong to it.
        """
        found = [index]
        for child in self.children[index]:
            dep = self.tokens[child].dep
            if dep in CLAUSAL or dep in ("conj", "cc", "punct", "appos") or (dep == "prep" and not deep):
                continue
            found += self.subtree(child)
        return sorted(found)

    def subtree(self, index: int, *, clauses: bool = False) -> list[int]:
        """All tokens under ``index`` and itself, without clauses unless asked for (joined verbs never); in no order."""
        found, waiting = [], [index]
        while waiting:
            here = waiting.pop()
            found.append(here)
            for child in self.children[here]:
                token = self.tokens[child]
                joined = token.dep == "conj" and token.pos == "VERB"
                if not joined and (clauses or token.dep not in CLAUSAL):
                    waiting.append(child)
        return found

    def words(self, indices: Iterable[int]) -> frozenset[str]:
        """Lower-case lemmas of tokens."""
        return frozenset(self.tokens[index].lemma.lower() for index in indices)

    def mentions_at(self, indices: Iterable[int]) -> list[Mention]:
        """The mentions that cover one of the tokens, in order, each once."""
        numbers = sorted({number for index in indices for number in self._mention_at.get(index, ())})
        return [self.mentions[number] for number in numbers]


def _is_collective(mention: Mention) -> bool:
    return mention.actor is not None and mention.actor.kind == "collective"


def name_lists(mentions: Sequence[Mention], text: str) -> dict[Mention, tuple[Mention, ...]]:
    """Lists of three or more names joined by commas and a last "and", by each of their members; two are enough when an aside
    stands between them, where parsers fail."""
    lists: dict[Mention, tuple[Mention, ...]] = {}
    row: list[Mention] = []
    for mention in mentions:
        follows = bool(row) and row[-1].end <= mention.start
        if follows and _WITH_ASIDE.fullmatch(text, row[-1].end, mention.start):
            row.append(mention)
            lists.update(dict.fromkeys(row, tuple(row)))
            continue
        between = _BETWEEN.fullmatch(text, row[-1].end, mention.start) if follows else None
        if between is None or row[-1].end == mention.start:
            row = [mention]
            continue
        if between[0].isspace() and _is_collective(row[-1]):
            row.pop()  # "Baltic states Norland, Sudland, and Westland": those who are named, not all of them
        row.append(mention)
        if between[1] and len(row) > 2:
            lists.update(dict.fromkeys(row, tuple(row)))
    return lists
