#!/usr/bin/env python3
"""Time and memory from 86 to 100,000 units, as a picture: growth.py PROGRAM OUT.svg

Maps are lattices as square as can be, sizes drawn log-uniformly from 150 to 2,000 and populations two to three times that, from a seed; the
threshold is 2,000. Each is solved by one thread until its plan is within GAP of its proven bound, or LIMIT processor seconds have passed (a linear program once begun is ended).
"""
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

GAP, LIMIT = 0.03, 60
UNITS = [86, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000]
WIDE, HIGH, LEFT, RIGHT, TOP, LOW = 760, 380, 70, 70, 40, 60
INK, TIME, MEMORY = "#444", "#1f5f99", "#b5561c"


def lattice(count):
    chance = random.Random(count)
    wide = math.isqrt(count - 1) + 1
    nodes = []
    for i in range(count):
        size = round(150 * (2000 / 150) ** chance.random())
        nodes.append({"id": str(i), "size": size, "pop": round(size * (2 + chance.random()))})
    edges = [[i, i + 1, 1] for i in range(count - 1) if (i + 1) % wide]
    edges += [[i, i + wide, 1] for i in range(count - wide)]
    return {"nodes": nodes, "edges": edges}


def measured(program, count, scratch):
    (scratch / "map.json").write_text(json.dumps(lattice(count)))
    words = ["threshold=2000", f"time={LIMIT}", f"gap={GAP}", "clock=cpu"]
    said = subprocess.run([program, "solve", scratch / "map.json", scratch / "plan.json", *words], capture_output=True, text=True, check=True)
    plan = json.loads((scratch / "plan.json").read_text())
    figures = dict(part.split("=") for part in said.stdout.split() if "=" in part)
    return {"n": count, "p": plan["p"], "bound": plan["p_upper_bound"], "cpu": plan["seconds"], "mb": float(figures["peak_mb"])}


def drawn(rows):
    log = math.log10
    span = (log(UNITS[0]), log(UNITS[-1]))

    def x(n):
        return LEFT + (log(n) - span[0]) / (span[1] - span[0]) * (WIDE - LEFT - RIGHT)

    def scale(values):
        low, high = math.floor(log(min(values))), math.ceil(log(max(values)))
        high = max(high, low + 1)
        return low, high, lambda value: HIGH - LOW - (log(value) - low) / (high - low) * (HIGH - LOW - TOP)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="12" fill="{INK}">',
             f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
             f'<text x="{WIDE / 2}" y="20" text-anchor="middle">Generated lattices, one thread, until the plan is within {100 * GAP:g} % of its proven bound, or {LIMIT} s</text>']
    for row in rows:
        place = f'{x(row["n"]):.1f}'
        parts.append(f'<line x1="{place}" x2="{place}" y1="{TOP}" y2="{HIGH - LOW}" stroke="#e4e4e4"/>')
        parts.append(f'<text x="{place}" y="{HIGH - LOW + 16}" text-anchor="middle">{row["n"]:,}</text>')
        gap = 100 * (row["bound"] - row["p"]) / max(1, row["bound"])
        parts.append(f'<text x="{place}" y="{HIGH - LOW + 32}" text-anchor="middle" font-size="10">{"proven" if gap == 0 else f"{gap:.1f} %"}</text>')
    parts.append(f'<text x="{WIDE / 2}" y="{HIGH - 8}" text-anchor="middle">units; below them how far the bound lies above the plan</text>')
    for key, colour, side, name, anchor in [("cpu", TIME, LEFT, "processor seconds", "end"), ("mb", MEMORY, WIDE - RIGHT, "peak memory, MB", "start")]:
        low, high, y = scale([max(row[key], 1e-3) for row in rows])
        for power in range(low, high + 1):
            shift = -6 if anchor == "end" else 6
            parts.append(f'<text x="{side + shift}" y="{y(10 ** power) + 4:.1f}" text-anchor="{anchor}" fill="{colour}">{10 ** power:g}</text>')
        points = " ".join(f'{x(row["n"]):.1f},{y(max(row[key], 1e-3)):.1f}' for row in rows)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x(row["n"]):.1f}" cy="{y(max(row[key], 1e-3)):.1f}" r="3" fill="{colour}"/>' for row in rows]
        parts.append(f'<text x="{side}" y="{TOP - 8}" text-anchor="{"start" if anchor == "end" else "end"}" fill="{colour}">{name}</text>')
    return "\n".join(parts + ["</svg>", ""])


def main():
    program, out = sys.argv[1], pathlib.Path(sys.argv[2])
    rows = []
    print("| units | p | bound | CPU s | MB |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        for count in UNITS:
            row = measured(program, count, pathlib.Path(scratch))
            rows.append(row)
            print(f"| {row['n']:,} | {row['p']} | {row['bound']} | {row['cpu']:.3f} | {row['mb']:.0f} |", flush=True)
            out.write_text(drawn(rows))


if __name__ == "__main__":
    main()
