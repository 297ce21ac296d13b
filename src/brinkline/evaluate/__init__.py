"""Codings against human codings: what agrees, what does not, and where."""
