"""The office as an application of Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from guanzi.office.people.sessions import begin


class OfficeConfig(AppConfig):
    """The one application of the office."""

    name = "guanzi.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let addresses name ids, enterings begin their time, and changes of rows be gathered for the log."""
        from guanzi.office.auditlog.rehashing import keep_hash
        from guanzi.office.converters import register
        from guanzi.office.models import rehashed, watch_rows

        register()
        watch_rows()
        rehashed.connect(keep_hash, dispatch_uid="guanzi.office.auditlog.rehashing")
        user_logged_in.connect(begin, dispatch_uid="guanzi.office.people.sessions")
