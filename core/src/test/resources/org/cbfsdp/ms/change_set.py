"""Makes a changed copy of a set: change_set.py SOURCE TARGET ACTION [ARGUMENT...]."""
import shutil
import sys

import numpy as np
from casacore.tables import makearrcoldesc, table, tablecopy

source, target, action = sys.argv[1:4]
arguments = sys.argv[4:]


def changed():
    shutil.copytree(source, target)
    return table(target, readonly=False, ack=False)


def rows_in_order(order):
    whole = table(source, ack=False)
    whole.selectrows(order).copy(target, deep=True, valuecopy=True).close()


def put_one(column, row, value, at):
    t = changed()
    cell = t.getcell(column, row)
    cell[at] = value
    t.putcell(column, row, cell)


def second(subtable, column):
    """Each row again, under another id, its visibilities doubled."""
    t = changed()
    n = t.nrows()
    t.addrows(n)
    for c in t.colnames():
        if c != "FLAG_CATEGORY":
            values = t.getcol(c, 0, n)
            t.putcol(c, values * 2 if c == "DATA" else values + 1 if c == column else values, n, n)
    s = table(target + "/" + subtable, readonly=False, ack=False)
    s.addrows(1)
    for c in s.colnames():
        s.putcell(c, 1, s.getcell(c, 0))


if action == "shuffle":  # seed: all rows anywhere
    rows_in_order(np.random.RandomState(int(arguments[0])).permutation(table(source, ack=False).nrows()).tolist())
elif action == "shuffle-dumps":  # seed: rows anywhere within their dump
    time = table(source, ack=False).getcol("TIME")
    random = np.random.RandomState(int(arguments[0])).random_sample(len(time))
    rows_in_order(np.lexsort((random, time)).tolist())
elif action == "without":  # rows: some rows left out
    left_out = set(map(int, arguments))
    rows_in_order([r for r in range(table(source, ack=False).nrows()) if r not in left_out])
elif action == "twice":  # row: one row stands twice
    rows_in_order([*range(table(source, ack=False).nrows()), int(arguments[0])])
elif action == "empty":
    table(source, ack=False).query("ANTENNA1 < 0").copy(target, deep=True, valuecopy=True).close()
elif action == "value":  # row chan pol: one bit of one visibility
    t = changed()
    cell = t.getcell("DATA", int(arguments[0]))
    cell.view("u4")[int(arguments[1]), 2 * int(arguments[2])] ^= 1
    t.putcell("DATA", int(arguments[0]), cell)
elif action == "nan":  # row chan pol
    put_one("DATA", int(arguments[0]), complex("nan"), (int(arguments[1]), int(arguments[2])))
elif action == "flag":  # row chan pol
    put_one("FLAG", int(arguments[0]), True, (int(arguments[1]), int(arguments[2])))
elif action == "flags":  # seed: a tenth of the flags, and some FLAG_ROW
    t = changed()
    random = np.random.RandomState(int(arguments[0]))
    flag = t.getcol("FLAG")
    t.putcol("FLAG", random.random_sample(flag.shape) < 0.1)
    t.putcol("FLAG_ROW", random.random_sample(flag.shape[0]) < 0.05)
elif action == "uvw":  # row
    put_one("UVW", int(arguments[0]), 1e9, 2)
elif action == "name":  # antenna name
    changed()
    table(target + "/ANTENNA", readonly=False, ack=False).putcell("NAME", int(arguments[0]), arguments[1])
elif action == "field":
    second("FIELD", "FIELD_ID")
elif action == "data-description":
    second("DATA_DESCRIPTION", "DATA_DESC_ID")
elif action == "model-column":  # MODEL_DATA of variable shape, and REAL_DATA that is not complex
    t = changed()
    t.addcols(makearrcoldesc("MODEL_DATA", 0j, ndim=2, valuetype="complex"))
    t.putcol("MODEL_DATA", t.getcol("DATA") * np.complex64(2 - 1j))
    t.addcols(makearrcoldesc("REAL_DATA", 0.0, ndim=2, valuetype="float"))
    t.putcol("REAL_DATA", t.getcol("DATA").real)
elif action == "without-feeds":
    changed()
    f = table(target + "/FEED", readonly=False, ack=False)
    f.removerows(list(range(f.nrows())))
elif action == "sources":  # rows in SOURCE, PROCESSOR, with strings of several kinds
    changed()
    s = table(target + "/SOURCE", readonly=False, ack=False)
    s.addrows(2)
    s.putcol("NAME", ["Fornax A", "Tür"])
    s.putcol("DIRECTION", np.array([[0.1, -0.2], [np.nan, 4.0]]))
    s.putcell("REST_FREQUENCY", 1, np.array([1.42040575e9, 1.6e9]))
    p = table(target + "/PROCESSOR", readonly=False, ack=False)
    p.addrows(1)
    p.putcell("TYPE", 0, "CORRELATOR")
else:
    sys.exit("no such action: " + action)
