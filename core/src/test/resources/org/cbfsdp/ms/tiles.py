"""tiles.py SET COLUMN: the shape of a tile, in casacore's order."""
import sys

from casacore.tables import table

for manager in table(sys.argv[1], ack=False).getdminfo().values():
    if manager["COLUMNS"] == [sys.argv[2]]:
        print(*manager["SPEC"]["HYPERCUBES"]["*1"]["TileShape"][::1])
