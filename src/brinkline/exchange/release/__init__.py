"""Releases: a frozen, numbered package of a project's codings, and citations of data, program and narratives."""
