"""Chains: what a place has of an industrial chain, what is missing, whom to invite, what a stop takes."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.intake.chains import chain_names, link_names
    from guanzi.jobs.chains import (
        belonging,
        declared,
        gaps,
        laboratories,
        leads,
        links,
        multipliers,
        openness,
        places,
        shocks,
        sides,
        stations,
        targets,
        townships,
    )
else:
    __all__, __getattr__ = late_names(__name__)
