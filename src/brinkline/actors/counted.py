"""``narrow``: which members a collective means where its words count them ("the five Arab states") or set them against others
("the other Arab states")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brinkline.actors.found import Found
from brinkline.actors.salience import Antecedent, Discourse
from brinkline.actors.together import count_of, set_many

_BEFORE = re.compile(
    r"\b(?:(?:the|these|those|all)\s+)*(?:(?P<number>[a-z]+)\s+)?(?P<other>other\s+|remaining\s+)?\Z", re.IGNORECASE
)
#: How far before the name its number is looked for.
_REACH = 40


def narrow(found: Found, discourse: Discourse, own: Sequence[Found], text: str) -> None:
    """Takes the members of a collective that the narrative has named so far, when they are as many as the words say.

    With "other" those are left out whom the same sentence names too ("Unlike Norland, the four other Arab states"), which are
    among ``own``, the mentions of the sentence; a single state is never meant. Anything else leaves the collective as it is.
    """
    collective = found.actor
    if collective is None or not collective.members:
        return
    said = _BEFORE.search(text, max(found.start - _REACH, found.words.sentence.start), found.start)
    count = count_of((said["number"] or "").lower()) if said else 0
    other = said is not None and (said["other"] is not None or (said["number"] or "").lower() in ("other", "remaining"))
    if not count and not other:
        return
    named: dict[str, Antecedent] = {}
    for item in discourse.before:
        if item.actor.id in collective.members:
            named.setdefault(item.actor.id, item)
    if other:
        here = [item.actor.id for item in own if item.actor is not None]
        named = {name: item for name, item in named.items() if name not in here}
    if len(named) > 1 and count in (0, len(named)):
        set_many(found, tuple(named.values()), f"members of {collective.name}", text)
