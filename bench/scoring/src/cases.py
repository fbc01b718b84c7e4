"""The SQL text of a standard on DuckDB, against what the tree evaluator said: every case of the folder, every unit and indicator.

Usage: cases.py FOLDER; exit code 1 where anything differs."""

import sys
from fractions import Fraction
from pathlib import Path

import duckdb

LIMB_BITS = int(sys.argv[2])


def side(number, limbs):
    if number is not None or limbs is None:
        return number
    return sum(int(limb) << (LIMB_BITS * place) for place, limb in enumerate(limbs.split(" ")))


def value(row):
    numerator = side(row["numerator"], row["numerator_limbs"])
    denominator = side(row["denominator"], row["denominator_limbs"])
    if numerator is None or denominator is None:
        return None
    denominator *= row["factor_denominator"]
    return None if denominator == 0 else Fraction(numerator * row["factor_numerator"], denominator)


def said(row):
    points = None if row["points"] is None else Fraction(row["points"], 100)
    return points, value(row), row["known"], row["units"], row["vetoed"]


def expected(line):
    unit, indicator, points, number, known, units, vetoed = line.split("\t")
    fraction = lambda text: None if text == "-" else Fraction(text)
    return (unit, indicator), (fraction(points), fraction(number), int(known), int(units), int(vetoed))


def main():
    cases = scores = assessed = wide = 0
    different = []
    for folder in sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir()):
        engine = duckdb.connect()
        for file in ["tables.sql", "rows.sql"]:
            engine.execute((folder / file).read_text())
        answer = engine.execute((folder / "text.sql").read_text())
        names = [column[0] for column in answer.description]
        rows = [dict(zip(names, row)) for row in answer.fetchall()]
        found = {(row["unit"], row["indicator"]): row for row in rows}
        wanted = dict(expected(line) for line in (folder / "expected.tsv").read_text().splitlines())
        cases += 1
        for key in sorted(wanted.keys() | found.keys()):
            scores += 1
            if key in found and found[key]["too_wide"] == 1:
                wide += 1
            elif key not in found or key not in wanted or said(found[key]) != wanted[key]:
                different.append((folder.name, key, wanted.get(key), found.get(key)))
            elif wanted[key][0] is not None:
                assessed += 1
    print(f"[sql]   DuckDB {duckdb.__version__}: {cases} cases, {scores} scores, {assessed} assessed, {wide} too wide to say, {len(different)} different")
    for line in different[:10]:
        print("       ", *line)
    sys.exit(1 if different or assessed == 0 else 0)


main()
