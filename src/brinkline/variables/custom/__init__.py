"""Coding with a codebook of a user's own: the rules of a ``CodebookFile`` at work on what the earlier stages found."""

from brinkline.variables.custom.coder import code_with

__all__ = ["code_with"]
