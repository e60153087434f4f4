"""The index of systemic risk by its definition: nested loops over dictionaries, for small networks."""

from collections import defaultdict


def losses(network, failed, sweeps=20_000, error=1e-13):
    """Losses (down, up) of every firm where one fails, as Diem et al. (2022) define them, market shares held fixed."""
    n = len(network.sector)
    bought = [defaultdict(dict) for _ in range(n)]
    sold = [{} for _ in range(n)]
    essential = defaultdict(bool)
    for s, b, v, e in zip(network.supplier, network.buyer, network.value, network.essential, strict=True):
        bought[b][network.sector[s]][s] = v
        sold[s][b] = v
        essential[b, network.sector[s]] |= bool(e)
    of_sector = defaultdict(float)
    for i in range(n):
        of_sector[network.sector[i]] += network.output[i]
    part = [network.output[i] / of_sector[network.sector[i]] for i in range(n)]
    down, up = [0.0] * n, [0.0] * n
    down[failed] = up[failed] = 1.0
    for _ in range(sweeps):
        new_down, new_up = [], []
        for i in range(n):
            whole = sum(v for group in bought[i].values() for v in group.values())
            worst, rest = 0.0, 0.0
            for sector, group in bought[i].items():
                lack = sum(v * part[s] * down[s] for s, v in group.items())
                if essential[i, sector]:
                    worst = max(worst, lack / sum(group.values()))
                else:
                    rest += lack / whole
            new_down.append(min(1.0, max(worst, rest)))
            new_up.append(min(1.0, sum(v * up[b] for b, v in sold[i].items()) / network.output[i]))
        new_down[failed] = new_up[failed] = 1.0
        moved = max(abs(a - b) for a, b in zip([*new_down, *new_up], [*down, *up], strict=True))
        down, up = new_down, new_up
        if moved < error:
            break
    return down, up


def index(network, failed):
    """Part of all output that is lost."""
    down, up = losses(network, failed)
    lost = sum(o * max(d, u) for o, d, u in zip(network.output, down, up, strict=True))
    return lost / sum(network.output)
