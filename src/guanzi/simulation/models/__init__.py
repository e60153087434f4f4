"""Company models: one file per type of company."""

from guanzi.simulation.models.scale_up import ScaleUpManufacturer

__all__ = ["ScaleUpManufacturer"]
