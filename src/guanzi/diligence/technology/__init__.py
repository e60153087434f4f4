"""Technology: route against route, and patents."""

from __future__ import annotations

from guanzi.diligence.technology.substitution import Substitution, substitution

__all__ = ["Substitution", "substitution"]
