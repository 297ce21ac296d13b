"""``markdown_to_text``: the words of a Markdown text without its marks, and the fields of its front matter.

Marks that say something about layout go (``#`` of headings, emphasis, list bullets, quotation marks at the line start, fences,
rules, HTML tags); links and images keep their words. Numbers of ordered lists stay: they may be dates ("4. July").
"""

from __future__ import annotations

import re

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_FIRST_HEADING = re.compile(r"^ {0,3}#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINE = re.compile(r"^(?:=+|-{3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|```.*|~~~.*)[ \t]*$", re.MULTILINE)
_LINE_MARK = re.compile(r"^[ \t]*(?:>[ \t]?)+|^[ \t]*[*+-][ \t]+(?=\S)", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\((?:[^()\s]{0,2000})(?:[ \t]+\"[^\"\n]{0,500}\")?\)|<(https?://[^<>\s]{1,2000})>")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])|(?<!\w)(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\3(?!\w)"
)
_CODE = re.compile(r"`([^`\n]{1,500})`")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>|<!--[^<>]{0,2000}-->")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")


def markdown_to_text(source: str) -> tuple[str, dict[str, str]]:
    """The text and the fields found (front matter keys in lower case; "title" from the first heading of the first level).

    >>> markdown_to_text("# The Quay\\n\\nA *Note* went to [Arden](a.md).")
    ('A Note went to Arden.', {'title': 'The Quay'})
    """
    fields: dict[str, str] = {}
    front = _FRONT_MATTER.match(source)
    if front:
        fields = {match[1].lower(): match[2].strip("\"'") for match in _FIELD.finditer(front[1])}
        source = source[front.end() :]
    first = _FIRST_HEADING.search(source)
    if first and not source[: first.start()].strip():
        title = _inline(first[1])
        fields.setdefault("title", title)
        source = source[first.end() :]
    text = _HEADING.sub(r"\1", source)
    text = _UNDERLINE.sub("", text)
    text = _LINE_MARK.sub("", text)
    return _inline(text).strip(), fields


def _inline(text: str) -> str:
    text = _LINK.sub(lambda match: match[1] if match[1] is not None else match[2], text)
    text = _CODE.sub(r"\1", text)
    text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    text = _TAG.sub("", text)
    return _ESCAPE.sub(r"\1", text)
