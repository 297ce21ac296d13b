"""Numbered steps; the number in ``revision`` is the version of the tables after the step."""
