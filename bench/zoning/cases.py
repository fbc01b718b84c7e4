"""The maps that are measured: name, threshold, target, whether also nested, seconds for ours where it is not proven before, and which
peers can be waited for. Maps that are not shipped are measured where `--instances DIR` has them."""

CASES = [
    # name          threshold  target  nested  seconds  peers
    ("mexico32",    3,         4,      False,  5,   "spopt greedy sa tabu"),
    ("stl78",       150000,    250000, False,  5,   "spopt greedy sa tabu"),
    ("ref86a",      2000,      5000,   True,   5,   "spopt greedy sa tabu"),
    ("ref86b",      2000,      5000,   True,   5,   "spopt greedy sa tabu"),
    ("ia_county",   40000,     60000,  False,  5,   "spopt greedy sa tabu"),
    ("ncsids100",   5000,      7000,   False,  5,   "spopt greedy sa tabu"),
    ("ncsids100",   10000,     12000,  False,  5,   "spopt greedy sa tabu"),
    ("georgia159",  40000,     60000,  False,  5,   "spopt greedy sa tabu"),
    ("de_tract",    8000,      12000,  False,  5,   "spopt greedy sa tabu"),
    ("ri_tract",    8000,      12000,  False,  5,   "spopt greedy sa tabu"),
    ("grid400",     2000,      5000,   False,  5,   "spopt greedy sa tabu"),
    ("city600",     2000,      5000,   True,   5,   "spopt greedy sa tabu"),
    ("lacity1012",  2000,      5000,   False,  10,  "spopt greedy sa tabu"),
    ("lacity1012",  4000,      10000,  False,  10,  "greedy sa tabu"),
    ("lacity1012",  8000,      20000,  False,  10,  "greedy sa tabu"),
    ("co_tract",    8000,      12000,  True,   10,  "greedy sa tabu"),
    ("ar_bg2294",   3000,      5000,   True,   10,  ""),
    ("pa_tract",    8000,      12000,  True,   10,  ""),
    ("grid10k",     2000,      5000,   False,  20,  ""),
]

# Peers that no package registry has (a core in Rust taken from an R package; a program in Java): p and median wall seconds on two
# shared cores, single thread, best of three seeds, as published with the instances. Quoted, not measured here.
QUOTED = {
    # (name, threshold): {peer: (p, seconds)}
    ("mexico32", 3): {"spopt-r": (10, 0.0006), "SMP": (10, 0.12)},
    ("stl78", 150000): {"spopt-r": (50, 0.0012), "SMP": (50, 0.11)},
    ("ref86a", 2000): {"spopt-r": (45, 0.0019), "spopt-r, restarts": (47, 0.53), "SMP": (45, 0.13)},
    ("ref86b", 2000): {"spopt-r": (45, 0.0013), "SMP": (43, 0.15)},
    ("ia_county", 40000): {"spopt-r": (37, 0.002), "SMP": (40, 0.099)},
    ("ncsids100", 5000): {"spopt-r": (39, 0.0032), "SMP": (37, 0.15)},
    ("ncsids100", 10000): {"spopt-r": (25, 0.0048), "SMP": (24, 0.15)},
    ("georgia159", 40000): {"spopt-r": (67, 0.011), "SMP": (67, 0.11)},
    ("de_tract", 8000): {"spopt-r": (81, 0.014), "SMP": (83, 0.16)},
    ("ri_tract", 8000): {"spopt-r": (93, 0.029), "SMP": (95, 0.17)},
    ("grid400", 2000): {"spopt-r": (124, 0.038), "SMP": (120, 0.17)},
    ("city600", 2000): {"spopt-r": (294, 0.012), "spopt-r, restarts": (300, 1.2), "SMP": (296, 0.28)},
    ("lacity1012", 2000): {"spopt-r": (447, 0.023), "spopt-r, restarts": (452, 5.9), "SMP": (444, 0.56)},
    ("lacity1012", 4000): {"spopt-r": (248, 0.05), "spopt-r, restarts": (250, 63.0), "SMP": (246, 0.4)},
    ("lacity1012", 8000): {"spopt-r": (127, 0.13), "SMP": (127, 0.49)},
    ("co_tract", 8000): {"spopt-r": (437, 0.049), "spopt-r, restarts": (443, 76.0), "SMP": (442, 1.2)},
    ("ar_bg2294", 3000): {"spopt-r": (706, 0.27), "SMP": (707, 1.6)},
    ("pa_tract", 8000): {"spopt-r": (1096, 0.34), "SMP": (1094, 3.1)},
    ("grid10k", 2000): {"spopt-r": (3027, 1.4), "SMP": (3009, 13.0)},
}
