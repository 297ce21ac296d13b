"""Variables: the crisis and its actors, coded by the rules of the International Crisis Behavior (ICB) codebook.

``code_variables`` takes the records of the stages before it and gives claims; it never looks a case up by number or title.
"""

from brinkline.variables.coder import code_variables
from brinkline.variables.record import Variables

__all__ = ["Variables", "code_variables"]
