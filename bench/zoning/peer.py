#!/usr/bin/env python3
"""One run of one peer: peer.py MAP.json THRESHOLD METHOD SEED, METHOD one of spopt, greedy, sa, tabu.

Prints one JSON object with labels and the wall and processor seconds of the peer's own call alone, reading and weights left out.
Peers know no parents, so they run on the map as a whole; attributes are standardised, as the engine does.
"""
import json
import os
import random
import sys
import tempfile
import time
import warnings

import numpy

warnings.filterwarnings("ignore")


def spopt(nodes, near, table, sizes, threshold, seed):
    import geopandas
    import libpysal
    from shapely.geometry import Point
    from spopt.region import MaxPHeuristic

    names = [f"a{i}" for i in range(table.shape[1])]
    columns = {name: table[:, i] for i, name in enumerate(names)}
    frame = geopandas.GeoDataFrame(columns | {"size": sizes}, geometry=[Point(node["x"], node["y"]) for node in nodes])
    weights = libpysal.weights.W(near, silence_warnings=True)
    numpy.random.seed(seed)
    random.seed(seed)
    model = MaxPHeuristic(frame, weights, names, "size", threshold, top_n=2, max_iterations_construction=99, max_iterations_sa=10)
    return lambda: (model.solve(), model.labels_)[1]


def pygeoda(method, near, table, sizes, threshold, seed):
    import pygeoda as peer
    from pygeoda.libgeoda import VecString, gda_load_gal

    handle, path = tempfile.mkstemp(suffix=".gal")
    with os.fdopen(handle, "w") as out:
        out.write(f"0 {len(near)} map id\n")
        for node, others in near.items():
            out.write(f"{node + 1} {len(others)}\n{' '.join(str(other + 1) for other in others)}\n")
    weights = peer.weights.Weight(gda_load_gal(path, VecString([str(node + 1) for node in near])))
    os.remove(path)
    columns = [column.tolist() for column in table.T]
    common = dict(random_seed=seed, cpu_threads=1, iterations=99, scale_method="raw")
    rest = (weights, columns, sizes.tolist(), threshold)
    calls = {
        "greedy": lambda: peer.maxp_greedy(*rest, **common),
        "sa": lambda: peer.maxp_sa(*rest, 0.85, sa_maxit=1, **common),
        "tabu": lambda: peer.maxp_tabu(*rest, tabu_length=10, conv_tabu=10, **common),
    }
    return lambda: calls[method]()["Clusters"]


def main():
    path, threshold, method, seed = sys.argv[1], float(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    instance = json.load(open(path))
    nodes = instance["nodes"]
    near = {i: [] for i in range(len(nodes))}
    for a, b, *_ in instance["edges"]:
        near[a].append(b)
        near[b].append(a)
    sizes = numpy.array([node["size"] for node in nodes], dtype=float)
    table = numpy.array([node["attrs"] for node in nodes], dtype=float)
    spread = table.std(axis=0)
    table = (table - table.mean(axis=0)) / numpy.where(spread == 0, 1, spread)
    rest = (near, table, sizes, threshold, seed)
    call = spopt(nodes, *rest) if method == "spopt" else pygeoda(method, *rest)
    wall, cpu = time.perf_counter(), time.process_time()
    labels = call()
    done = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "labels": [int(label) for label in labels]}
    print(json.dumps(done))


if __name__ == "__main__":
    main()
