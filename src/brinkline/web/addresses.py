"""Addresses of pages, made in one place, so that links from lists, search and charts lead to the same words."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def review_address(key: str, claim: str = "", sentence: int | None = None) -> str:
    """The review page of a narrative by its key, at a claim or at a sentence (counted from 0).

    >>> review_address("corfu-1923", sentence=4)
    '/narratives/corfu-1923/review#s4'
    >>> review_address("12", "claim:0a1b")
    '/narratives/12/review?claim=claim%3A0a1b'
    """
    asked = "?" + urlencode({"claim": claim}) if claim else ""
    place = f"#s{sentence}" if sentence is not None else ""
    return f"/narratives/{quote(key)}/review{asked}{place}"


def claim_address(claim: str) -> str:
    """The permanent page of one claim."""
    return f"/claims/{quote(claim)}"


def with_values(path: str, values: dict[str, str], **other: str | int | None) -> str:
    """A path with a query: the values given, some of them changed; empty ones are left out.

    >>> with_values("/narratives", {"state": "open", "page": "3"}, page=None, sort="title")
    '/narratives?state=open&sort=title'
    """
    merged = {**values, **{name: "" if value is None else str(value) for name, value in other.items()}}
    text = urlencode({name: value for name, value in merged.items() if value})
    return f"{path}?{text}" if text else path
