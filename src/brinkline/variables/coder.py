"""All variable families in order, from the records of the earlier stages to ``Variables``."""

from __future__ import annotations

from collections.abc import Sequence

from brinkline.model import Event, Mention, Narrative, Sentence, When
from brinkline.variables.record import Variables


def code_variables(
    narrative: Narrative,
    sentences: Sequence[Sentence],
    dates: Sequence[When],
    mentions: Sequence[Mention],
    events: Sequence[Event],
) -> Variables:
    """The claims about the crisis and its actors; empty when the narrative names no crisis actor."""
    return Variables()
