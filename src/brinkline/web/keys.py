"""The keys of the review page: the one list that buttons, script and help page share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """What can be done by a key: the name by which page and script know it, the key it has at first, what it does."""

    action: str
    key: str
    label: str


#: Keys as ``KeyboardEvent.key`` names them, "Space" for the blank. Digits choose an offered value and cannot be changed.
KEYS: tuple[Key, ...] = (
    Key("next", "j", "Next claim"),
    Key("previous", "k", "Previous claim"),
    Key("undecided", "n", "Next undecided claim"),
    Key("accept", "a", "Accept the value"),
    Key("reject", "x", "Reject the value: nothing stands"),
    Key("edit", "e", "Choose another value"),
    Key("skip", "Space", "Skip: seen, left undecided"),
    Key("undo", "Backspace", "Take the last decision back"),
    Key("redo", "Shift+Backspace", "Bring it back"),
    Key("words", "w", "Change the words it rests on"),
    Key("new", "i", "New claim from the selected words"),
    Key("why", "v", "Why: rule, examples and history"),
    Key("flag", "f", "Flag: somebody should look at it"),
    Key("comment", "c", "Write a comment"),
    Key("accept_all", "A", "Accept all that are shown"),
    Key("help", "?", "Show the keys"),
)


def key_of(action: str) -> str:
    """The key that an action has at first; KeyError for an unknown action."""
    return next(item.key for item in KEYS if item.action == action)
