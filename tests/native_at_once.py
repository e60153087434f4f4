"""Calls the native libraries of the server from several threads at once; ends with 0 where every answer was right.

Run by ``test_native_libraries.py`` as a program of its own: what such a library does wrong ends the whole process.
"""

import sys
import threading
import zipfile
from io import BytesIO

import numpy as np

THREADS = 6


def solver():
    from guanzi.deal.lint import lint
    from guanzi.deal.lint.examples import example
    from guanzi.deal.terms import parse_sheet

    found = [lint(parse_sheet(example(code).bad_sheet)) for code in ("GZ401", "GZ406", "GZ409")]
    return tuple(one.code for some in found for one in some)


def charts():
    import vl_convert

    data = {"values": [{"a": n, "b": n * n} for n in range(20)]}
    encoding = {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b", "type": "quantitative"}}
    return vl_convert.vegalite_to_svg({"data": data, "mark": "line", "encoding": encoding})


def kernels():
    from guanzi.base.core import compiled

    @compiled(nogil=True)
    def total(values):
        found = 0.0
        for value in values:
            found += value * value
        return found

    return total(np.arange(1_000.0))


def programs():
    from scipy.optimize import LinearConstraint, linprog, milp

    once = linprog([-1.0, -2.0], A_ub=[[1.0, 1.0], [1.0, 3.0]], b_ub=[4.0, 6.0])
    whole = milp(
        [-1.0, -2.0], constraints=LinearConstraint([[1.0, 1.0], [1.0, 3.0]], ub=[4.0, 6.0]), integrality=[1, 1]
    )
    return once.fun, whole.fun


def matrices():
    values = np.random.default_rng(1).normal(size=(120, 120))
    return round(float(np.linalg.slogdet(values)[1]), 6)


def tables():
    import duckdb

    with duckdb.connect() as database:
        return database.execute("select sum(range * 2) from range(10000)").fetchall()


def trees():
    import lightgbm

    values = np.random.default_rng(2).normal(size=(200, 3))
    told = (values[:, 0] > 0).astype(float)
    given = {"objective": "binary", "num_threads": 1, "verbose": -1, "seed": 1, "deterministic": True}
    model = lightgbm.train(given, lightgbm.Dataset(values, told), num_boost_round=5)
    return tuple(np.round(np.asarray(model.predict(values[:5])), 6))


def texts():
    import yaml
    from lxml import html

    parsed = html.fromstring("<table>" + "<tr><td>a</td></tr>" * 200 + "</table>")
    events = sum(1 for _ in yaml.parse("a: [1, 2, {b: c}]\n" * 1, Loader=yaml.CSafeLoader))
    return len(parsed.findall(".//td")), events


def archives():
    box = BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"a" * 100_000)
    with zipfile.ZipFile(box) as archive:
        return len(archive.read("a"))


def papers():
    import typst

    return len(typst.compile(b"= Title\n#lorem(200)", format="pdf")) > 1_000


def columns():
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.sum(pa.chunked_array([list(range(1_000))] * 3)).as_py()


EVERY = (solver, charts, kernels, programs, matrices, tables, trees, texts, archives, papers, columns)


def main(rounds):
    right = {work: work() for work in EVERY}
    wrong = []
    start = threading.Barrier(THREADS)

    def run(number):
        start.wait()
        for _ in range(rounds):
            for work in (*EVERY[number % len(EVERY) :], *EVERY[: number % len(EVERY)], solver):
                try:
                    if (found := work()) != right[work]:
                        wrong.append((work.__name__, found))
                except Exception as error:
                    wrong.append((work.__name__, repr(error)))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(*wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
