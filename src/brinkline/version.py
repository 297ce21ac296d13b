"""The version of the program and of the record layout it writes."""

__version__ = "0.1.0"

#: Version of the layout that ``Coding.to_dict()`` gives; rises when a key changes meaning or goes.
SCHEMA_VERSION = "1.0"
