"""Compares two sets bit for bit with python-casacore alone; prints a line a difference, or "equal".

compare_sets.py A B: DATA, FLAG, UVW, TIME, TIME_CENTROID, INTERVAL, EXPOSURE, ANTENNA1, ANTENNA2, WEIGHT, SIGMA of each row in
order, and every cell and keyword of the metadata tables.
"""
import sys

import numpy as np
from casacore.tables import table

MAIN = ["TIME", "ANTENNA1", "ANTENNA2", "UVW", "DATA", "FLAG", "FLAG_ROW", "TIME_CENTROID", "INTERVAL", "EXPOSURE", "WEIGHT"]
MAIN += ["SIGMA", "DATA_DESC_ID", "FIELD_ID", "OBSERVATION_ID", "ARRAY_ID", "FEED1", "FEED2"]
TABLES = ["ANTENNA", "FEED", "FIELD", "OBSERVATION", "POLARIZATION", "SPECTRAL_WINDOW", "DATA_DESCRIPTION", "SOURCE"]
TABLES += ["STATE", "PHASED_ARRAY"]
differences = []


def same(x, y):
    if isinstance(x, np.ndarray) and isinstance(y, np.ndarray) and x.dtype.kind in "biufc":
        return x.shape == y.shape and x.dtype == y.dtype and x.tobytes() == y.tobytes()
    if isinstance(x, float) and isinstance(y, float):
        return np.float64(x).tobytes() == np.float64(y).tobytes()
    return str(x) == str(y)


def keywords_without_paths(keywords):
    return {k: v for k, v in keywords.items() if not str(v).startswith("Table: ")}


def compare(name, a, b, columns):
    if a.nrows() != b.nrows():
        differences.append("%s has %d rows and %d rows" % (name, a.nrows(), b.nrows()))
        return
    for c in columns:
        if c not in b.colnames():
            differences.append("%s has no column %s" % (name, c))
            continue
        if c != "DATA" and str(a.getcolkeywords(c)) != str(b.getcolkeywords(c)):
            differences.append("keywords of %s %s: %s and %s" % (name, c, a.getcolkeywords(c), b.getcolkeywords(c)))
        for r in range(a.nrows()):
            defined = a.iscelldefined(c, r), b.iscelldefined(c, r)
            if defined[0] != defined[1]:
                differences.append("%s %s row %d is defined: %s" % (name, c, r, defined))
            elif defined[0] and not same(a.getcell(c, r), b.getcell(c, r)):
                differences.append("%s %s row %d: %s and %s" % (name, c, r, a.getcell(c, r), b.getcell(c, r)))


a, b = [table(p, ack=False) for p in sys.argv[1:3]]
compare("main table", a, b, MAIN)
for t in TABLES:
    if t in a.keywordnames():
        x, y = [table(p + "/" + t, ack=False) for p in sys.argv[1:3]]
        if keywords_without_paths(x.getkeywords()) != keywords_without_paths(y.getkeywords()):
            differences.append("keywords of " + t)
        if t != "STATE" or x.nrows():
            compare(t, x, y, x.colnames())
print("\n".join(differences[:50]) or "equal")
