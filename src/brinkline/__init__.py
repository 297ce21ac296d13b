"""brinkline: narratives of international crises as structured data in which every value shows its words.

>>> import brinkline
>>> coding = brinkline.code("A crisis began on 22 June 1937. Four days later it was over.", only="dates")
>>> coding.dates[1].edtf
'1937-06-26'
"""

from brinkline.coding import Engine, code, code_many
from brinkline.errors import (
    BrinklineError,
    CheckFailed,
    InputError,
    MissingExtra,
    NotFound,
    ProjectError,
    UsageError,
)
from brinkline.model import (
    Actor,
    Claim,
    CrisisActor,
    CrossReference,
    Day,
    Event,
    Mention,
    Narrative,
    Notice,
    Place,
    Quote,
    Reference,
    Run,
    Section,
    Sentence,
    Span,
    Timex,
    When,
)
from brinkline.reading import read, read_text
from brinkline.record import Coding
from brinkline.record_read import read_coding
from brinkline.version import SCHEMA_VERSION, __version__

__all__ = [
    "SCHEMA_VERSION",
    "Actor",
    "BrinklineError",
    "CheckFailed",
    "Claim",
    "Coding",
    "CrisisActor",
    "CrossReference",
    "Day",
    "Engine",
    "Event",
    "InputError",
    "Mention",
    "MissingExtra",
    "Narrative",
    "NotFound",
    "Notice",
    "Place",
    "ProjectError",
    "Quote",
    "Reference",
    "Run",
    "Section",
    "Sentence",
    "Span",
    "Timex",
    "UsageError",
    "When",
    "__version__",
    "code",
    "code_many",
    "read",
    "read_coding",
    "read_text",
]
