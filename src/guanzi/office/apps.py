"""The office as an application of Django."""

from __future__ import annotations

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The one application of the office."""

    name = "guanzi.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"
