#!/usr/bin/env python3
"""Ours beside the peers, on each map, in one run: regions, bound, deviation, squares within, seconds; each labelling with a verdict.

    compare.py PROGRAM FOLDER… [--only NAME] [--seconds S] [--peer-limit S] [--cpu]

PROGRAM is the example `plan` of the engine; FOLDERs hold the maps. Seconds of ours are those of the solver, one thread, after reading;
of a peer those of its own call. With --cpu, for a machine that others use, they are processor seconds throughout, also as limits of ours.
The column "more regions than the best peer after" says when ours had more, and in brackets what that peer took.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from cases import CASES, QUOTED
from verdict import verdict

# Seconds for a plan of ours at the number of regions of a peer.
SQUARES = 3
# Units of maps whose sets are listed in Python, too, and the maps with too many of them.
MOST_LISTED = 1300
LONG = {("lacity1012", 8000), ("lacity1012", 4000)}
HERE = pathlib.Path(__file__).parent


def child(command, limit):
    """What a program prints; None where it failed or took too long."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None


def figure(value, digits):
    return "—" if value is None else f"{value:.{digits}f}"


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


class Case:
    def __init__(self, asked, path, threshold, target, scratch):
        self.program, self.path, self.threshold, self.target, self.scratch = asked.program, path, threshold, target, scratch
        self.known = {}
        self.clock = "cpu" if asked.cpu else "wall"
        self.instance = json.load(open(path))

    def ours(self, *words):
        """One run of ours: plan, memory in MB, whether plan and certificate hold."""
        plan = self.scratch / "plan.json"
        plan.unlink(missing_ok=True)
        words = [f"threshold={self.threshold}", f"target={self.target}", f"clock={self.clock}", *words]
        text = child([self.program, "solve", self.path, plan, *words], 600)
        if text is None:
            return None
        checked = child([self.program, "check", self.path, plan], 600) is not None
        # The second opinion lists sets in Python: minutes on larger maps.
        if len(self.instance["nodes"]) <= MOST_LISTED and (self.path.stem, self.threshold) not in LONG:
            checked &= child([sys.executable, HERE / "certificate.py", self.path, plan], 600) is not None
        memory = next(float(word[8:]) for word in text.split() if word.startswith("peak_mb="))
        return json.load(open(plan)), memory, checked

    def squares(self, p):
        """The squares within regions of ours at as many regions."""
        if p not in self.known:
            done = self.ours(f"regions={p}", "objective=wss", f"time={SQUARES}")
            self.known[p] = done and self.judged(done[0]["labels"], False)["wss"]
        return self.known[p]

    def judged(self, labels, nested):
        return verdict(self.instance, labels, self.threshold, self.target, nested)

    def peer(self, method, limit):
        text = child([sys.executable, HERE / "peer.py", self.path, str(self.threshold), method, "1"], limit)
        return json.loads(text) if text else None


def measured(case, name, seconds, nested, peers, peer_limit):
    kind = "nested" if nested else "flat"
    words = ["nested"] if nested else []
    done = case.ours(*words, f"time={seconds}")
    best = None
    rows = []
    if not nested:
        for method in peers:
            found = case.peer(method, peer_limit)
            label = "spopt 0.7.0" if method == "spopt" else f"pygeoda {method}"
            if found is None:
                rows.append((label, "", "", "", "", "", f"failed, or cut off after {peer_limit:g} s"))
                continue
            said = case.judged(found["labels"], False)
            if said["plan"] and (best is None or said["p"] > best[0] or said["p"] == best[0] and found[case.clock] < best[1]):
                best = (said["p"], found[case.clock])
            # Squares are comparable at the same number of regions only.
            at_p = figure(case.squares(said["p"]), 4) if said["plan"] else "—"
            rows.append((label, said["p"], "", figure(said["deviation"], 4), f"{figure(said['wss'], 4)} (ours at this p {at_p})",
                         f"{found[case.clock]:.4f}", "plan" if said["plan"] else said["why"][0]))
        for label, (p, wall) in QUOTED.get((name, case.threshold), {}).items():
            rows.append((label, p, "", "", "", f"{wall:g}", "quoted, not run here"))
            if best is None or p > best[0] or p == best[0] and wall < best[1]:
                best = (p, wall)
    if done is None:
        row(name, case.threshold, kind, "ours", "", "", "", "", "", "", "failed")
        return
    plan, memory, checked = done
    said = case.judged(plan["labels"], nested)
    holds = ("plan" if said["plan"] else said["why"][0]) + (", certificate holds" if checked else ", CERTIFICATE REFUSED")
    bound = f"{plan['p_upper_bound']}{' proven' if plan['proven'] else ''}"
    first = "" if best is None else next((f"{at:.4f}" for at, p in plan["trace"] if p > best[0]), "never" if plan["p"] > best[0] else "=")
    before = "" if best is None else f"{first} (peer {best[0]} in {best[1]:.4f})"
    row(name, case.threshold, kind, "ours", said["p"], bound, figure(said["deviation"], 4), figure(said["wss"], 4),
        f"{plan['seconds']:.4f}", before, holds + f", {memory:.0f} MB")
    if len(case.instance["nodes"]) <= 600 and plan["proven"]:
        second = case.ours(*words, "objective=deviation", f"time={seconds}")
        if second:
            plan, memory, checked = second
            said = case.judged(plan["labels"], nested)
            proof = " proven" if plan["objective_proven"] else ""
            row(name, case.threshold, kind, "ours, deviation", said["p"], plan["p_upper_bound"], figure(said["deviation"], 4) + proof,
                figure(said["wss"], 4), f"{plan['seconds']:.4f}", "", ("plan" if said["plan"] else said["why"][0]) + (", certificate holds" if checked else ", REFUSED"))
    for label, p, bound, deviation, wss, taken, said in rows:
        row(name, case.threshold, kind, label, p, bound, deviation, wss, taken, "", said)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("program")
    words.add_argument("folders", nargs="+")
    words.add_argument("--only")
    words.add_argument("--seconds", type=float)
    words.add_argument("--peer-limit", type=float, default=120.0)
    words.add_argument("--cpu", action="store_true")
    asked = words.parse_args()
    row("map", "T", "", "", "p", "bound", "deviation", "WSS/TSS", "CPU s" if asked.cpu else "wall s", "more regions than the best peer after", "verdict")
    row(*["---"] * 11)
    with tempfile.TemporaryDirectory() as scratch:
        for name, threshold, target, nested, seconds, peers in CASES:
            path = next((path for folder in asked.folders if (path := pathlib.Path(folder) / f"{name}.json").is_file()), None)
            if path is None or asked.only not in (None, name):
                continue
            case = Case(asked, path, threshold, target, pathlib.Path(scratch))
            for kind in [False, True] if nested else [False]:
                measured(case, name, asked.seconds or seconds, kind, peers.split(), asked.peer_limit)


if __name__ == "__main__":
    main()
