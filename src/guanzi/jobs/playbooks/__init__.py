"""Playbooks: governance models as data, and whether a city can run one."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.playbooks import playbooks, replicability
    from guanzi.jobs.playbooks.declared import PlaybookRequest
else:
    __all__, __getattr__ = late_names(__name__)
