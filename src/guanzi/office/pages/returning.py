"""Where a page goes on: what a form or an address names, if it is a path of this office and nothing else."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

from guanzi.base.core import hidden_in_name


def local_path(target: str) -> str:
    """A path of this office as a header holds it; ``/`` in place of anything that leads elsewhere."""
    own = target.startswith("/") and not hidden_in_name(target) and url_has_allowed_host_and_scheme(target, None)
    return str(iri_to_uri(target)) if own else "/"


def wanted_path(request: HttpRequest, **values: str) -> str:
    """Where a request wants to go on; ``values`` stand for what the path holds in braces."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    for name, value in values.items():
        target = target.replace(f"{{{name}}}", value)
    return local_path(target)
