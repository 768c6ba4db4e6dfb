"""What a written set holds: describe_written.py SET MODEL prints a line a dump, in the order of the rows.

Visibilities are expected to be by formula: real part dump * 1000 + baseline, imaginary part channel + polarisation / 8.
  dt        seconds after the model's first dump
  formula   visibilities that are by formula, and of which dump
  zero      visibilities that are zero
  flagged   flags set
  uvw       the model's dump whose UVW the rows have
"""
import sys

import numpy as np
from casacore.tables import table

written, model = [table(p, ack=False) for p in sys.argv[1:3]]
start = model.getcol("TIME")[0]
baselines = int((model.getcol("TIME") == start).sum())
model_uvw = model.getcol("UVW").reshape(-1, baselines, 3)
for first in range(0, written.nrows(), baselines):
    time = written.getcol("TIME", first, baselines)
    assert (time == time[0]).all() and (written.getcol("TIME_CENTROID", first, baselines) == time).all()
    for antenna in "ANTENNA1", "ANTENNA2":
        assert (written.getcol(antenna, first, baselines) == model.getcol(antenna, 0, baselines)).all()
    data = written.getcol("DATA", first, baselines)
    flag = written.getcol("FLAG", first, baselines)
    assert (written.getcol("FLAG_ROW", first, baselines) == flag.all(axis=(1, 2))).all()
    b, c, p = np.indices(data.shape)
    zero = data == 0
    dump = np.unique((data.real // 1000).astype(int)[~zero])
    formula = (data.real % 1000 == b) & (data.imag == np.float32(c) + p / np.float32(8)) & ~zero
    uvw = written.getcol("UVW", first, baselines)
    same = [i for i in range(len(model_uvw)) if (model_uvw[i] == uvw).all()]
    weights = written.getcol("WEIGHT", first, baselines)
    scan = np.unique(written.getcol("SCAN_NUMBER", first, baselines))
    print(
        "dt=%.4f formula=%d of %s zero=%d flagged=%d uvw=%s scan=%s weight=%g"
        % (time[0] - start, formula.sum(), dump.tolist(), zero.sum(), flag.sum(), same, scan.tolist(), weights.mean())
    )
