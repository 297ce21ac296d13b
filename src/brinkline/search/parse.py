"""``parse(text)``: a query as records, or an error that shows the place.

query  = and { "OR" and }
and    = part { ["AND"] part }
part   = ( "-" | "NOT" ) part | "(" query ")" | word | word* | "phrase" | field:value,value
"""

from __future__ import annotations

from brinkline.search import query as records
from brinkline.search.faults import fault
from brinkline.search.query import Query, Words, conjunction, disjunction, group, negation
from brinkline.search.scan import Piece, scan
from brinkline.search.terms import term
from brinkline.search.vocabulary import Vocabulary
from brinkline.store.words import words_of

#: Limits that keep a query answerable; people stay far below them.
LONGEST = 2000
MOST_TERMS = 100
DEEPEST = 30


def parse(text: str, vocabulary: Vocabulary | None = None) -> Query:
    """The query as records. UsageError BL450 to BL459 with the place, carets and the nearest names.

    >>> from brinkline.search.query import query_text
    >>> query_text(parse('troops  actor:"Soviet Union" -type:"declare war" (retreat* OR "cease-fire")'))
    'troops actor:RUS -type:declare_war (retreat* OR "cease fire")'
    """
    if len(text) > LONGEST:
        raise fault("BL459", f"a query has at most {LONGEST:,} characters", text, LONGEST, LONGEST + 1, "shorten it")
    pieces = scan(text)
    if len(pieces) == 1:
        raise fault("BL450", "the query is empty", text, 0, 1, "write words, or a field such as actor:RUS")
    parser = _Parser(text, pieces, vocabulary or Vocabulary())
    found = parser.either(0)
    piece = parser.piece
    if piece.kind != "end":
        raise parser.wrong("BL451", "this bracket closes nothing" if piece.kind == "close" else "not expected here")
    if len(records.terms_of(found)) > MOST_TERMS:
        raise fault("BL459", f"a query has at most {MOST_TERMS} terms", text, 0, len(text), "ask in several queries")
    return found


class _Parser:
    """The place in the pieces of one query."""

    def __init__(self, text: str, pieces: tuple[Piece, ...], vocabulary: Vocabulary) -> None:
        self.text = text
        self.pieces = pieces
        self.vocabulary = vocabulary
        self.at = 0

    @property
    def piece(self) -> Piece:
        return self.pieces[self.at]

    def next(self) -> Piece:
        piece = self.piece
        self.at += 1
        return piece

    def wrong(self, code: str, message: str, remedy: str = "", piece: Piece | None = None) -> Exception:
        piece = piece or self.piece
        return fault(code, message, self.text, piece.start, piece.end, remedy)

    def either(self, depth: int) -> Query:
        """Parts joined by OR."""
        if depth > DEEPEST:
            raise self.wrong("BL459", f"brackets are nested more than {DEEPEST} deep", "ask in several queries")
        parts = [self.all(depth)]
        while self.piece.kind == "or":
            self.next()
            parts.append(self.all(depth))
        return disjunction(parts) if len(parts) > 1 else parts[0]

    def all(self, depth: int) -> Query:
        """Parts that stand beside one another, or are joined by AND."""
        parts = [self.part(depth)]
        while self.piece.kind not in ("end", "close", "or"):
            if self.piece.kind == "and":
                self.next()
            parts.append(self.part(depth))
        return conjunction(parts)

    def part(self, depth: int) -> Query:
        """One part, with what negates it."""
        piece = self.next()
        match piece.kind:
            case "minus" | "not":
                if depth > DEEPEST:
                    raise self.wrong("BL459", f"more than {DEEPEST} times not", "ask in several queries", piece)
                return negation(self.part(depth + 1))
            case "open":
                found = self.either(depth + 1)
                if self.piece.kind != "close":
                    raise self.wrong("BL451", "a bracket is never closed", "close it with )", piece)
                self.next()
                return group(found)
            case "field":
                return self.field(piece)
            case "word" | "phrase":
                return self.words(piece)
            case "end":
                before = self.pieces[self.at - 2] if self.at > 1 else piece
                raise self.wrong("BL451", "something is missing behind this", "add a word or a field", before)
            case _:
                raise self.wrong("BL451", f"{piece.text} joins two parts; one is missing", "add a word or a field", piece)

    def field(self, piece: Piece) -> Query:
        """A field with its values."""
        values: list[Piece] = []
        while self.piece.kind in ("value", "comma"):
            value = self.next()
            if value.kind == "value":
                values.append(value)
        if self.pieces[self.at - 1].kind in ("comma", "field"):
            raise self.wrong("BL453", f"{piece.text}: has no value here", f"write {piece.text}:VALUE without a blank", piece)
        if piece.text.lower() == "stem":
            parts: list[Query] = [self.words(value, "stem") for value in values]
            return disjunction(parts) if len(parts) > 1 else parts[0]
        return term(self.text, piece, values, self.vocabulary)

    def words(self, piece: Piece, form: records.Form = "word") -> Words:
        """A word or phrase, or the beginning of one."""
        text = piece.text
        prefix = text.endswith("*")
        found = tuple(word.folded for word in words_of(text))
        if not found or (prefix and not text[-2:-1].isalnum()):
            raise self.wrong("BL453", "there is no word to look for here", "write letters or digits", piece)
        return Words(found, form, prefix)
