"""Where the links of read-only pages lead: to addresses of the app, or to files of a site, whose links are relative."""

from __future__ import annotations

import posixpath
import string
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol
from urllib.parse import quote, urlencode

from brinkline.web.addresses import claim_address, review_address

_PLAIN = frozenset(string.ascii_lowercase + string.digits + "-_")
_LONGEST = 80


class Ways(Protocol):
    """What templates of read-only pages ask for. An address is "" where there is no such page."""

    @property
    def live(self) -> bool:
        """Whether the pages are those of the app, with people and forms."""
        ...

    def narratives(self) -> str:
        """The list of narratives."""
        ...

    def crisis(self, key: str, tab: str = "", anchor: str = "") -> str:
        """A tab of the page of a narrative; the tab that is shown is found by its anchor alone."""
        ...

    def chart(self, key: str, kind: str, form: str) -> str:
        """A chart of a narrative as a file."""
        ...

    def actors(self) -> str:
        """The list of actors."""
        ...

    def actor(self, ident: str) -> str:
        """The page of an actor."""
        ...

    def dyad(self, one: str, other: str) -> str:
        """The page of two actors, whichever comes first."""
        ...

    def variable(self, level: str, name: str) -> str:
        """The page of a variable of the codebook."""
        ...

    def claim(self, ident: str) -> str:
        """The permanent page of a claim."""
        ...

    def review(self, key: str, claim: str = "") -> str:
        """The review page."""
        ...

    def download(self, key: str, form: str) -> str:
        """The coding of a narrative in a format."""
        ...


@dataclass(frozen=True, slots=True)
class AppWays:
    """Addresses of the app."""

    live: bool = True

    def narratives(self) -> str:
        """The list of narratives."""
        return "/narratives"

    def crisis(self, key: str, tab: str = "", anchor: str = "") -> str:
        """A tab of the page of a narrative.

        >>> AppWays().crisis("corfu-1923", "map", "w-e3")
        '/narratives/corfu-1923?tab=map#w-e3'
        """
        asked = "?" + urlencode({"tab": tab}) if tab and tab != "facts" else ""
        return f"/narratives/{quote(key, safe='')}{asked}{'#' + anchor if anchor else ''}"

    def chart(self, key: str, kind: str, form: str) -> str:
        """A chart as a file."""
        return f"/narratives/{quote(key, safe='')}/charts/{kind}.{form}"

    def actors(self) -> str:
        """The list of actors."""
        return "/actors"

    def actor(self, ident: str) -> str:
        """The page of an actor."""
        return f"/actors/{quote(ident, safe=':')}"

    def dyad(self, one: str, other: str) -> str:
        """The page of two actors."""
        first, second = sorted((one, other))
        return f"/dyads/{quote(first, safe=':')}/{quote(second, safe=':')}"

    def variable(self, level: str, name: str) -> str:
        """The page of a variable."""
        return f"/codebook/{level}/{quote(name, safe='')}"

    def claim(self, ident: str) -> str:
        """The page of a claim."""
        return claim_address(ident)

    def review(self, key: str, claim: str = "") -> str:
        """The review page."""
        return review_address(key, claim)

    def download(self, key: str, form: str) -> str:
        """The coding in a format."""
        return f"/export/{form}?{urlencode({'narrative': key})}"


@dataclass(frozen=True, slots=True)
class SiteWays:
    """Files of a site, seen from the file ``at`` (a path inside the site); links work from a disk and from any server."""

    at: str
    live: bool = False

    def to(self, path: str, anchor: str = "") -> str:
        """The relative address of a file of the site.

        >>> SiteWays("narratives/902/map.html").to("actors/state.325.html")
        '../../actors/state.325.html'
        """
        if path == self.at and anchor:
            return "#" + anchor
        near = posixpath.relpath(path, posixpath.dirname(self.at) or ".")
        return quote(near) + ("#" + anchor if anchor else "")

    def narratives(self) -> str:
        """The list of narratives, the first page of the site."""
        return self.to("index.html")

    def crisis(self, key: str, tab: str = "", anchor: str = "") -> str:
        """The file of a tab."""
        return self.to(crisis_file(key, tab), anchor)

    def chart(self, key: str, kind: str, form: str) -> str:
        """The file of a chart."""
        return self.to(f"narratives/{file_stem(key)}/{kind}.{form}")

    def actors(self) -> str:
        """The list of actors."""
        return self.to("actors/index.html")

    def actor(self, ident: str) -> str:
        """The file of an actor."""
        return self.to(actor_file(ident))

    def dyad(self, one: str, other: str) -> str:
        """The file of two actors."""
        return self.to(dyad_file(one, other))

    def variable(self, level: str, name: str) -> str:
        """The place of a variable in the codebook."""
        return self.to("codebook.html", f"{level}-{file_stem(name)}")

    def claim(self, ident: str) -> str:
        """No page: a site has none for each claim."""
        return ""

    def review(self, key: str, claim: str = "") -> str:
        """No page: nobody decides in a site."""
        return ""

    def download(self, key: str, form: str) -> str:
        """The file of the coding."""
        return self.to(f"narratives/{file_stem(key)}/coding.{form}")


def crisis_file(key: str, tab: str = "") -> str:
    """The file of a tab of a narrative's page."""
    name = "index" if tab in ("", "facts") else tab
    return f"narratives/{file_stem(key)}/{name}.html"


def actor_file(ident: str) -> str:
    """The file of an actor's page."""
    return f"actors/{file_stem(ident)}.html"


def dyad_file(one: str, other: str) -> str:
    """The file of the page of two actors."""
    first, second = sorted((one, other))
    return f"dyads/{file_stem(first)}--{file_stem(second)}.html"


def file_stem(ident: str) -> str:
    """A name of a file, on any system, that no other id has.

    >>> file_stem("collective:state:290+state:368"), file_stem("902"), file_stem("Île")
    ('collective.state.290~2bstate.368', '902', '~cele')
    """
    parts = ("." if char == ":" else char if char in _PLAIN else f"~{ord(char):x}" for char in ident)
    stem = "".join(parts)
    return stem if len(stem) <= _LONGEST else f"{stem[:_LONGEST]}-{sha256(ident.encode()).hexdigest()[:12]}"
