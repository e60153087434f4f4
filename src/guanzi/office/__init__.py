"""The office: a team runs its cases in the browser, from first look to exit.

The database is the truth. Whatever changes it is an action (:mod:`guanzi.office.actions`): permission, validation,
change and entry of the log in one place and one transaction, called the same from pages, the HTTP interface and the
command line. What is analysed is analysed by the services of :mod:`guanzi.jobs`.

Whoever uses it calls :func:`choose` first: the settings are those of one folder. The rest loads when it is asked for.
"""

from importlib import import_module
from typing import Any

from guanzi.office.roles import Role
from guanzi.office.serving.preparing import choose, prepare

__all__ = [
    "PEOPLE",
    "Role",
    "back_up",
    "begin_organisation",
    "choose",
    "confirm_on_machine",
    "demonstrate",
    "do_as",
    "export_as",
    "import_as",
    "lacking",
    "model_server",
    "nightly",
    "prepare",
    "reader",
    "record_as",
    "require_free",
    "restore",
    "serve",
]

_SERVING = {
    "PEOPLE": "demonstration",
    "back_up": "saving",
    "begin_organisation": "beginning",
    "confirm_on_machine": "confirming",
    "demonstrate": "demonstration",
    "do_as": "acting",
    "export_as": "exchanging",
    "import_as": "exchanging",
    "lacking": "checking",
    "model_server": "mcp",
    "nightly": "watching",
    "reader": "mcp",
    "record_as": "exchanging",
    "require_free": "starting",
    "restore": "restoring",
    "serve": "starting",
}


def __getattr__(name: str) -> Any:
    if name not in _SERVING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.serving.{_SERVING[name]}"), name)
