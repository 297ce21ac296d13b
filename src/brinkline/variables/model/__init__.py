"""Small statistical models, shipped as data, for the variables that they code better than the rules (docs/model-card.md)."""

from brinkline.variables.model.apply import Settle, settle

__all__ = ["Settle", "settle"]
