"""What a watcher of machines asks: whether the office works, and how much there is."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_tasks_db.models import DBTaskResult

from guanzi.office.auditlog.log import office_log, signing_key
from guanzi.office.auditlog.transactions import LONGEST
from guanzi.office.cases.documentuploads import LARGEST
from guanzi.office.faults import BUSY, FULL, OTHER_KEY, STATUS, fault_of, free_bytes
from guanzi.office.models import AppraisalRun, Organisation

_LOCAL = ("127.0.0.1", "::1", "")
_BEGUN = time.monotonic()


def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, the log can be signed and the disk has room; 503 or 507 otherwise."""
    try:
        Organisation.objects.exists()  # reads the file, which the mere number 1 would not
        signing_key()
        free = free_bytes(settings.DATA)
    except Exception as error:
        kind = fault_of(error)
        if kind is None:
            raise
        if kind == OTHER_KEY:
            return JsonResponse({"database": "answers", "log": "its key is not there"}, status=STATUS[kind])
        return JsonResponse({"database": "busy" if kind == BUSY else "no answer"}, status=STATUS[kind])
    if free < LARGEST:
        return JsonResponse({"database": "answers", "disk": "full"}, status=STATUS[FULL])
    return JsonResponse({"database": "answers", "disk": "has room"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers in the text form of Prometheus, for the machine itself alone."""
    if request.META.get("REMOTE_ADDR", "") not in _LOCAL or "X-Forwarded-For" in request.headers:
        return HttpResponse(status=404)
    rows = {
        "guanzi_uptime_seconds": round(time.monotonic() - _BEGUN, 1),
        "guanzi_log_entries": office_log().size,
        "guanzi_disk_free_bytes": free_bytes(settings.DATA),
        "guanzi_tasks_waiting": DBTaskResult.objects.filter(status="READY").count(),
        "guanzi_tasks_failed": DBTaskResult.objects.filter(status="FAILED").count(),
        "guanzi_longest_turn_seconds": round(max(LONGEST.values(), default=0.0), 3),
        "guanzi_appraisals_running": AppraisalRun.objects.filter(state="running").count(),
    }
    text = "".join(f"# TYPE {name} gauge\n{name} {value}\n" for name, value in rows.items())
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")
