"""Measurement Sets through python-casacore, as plain arrays of (dump, baseline, channel, polarisation)."""

from dataclasses import dataclass

import numpy as np
from casacore import tables

from . import icd


@dataclass
class VisibilitySet:
    """All that is compared of a set. Baselines are in the order of the first dump; what is absent is zero and flagged."""

    times: np.ndarray
    baselines: list
    present: np.ndarray
    vis: np.ndarray
    flags: np.ndarray
    uvw: np.ndarray
    columns: dict

    @property
    def shape(self):
        """Dumps, baselines, channels, polarisations."""
        return self.vis.shape

    def elements(self, dump, first_channel, channels, polarisations=None):
        """What travels of one dump and channel range: FD is 0 where all polarisations are flagged, 255 elsewhere."""
        chosen = slice(first_channel, first_channel + channels)
        vis = self.vis[dump, :, chosen].swapaxes(0, 1)
        data = np.zeros(vis.shape[:2], icd.element(polarisations or vis.shape[2]))
        data["VIS"][..., : vis.shape[2]] = vis
        data["FD"] = np.where(self.flags[dump, :, chosen].all(axis=2).T, 0, 255)
        return data


def read(path):
    """Reads a whole set, row by row into its place."""
    with tables.table(str(path), ack=False) as table:
        column = {name: table.getcol(name) for name in table.colnames() if table.iscelldefined(name, 0)}
    pairs = list(zip(column["ANTENNA1"].tolist(), column["ANTENNA2"].tolist()))
    times = np.unique(column["TIME"])
    baselines = list(dict.fromkeys(pairs))
    dumps = np.searchsorted(times, column["TIME"])
    places = np.array([baselines.index(pair) for pair in pairs])
    grid = (len(times), len(baselines))

    def placed(values, empty):
        result = np.full(grid + values.shape[1:], empty, values.dtype)
        result[dumps, places] = values
        return result

    return VisibilitySet(
        times=times,
        baselines=baselines,
        present=placed(np.ones(len(pairs), bool), False),
        vis=placed(column["DATA"], 0),
        flags=placed(column["FLAG"], True),
        uvw=placed(column["UVW"], 0),
        columns={name: placed(values, 0) for name, values in column.items() if isinstance(values, np.ndarray)},
    )


def subtable(path, name):
    """All columns of a subtable, as lists of cells."""
    with tables.table(f"{path}/{name}", ack=False) as table:
        return {
            column: [table.getcell(column, row) for row in range(table.nrows())]
            for column in table.colnames()
            if table.nrows() and table.iscelldefined(column, 0)
        }


def flag_some(path, seed):
    """Flags whole visibilities here and there: one in nine, every polarisation of it."""
    random = np.random.default_rng(seed)
    with tables.table(str(path), readonly=False, ack=False) as table:
        flags = table.getcol("FLAG")
        flags[:] = (random.random(flags.shape[:2]) < 1 / 9)[..., np.newaxis]
        table.putcol("FLAG", flags)
