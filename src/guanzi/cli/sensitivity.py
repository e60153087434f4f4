"""Which assumption moves the result, and which fact turns the advice, on the screen."""

from __future__ import annotations

from guanzi.cli.show import show_json
from guanzi.desk import sensitivity
from guanzi.render import document_screen


def show_sensitivity(request: sensitivity.Request, lang: str, *, as_json: bool) -> None:
    """Print the assumptions by their share, and where they are asked for the facts that turn the advice."""
    result = sensitivity.find_sensitivity(request)
    if as_json:
        show_json(sensitivity.data(result))
    else:
        print(document_screen(sensitivity.document_of(result), lang))
