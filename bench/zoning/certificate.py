#!/usr/bin/env python3
"""Adds a certificate up: certificate.py MAP.json PLAN.json

For a graph in JSON and a plan of `hejian zoning solve`. Prints how many regions there can be at most by the certificate; ends with 1 where
it does not hold. Nothing of the engine is used: minimal sets are found here, prices added up as whole numbers.
"""
import json
import sys


def reachable(near, start, allowed):
    seen, open_ = {start}, [start]
    while open_:
        for other in near[open_.pop()]:
            if other in allowed and other not in seen:
                seen.add(other)
                open_.append(other)
    return seen


def minimal_sets(near, size, threshold, part):
    """Connected sets of the threshold's size or more of which no unit can go: without it they are too small or fall apart."""
    found = []
    for root in sorted(part):
        layer = {frozenset([root])}
        while layer:
            grown = set()
            for chosen in layer:
                if sum(size[i] for i in chosen) < threshold:
                    grown.update(chosen | {j} for i in chosen for j in near[i] if j > root and j not in chosen)
                    continue
                rest = {i: chosen - {i} for i in chosen}
                if not any(less and sum(size[j] for j in less) >= threshold and reachable(near, min(less), less) == less for less in rest.values()):
                    found.append(chosen)
            layer = grown
    return found


def cost(leaf, chosen):
    units = sum(price for unit, price in leaf["units"] if unit in chosen)
    rows = sum(price * (sum(w for unit, w in row["units"] if unit in chosen) // row["over"]) for row, price in leaf.get("rows", []))
    return units + rows


def total(leaf, sets, scale):
    """What all prices make, where every set costs the scale or more."""
    prices = [price for _, price in leaf["units"]] + [price for _, price in leaf.get("rows", [])]
    if any(price < 0 for price in prices) or len({unit for unit, _ in leaf["units"]}) < len(leaf["units"]):
        raise ValueError("a price below 0, or two for one unit")
    for chosen in sets:
        if cost(leaf, chosen) < scale:
            raise ValueError(f"the set {sorted(chosen)} is too cheap")
    rows = sum(price * (sum(w for _, w in row["units"]) // row["over"]) for row, price in leaf.get("rows", []))
    return sum(price for _, price in leaf["units"]) + rows


def holds(proof, sets, bound, scale):
    (kind, body), = proof.items()
    if kind == "prices":
        if total(body, sets, scale) >= (bound + 1) * scale:
            raise ValueError("the prices allow more")
    elif kind == "dear":
        spare = total(body, sets, scale) - (bound + 1) * scale
        holds(body["then"], [chosen for chosen in sets if cost(body, chosen) - scale <= spare], bound, scale)
    elif kind == "pair":
        both = lambda chosen: len(chosen & set(body["units"]))
        holds(body["together"], [chosen for chosen in sets if both(chosen) != 1], bound, scale)
        holds(body["apart"], [chosen for chosen in sets if both(chosen) != 2], bound, scale)
    else:
        raise ValueError(f"there is no proof of the kind {kind}")


def main():
    instance, plan = (json.load(open(path)) for path in sys.argv[1:3])
    nodes, asked, certificate = instance["nodes"], plan["asked"], plan["certificate"]
    size, threshold = [node["size"] for node in nodes], asked["threshold"]
    near = [set() for _ in nodes]
    for a, b, *rest in instance["edges"]:
        if rest[1:] != ["forbids"] and (not asked["nested"] or nodes[a].get("parent") == nodes[b].get("parent")):
            near[a].add(b)
            near[b].add(a)
    proofs = {component["least"]: component for component in certificate["components"]}
    left, bound = set(range(len(nodes))), 0
    while left:
        part = reachable(near, min(left), left)
        left -= part
        if sum(size[i] for i in part) >= threshold:
            component = proofs.pop(min(part))
            holds(component["proof"], minimal_sets(near, size, threshold, part), component["bound"], certificate["scale"])
            bound += component["bound"]
    if proofs:
        raise ValueError("a proof of a component that is not there")
    print(bound)


if __name__ == "__main__":
    sys.setrecursionlimit(100_000)
    try:
        main()
    except (KeyError, ValueError) as why:
        sys.exit(f"the certificate does not hold: {why}")
