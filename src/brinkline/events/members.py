"""Members that a phrase lists itself: "six states (Norland, Sudland, ...)", "the signatories: Norland, Sudland, and ..."."""

from __future__ import annotations

from brinkline.events.tree import Tree
from brinkline.events.words import word_classes
from brinkline.model import Mention

_JOINED = frozenset({"CCONJ", "NOUN", "ADJ"})
_OPENS_LIST = frozenset({":", "-", "--", "\u2013", "\u2014"})


def listed_members(tree: Tree, head: int) -> list[Mention]:
    """The actors that stand in brackets or after a colon or dash behind a plural noun for them; empty when it lists none.

    At least two must be named: "the two states (see the map of Norland)" lists nobody.
    """
    token = tree.tokens[head]
    if token.tag not in ("NNS", "NN") or token.lemma.lower() not in word_classes()["bearers"]:
        return []
    beside = [joined for child in tree.kids(head, "appos") for joined in tree.conjuncts(child)]
    for child in tree.kids(head, "prep", "parataxis", "acl"):
        if tree.tokens[child].lemma.lower() == "include":
            beside += [joined for each in tree.kids(child, "pobj", "dobj") for joined in tree.conjuncts(each)]
    found = tree.mentions_at(beside)
    if len(found) < 2:
        found = _behind(tree, head)
    return found if len(found) > 1 else []


def _behind(tree: Tree, head: int) -> list[Mention]:
    """The list of names that begins right after the colon or dash behind a noun ("participants or observers: ...")."""
    behind = next((token for token in tree.tokens[head + 1 :] if token.pos not in _JOINED), None)
    if behind is None or behind.text not in _OPENS_LIST:
        return []
    colon = behind.end
    near = [mention for mention in tree.mentions if colon <= mention.start <= colon + _REACH]
    return list(next((tree.lists[mention] for mention in near if mention in tree.lists), ()))


#: How far behind the colon the first name may stand ("Baltic states Norland, ...").
_REACH = 20
