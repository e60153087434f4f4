"""Workbooks of a case read as models: which typed cells feed which figures, and what the case holds beside them."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from django.conf import settings

from guanzi.base.core import scratch_directory
from guanzi.jobs.evidence import modelling
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.folders import lay_out
from guanzi.office.models import OfficeCase

_KEPT = 16
"""Models that a process keeps, each with the version of the case that it was laid beside."""
_readers = ThreadPoolExecutor(1, "models")
_kept: OrderedDict[tuple[str, str], Future[modelling.Result]] = OrderedDict()
_lock = Lock()


def model_of(case: OfficeCase, sha256: str) -> Future[modelling.Result]:
    """The model of a workbook beside the newest version of its case; the first to ask begins the reading.

    Args:
        case: Whose facts are laid beside it, as of its decision date.
        sha256: Of the bytes of the workbook.
    """
    key = (sha256, case.newest.sha256)
    with _lock:
        held = _kept.get(key)
        if held is None or (held.done() and held.exception() is not None):
            folder = str(lay_out(case.slug, case.tree))
            held = _kept[key] = _readers.submit(_read, content_of(sha256), folder)
        _kept.move_to_end(key)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
        return held


def _read(content: bytes, folder: str) -> modelling.Result:
    with scratch_directory(settings.DATA, ".model-") as work:
        path = work / "model.xlsx"
        path.write_bytes(content)
        return modelling.read_model(modelling.Request(path, case=folder))
