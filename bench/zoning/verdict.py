#!/usr/bin/env python3
"""Whether a labelling is a plan. Python alone, nothing of the engine, nothing of the peers.

    verdict.py MAP.json LABELS.json THRESHOLD TARGET [nested]

LABELS.json is a list with one label for each node, or an object that holds it as "labels". A node without a label (null) is right only
where the nodes it is joined to, in its parent where nested, are together below the threshold. Prints one JSON object; ends with 1 when
the labelling is no plan.
"""
import collections
import json
import sys


def pieces(count, edges):
    """Sets of nodes that edges join."""
    near = collections.defaultdict(list)
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    seen = [False] * count
    for start in range(count):
        if seen[start]:
            continue
        seen[start], piece, at = True, [start], 0
        while at < len(piece):
            for other in near[piece[at]]:
                if not seen[other]:
                    seen[other] = True
                    piece.append(other)
            at += 1
        yield piece


def squares(rows, members):
    """Sum of squares around the mean of the members, over all columns."""
    total = 0.0
    for column in rows:
        mean = sum(column[i] for i in members) / len(members)
        total += sum((column[i] - mean) ** 2 for i in members)
    return total


def verdict(instance, labels, threshold, target, nested):
    nodes = instance["nodes"]
    count = len(nodes)
    edges = [(edge[0], edge[1]) for edge in instance["edges"]]
    if len(labels) != count:
        return {"plan": False, "why": [f"{len(labels)} labels for {count} nodes"]}
    inside = [(a, b) for a, b in edges if not nested or nodes[a].get("parent") == nodes[b].get("parent")]
    why = []
    for piece in pieces(count, inside):
        if sum(nodes[i]["size"] for i in piece) >= threshold:
            why += [f"node {i} has no region" for i in piece if labels[i] is None]
    regions = collections.defaultdict(list)
    for i, label in enumerate(labels):
        if label is not None:
            regions[label].append(i)
    joined = collections.Counter()
    for piece in pieces(count, [(a, b) for a, b in inside if labels[a] is not None and labels[a] == labels[b]]):
        if labels[piece[0]] is not None:
            joined[labels[piece[0]]] += 1
    why += [f"region {label} is in {n} pieces" for label, n in joined.items() if n > 1]
    off = []
    for label, members in regions.items():
        size = sum(nodes[i]["size"] for i in members)
        if size < threshold - 1e-9 * threshold:
            why.append(f"region {label} is {size}, below {threshold}")
        off.append(abs(sum(nodes[i]["pop"] for i in members) / target - 1))
    rows = []
    for column in zip(*(node.get("attrs") or [] for node in nodes)):
        mean = sum(column) / count
        spread = (sum((value - mean) ** 2 for value in column) / count) ** 0.5
        if spread > 0:
            rows.append([(value - mean) / spread for value in column])
    within = sum(squares(rows, members) for members in regions.values())
    return {
        "plan": not why,
        "why": why[:10],
        "p": len(regions),
        "deviation": sum(off) / len(off) if off else None,
        "cut": sum(labels[a] != labels[b] for a, b in edges),
        "wss": within / (len(rows) * count) if rows else None,
    }


def main():
    nested = "nested" in sys.argv[1:]
    instance, labels, threshold, target = [word for word in sys.argv[1:] if word != "nested"]
    labels = json.load(open(labels))
    labels = labels["labels"] if isinstance(labels, dict) else labels
    said = verdict(json.load(open(instance)), labels, float(threshold), float(target), nested)
    print(json.dumps(said))
    return 0 if said["plan"] else 1


if __name__ == "__main__":
    sys.exit(main())
