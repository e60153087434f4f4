"""What may stand in the query of an address: what its description names, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.params.models import Query


def named_alone(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view of an address, which refuses what it does not ask for in the query: a misspelt filter filters nothing.

    Raises:
        ValidationError: The query holds a name that the address does not ask.
    """
    asks = {name for name, one in signature(view).parameters.items() if isinstance(one.default, Query)}

    @wraps(view)
    def alone(request: HttpRequest, *given: Any, **named: Any) -> Any:
        if unknown := sorted(set(request.GET) - asks):
            raise ValidationError([{"type": "extra_forbidden", "loc": ("query", name)} for name in unknown])
        return view(request, *given, **named)

    return alone
