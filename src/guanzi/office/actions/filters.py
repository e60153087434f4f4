"""Actions on the filters that a person saves for himself: queries of a list under names, never another address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict
from urllib.parse import parse_qsl, urlencode

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, ActionInput, PermissionPolicy, action

type ListPage = Literal["cases", "evidence", "library", "log", "portfolio", "scenes"]
"""A page with a list that filters."""
FILTERS: Mapping[ListPage, tuple[str, ...]] = {
    "cases": ("q", "stage", "state", "industry", "mine"),
    "evidence": ("q", "stream", "name", "old"),
    "library": ("q", "industry"),
    "log": ("case", "who", "action"),
    "portfolio": ("q", "state", "region", "industry"),
    "scenes": ("q", "state"),
}
"""Page -> the filters of its list."""
MOST = 10
"""Filters that a person saves for a list."""
LONGEST = 1_000
"""Characters of a saved query."""


class SaveFilter(ActionInput):
    """A list by its page, the query of its address, and a name for it."""

    page: ListPage
    name: str = Field(min_length=1, max_length=60)
    query: str = Field(max_length=10 * LONGEST)


class SavedFilter(TypedDict):
    """The list for which a filter is saved."""

    page: str


@action("filter.save", PermissionPolicy())
def save_filter(context: ActionContext, asked: SaveFilter) -> SavedFilter:
    """Save a filter of a list for oneself, in place of one of the same name; the log holds neither name nor query."""
    own = context.person.filters.get(asked.page, {})
    if asked.name not in own and len(own) >= MOST:
        raise InvalidInput(Problem(Message.of("office.refused.filters_full", most=MOST), Place("name")))
    _keep(context, asked.page, {**own, asked.name: _query(asked)})
    return {"page": asked.page}


class RemoveFilter(ActionInput):
    """A saved filter of one's own, by its list and name."""

    page: ListPage
    name: str = Field(max_length=60)


class RemovedFilter(TypedDict):
    """The list for which a filter is no longer saved."""

    page: str


@action("filter.remove", PermissionPolicy())
def remove_filter(context: ActionContext, asked: RemoveFilter) -> RemovedFilter:
    """Forget a filter that one has saved."""
    own = context.person.filters.get(asked.page, {})
    if asked.name not in own:
        raise InvalidInput(Problem(Message.of("office.refused.no_filter"), Place("name")))
    _keep(context, asked.page, {name: query for name, query in own.items() if name != asked.name})
    return {"page": asked.page}


def _query(asked: SaveFilter) -> str:
    """The query with what the list knows: its filters and its order.

    Raises:
        InvalidInput: Nothing is left, or too much.
    """
    given = dict(parse_qsl(asked.query))
    query = urlencode({name: given[name] for name in (*FILTERS[asked.page], "sort") if name in given})
    if not query:
        raise InvalidInput(Problem(Message.of("office.refused.filter_empty"), Place("query")))
    if len(query) > LONGEST:
        raise InvalidInput(Problem(Message.of("office.refused.filter_long"), Place("query")))
    return query


def _keep(context: ActionContext, page: ListPage, own: Mapping[str, str]) -> None:
    context.person.filters = {**context.person.filters, page: own}
    context.person.save(update_fields=["filters"])
