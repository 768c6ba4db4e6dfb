"""What a written set says of itself: describe_observation.py SET MODEL prints a line.

  rows      of the main table
  range     OBSERVATION TIME_RANGE, in seconds after the start of the model's first dump
  history   the messages of HISTORY
  tables    whether ANTENNA, FIELD, SPECTRAL_WINDOW, POLARIZATION and DATA_DESCRIPTION are the model's, cell by cell
"""
import sys

from casacore.tables import table

written, model = [table(p, ack=False) for p in sys.argv[1:3]]
start = model.getcell("TIME", 0) - model.getcell("INTERVAL", 0) / 2
first, last = table(sys.argv[1] + "/OBSERVATION", ack=False).getcell("TIME_RANGE", 0) - start
history = table(sys.argv[1] + "/HISTORY", ack=False)
same = True
for name in "ANTENNA", "FIELD", "SPECTRAL_WINDOW", "POLARIZATION", "DATA_DESCRIPTION":
    ours, theirs = [table(p + "/" + name, ack=False) for p in sys.argv[1:3]]
    same &= ours.nrows() == theirs.nrows() and all(
        str(ours.getcell(c, r)) == str(theirs.getcell(c, r))
        for c in theirs.colnames() for r in range(theirs.nrows()) if theirs.iscelldefined(c, r))
print("rows=%d range=%.3f to %.3f history=%s tables=%s"
      % (written.nrows(), first, last, [history.getcell("MESSAGE", r) for r in range(history.nrows())], same))
