"""flushed_dumps.py SOURCE COPY DUMPS: whether COPY opens and its first DUMPS dumps are those of SOURCE."""
import sys

import numpy as np
from casacore.tables import table

source, copy = [table(p, ack=False) for p in sys.argv[1:3]]
rows = int(sys.argv[3]) * 136
if copy.nrows() < rows:
    sys.exit("only %d rows" % copy.nrows())
for column in ["TIME", "ANTENNA1", "ANTENNA2", "UVW", "DATA", "FLAG", "WEIGHT", "INTERVAL"]:
    if not np.array_equal(source.getcol(column, 0, rows), copy.getcol(column, 0, rows)):
        sys.exit(column + " differs")
for subtable in ["ANTENNA", "SPECTRAL_WINDOW", "OBSERVATION"]:
    if not table(sys.argv[2] + "/" + subtable, ack=False).nrows():
        sys.exit(subtable + " is empty")
print("all there")
