"""What a reader must deliver, worked out with python-casacore alone.

expected_dumps.py SET PREFIX COLUMN FIRST COUNT DATA_DESC_ID FIELD_ID
Writes PREFIX.txt (shape, then a line "time interval rows" a dump, then a line "antenna1 antenna2" a baseline), PREFIX.vis,
PREFIX.flag and PREFIX.uvw in C order (dump, baseline, ...). Baselines are those of the first dump in row order.
"""
import sys

import numpy as np
from casacore.tables import table

path, prefix, column, first, count, ddid, field = sys.argv[1:]
first, count = int(first), int(count)
rows = table(path, ack=False).query("DATA_DESC_ID == %s && FIELD_ID == %s" % (ddid, field))
time, interval = rows.getcol("TIME"), rows.getcol("INTERVAL")
antennas = list(zip(rows.getcol("ANTENNA1").tolist(), rows.getcol("ANTENNA2").tolist()))
data, flag, uvw = rows.getcol(column), rows.getcol("FLAG"), rows.getcol("UVW")
flag = flag | rows.getcol("FLAG_ROW")[:, None, None]
times = sorted(set(time.tolist()))
baselines = [antennas[r] for r in range(len(time)) if time[r] == times[0]]
shape = (len(times), len(baselines), count, data.shape[2])
vis, flags, uvws = np.zeros(shape, "<c8"), np.ones(shape, "u1"), np.zeros(shape[:2] + (3,), "<f8")
for r in range(len(time)):
    at = times.index(time[r]), baselines.index(antennas[r])
    vis[at], flags[at], uvws[at] = data[r, first:first + count], flag[r, first:first + count], uvw[r]
vis.tofile(prefix + ".vis")
flags.tofile(prefix + ".flag")
uvws.tofile(prefix + ".uvw")
with open(prefix + ".txt", "w") as out:
    print(*shape, file=out)
    for t in times:
        here = np.flatnonzero(time == t)
        print(t.hex(), interval[here[0]].hex(), len(here), file=out)
    for pair in baselines:
        print(*pair, file=out)
