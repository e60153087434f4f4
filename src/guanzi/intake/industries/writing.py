"""A panel as a Parquet file that every tool can read, and that is read again as it was."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from guanzi.intake.industries.panel import IndustryPanel


def write_industries(panel: IndustryPanel, path: Path) -> None:
    """Write the cells that are held: region, industry, year and the measures; what is unknown is empty.

    Args:
        panel: What is written.
        path: Parquet file; it takes its name when it is complete.
    """
    import pyarrow as pa
    import pyarrow.parquet as parquet

    year = np.repeat(np.array(panel.years, dtype=np.int32), np.diff(panel.starts))
    table = pa.table(
        {
            "region": pa.DictionaryArray.from_arrays(panel.region, pa.array(panel.regions)).cast(pa.string()),
            "industry": pa.DictionaryArray.from_arrays(panel.industry, pa.array(panel.industries)).cast(pa.string()),
            "year": pa.array(year),
            **{name: pa.array(values, from_pandas=True) for name, values in panel.measures.items()},
        }
    )
    draft = path.with_name(path.name + ".part")
    parquet.write_table(table, draft)
    os.replace(draft, path)
