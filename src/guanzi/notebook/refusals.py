"""Errors that read as sentences, for people who program."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from guanzi.base.core import InvalidInput, format_problems


class Refusal(InvalidInput):
    """An input that cannot be used, told in English: where, what is wrong, and how to fix it."""

    def __str__(self) -> str:
        return format_problems(self.problems)


def refusing[**P, T](asked: Callable[P, T]) -> Callable[P, T]:
    """The same function; what it refuses reads as sentences."""

    @wraps(asked)
    def answered(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return asked(*args, **kwargs)
        except InvalidInput as error:
            raise Refusal(error.problems) from None

    return answered
