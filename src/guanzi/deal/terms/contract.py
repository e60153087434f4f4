"""Reading of quotes and of the contract that a sheet lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from guanzi.base.core import Message
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.quoting import MOST_QUOTED, ClauseQuote, ContractLine, ContractText, words_in
from guanzi.deal.terms.schema import CONTRACT, CONTRACT_LINE, QUOTED


def quotes_in(cursor: Cursor) -> Iterator[ClauseQuote]:
    """The quotes of a sheet or of a part of it, in the order of the text; wrong ones are noted."""
    value = cursor.value
    if isinstance(value, list):
        for number in range(len(value)):
            yield from quotes_in(cursor.at(number))
    elif isinstance(value, dict):
        for key in value:
            at = replace(cursor, path=(*cursor.path, key), value=value[key])
            if key == "source" and isinstance(at.value, list | dict) and not _is_words(at.value):
                yield from _quotes(at, cursor.place.field)
            else:
                yield from quotes_in(at)


def _is_words(source: Any) -> bool:
    """Whether a source is an opinion in two languages."""
    return isinstance(source, dict) and set(source) <= {"en", "zh"}


def _quotes(cursor: Cursor, of: str) -> Iterator[ClauseQuote]:
    for one in cursor.items() if isinstance(cursor.value, list) else [cursor]:
        if not one.fits(QUOTED):
            continue
        quote, page = one.at("quote").text(), _page(one)
        if words_in(quote) > MOST_QUOTED:
            cause = Message.of("terms.sheet.long_quote", n=words_in(quote), most=MOST_QUOTED)
            one.at("quote").report(cause, Message.of("terms.mend.long_quote", most=MOST_QUOTED))
        if page is not None:
            yield ClauseQuote(of, one.at("document").text(), page, one.at("clause").text(), quote, one.place)


def _page(cursor: Cursor) -> int | None:
    page = cursor.at("page")
    if isinstance(page.value, int) and not isinstance(page.value, bool) and page.value > 0:
        return page.value
    page.report(Message.of("terms.sheet.bad_page", text=str(page.value)), Message.of("terms.mend.page"))
    return None


def read_contract(cursor: Cursor) -> ContractText | None:
    """The contract that a sheet lists; None where it lists none."""
    if cursor.value is None or not cursor.fits(CONTRACT):
        return None
    lines = tuple(
        ContractLine(
            one.at("clause").text(),
            page,
            one.at("text").text(),
            one.place,
            one.at("aside").words(),
            one.at("subject").text() or "other",
        )
        for one in cursor.at("clauses").items()
        if one.fits(CONTRACT_LINE) and (page := _page(one)) is not None
    )
    return ContractText(cursor.at("document").text(), lines)
