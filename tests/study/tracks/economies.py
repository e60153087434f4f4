"""Economies that are made up, for tests."""

import numpy as np


def economy(regions=30, industries=40, years=1, seed=1, noise=0.35):
    """Values by capabilities that regions have and industries need, with two dimensions of kinship, year after year."""
    rng = np.random.default_rng(seed)
    able, needs = rng.normal(size=(regions, 3)), rng.normal(size=(industries, 3))
    size, spread = rng.lognormal(6, 1, regions), rng.lognormal(0, 0.7, industries)
    out = []
    for _ in range(years):
        able = able + 0.25 * rng.normal(size=able.shape)
        pull = able @ needs.T / np.sqrt(3) + noise * rng.normal(size=(regions, industries))
        values = np.exp(1.5 * pull) * size[:, None] * spread[None] / industries
        values[pull < -0.6] = 0
        out.append(np.round(values))
    return np.array(out)


def rows_of(cube, first_year=2000, step=1):
    """The cells of an economy as rows: region, industry, year, value; noughts are left out."""
    return [
        {"region": f"r{r:03d}", "industry": f"i{i:03d}", "year": first_year + t * step, "value": float(cube[t, r, i])}
        for t, r, i in zip(*np.nonzero(cube), strict=True)
    ]
