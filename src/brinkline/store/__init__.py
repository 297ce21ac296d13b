"""The database of a project."""
