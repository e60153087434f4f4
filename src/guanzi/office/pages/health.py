"""What a watcher of machines asks: whether the office works, and how much there is."""

from __future__ import annotations

import time

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_tasks_db.models import DBTaskResult

from guanzi.office.log import office_log
from guanzi.office.models import AppraisalRun

_LOCAL = ("127.0.0.1", "::1", "")
_BEGUN = time.monotonic()


def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "no answer"}, status=503)
    return JsonResponse({"database": "answers"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers in the text form of Prometheus, for the machine itself alone."""
    if request.META.get("REMOTE_ADDR", "") not in _LOCAL or "X-Forwarded-For" in request.headers:
        return HttpResponse(status=404)
    rows = {
        "guanzi_uptime_seconds": round(time.monotonic() - _BEGUN, 1),
        "guanzi_log_entries": office_log().size,
        "guanzi_tasks_waiting": DBTaskResult.objects.filter(status="READY").count(),
        "guanzi_tasks_failed": DBTaskResult.objects.filter(status="FAILED").count(),
        "guanzi_appraisals_running": AppraisalRun.objects.filter(state="running").count(),
    }
    text = "".join(f"# TYPE {name} gauge\n{name} {value}\n" for name, value in rows.items())
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")
