"""Runs one peer: lines in (load, round, dump FILE, memory, version), one number a line out."""

import importlib.util
import os
import resource
import sys
import time

peer, folder, threads, query = sys.argv[1:5]
os.environ["POLARS_MAX_THREADS"] = threads
NONE = -(2**31)


class DuckDb:
    def __init__(self):
        import duckdb

        self.version = duckdb.__version__
        self.con = duckdb.connect(":memory:")
        self.con.execute(f"SET threads = {threads}")
        # The order of rows is restored where it is compared; keeping it would only cost the peer time.
        self.con.execute("SET preserve_insertion_order = false")
        with open(query, encoding="utf-8") as file:
            load, rounds = file.read().replace("FOLDER", folder).split("-- round\n")
        statements = lambda text: [one for one in text.replace("-- load\n", "").split("-- next\n") if one.strip()]
        self.load_sql, self.round_sql = statements(load), statements(rounds)

    def load(self):
        for one in self.load_sql:
            self.con.execute(one)

    def round(self):
        for one in self.round_sql:
            self.con.execute(one)

    def tables(self):
        import numpy

        for level in range(6):
            found = self.con.execute(f"SELECT * FROM p{level} ORDER BY 1").fetchnumpy()
            columns = [numpy.ma.filled(numpy.ma.asarray(v).astype(numpy.int32), NONE) for v in list(found.values())[1:]]
            yield numpy.stack(columns, axis=1)


class Polars:
    def __init__(self):
        import polars

        self.version = polars.__version__
        assert polars.thread_pool_size() == int(threads)
        spec = importlib.util.spec_from_file_location("asked", query)
        self.asked = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.asked)

    def load(self):
        self.data = self.asked.load(folder)

    def round(self):
        self.points = self.asked.round(self.data)

    def tables(self):
        import polars as pl

        for table in self.points:
            table = table.sort(table.columns[0]).drop(table.columns[0])
            yield table.select(pl.all().cast(pl.Int32).fill_null(NONE)).to_numpy(order="c")


engine = {"duckdb": DuckDb, "polars": Polars}[peer]()
for line in sys.stdin:
    word, _, rest = line.strip().partition(" ")
    started = time.perf_counter()
    if word == "load":
        engine.load()
        answer = time.perf_counter() - started
    elif word == "round":
        engine.round()
        answer = time.perf_counter() - started
    elif word == "dump":
        with open(rest, "wb") as out:
            for table in engine.tables():
                out.write(table.astype("<i4").tobytes())
        answer = 0
    elif word == "memory":
        answer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    elif word == "version":
        answer = engine.version
    else:
        break
    print(answer, flush=True)
