"""Finding things in a project: sentences by a query language, crises by a sequence of events, and cases that are alike."""

from brinkline.search.find import search
from brinkline.search.find_sequence import sequence
from brinkline.search.find_similar import similar

__all__ = ["search", "sequence", "similar"]
