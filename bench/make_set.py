"""Makes a synthetic Measurement Set of any size: noise, as a correlator would send it, with the metadata that readers want."""

import shutil

import numpy as np
from casacore import tables

INTERVAL_SECONDS = 0.849
FIRST_MJD_SECONDS = 5273893800.0
CHANNEL_HERTZ = 5425.0
TILE_ROWS = 32


def make_set(path, sample, *, stations, channels, dumps, seed=1):
    """Writes a set with autocorrelations and four polarisations; what is not said here is taken from the sample."""
    shutil.rmtree(path, ignore_errors=True)
    pairs = np.array([(a, b) for a in range(stations) for b in range(a, stations)])
    data = tables.makearrcoldesc(
        "DATA", 0j, ndim=2, shape=[channels, 4], valuetype="complex", datamanagertype="TiledColumnStMan",
        datamanagergroup="TiledData")
    manager = {"*1": {
        "NAME": "TiledData", "TYPE": "TiledColumnStMan", "COLUMNS": ["DATA"],
        "SPEC": {"DEFAULTTILESHAPE": [4, channels, TILE_ROWS]},
    }}
    with tables.default_ms(str(path), tables.maketabdesc(data), manager) as table:
        table.addrows(len(pairs) * dumps)
        _write_rows(table, pairs, channels, dumps, np.random.default_rng(seed))
    for name in ("ANTENNA", "FEED", "FIELD", "OBSERVATION", "POLARIZATION", "SPECTRAL_WINDOW", "DATA_DESCRIPTION"):
        rows = stations if name in ("ANTENNA", "FEED") else 1
        _copy_rows(f"{sample}/{name}", f"{path}/{name}", rows)
    _describe(path, stations, channels)


def _write_rows(table, pairs, channels, dumps, random):
    baselines = len(pairs)
    block = random.standard_normal((baselines, channels, 4, 2), np.float32).view(np.complex64)[..., 0]
    times = FIRST_MJD_SECONDS + INTERVAL_SECONDS * np.arange(dumps)
    for name in ("TIME", "TIME_CENTROID"):
        table.putcol(name, np.repeat(times, baselines))
    for name in ("INTERVAL", "EXPOSURE"):
        table.putcol(name, np.full(baselines * dumps, INTERVAL_SECONDS))
    for column, name in enumerate(("ANTENNA1", "ANTENNA2")):
        table.putcol(name, np.tile(pairs[:, column], dumps))
    table.putcol("UVW", random.standard_normal((baselines * dumps, 3)) * 1000)
    for name in ("WEIGHT", "SIGMA"):
        table.putcol(name, np.ones((baselines * dumps, 4), np.float32))
    for dump in range(dumps):
        table.putcol("FLAG", np.zeros(block.shape, bool), dump * baselines, baselines)
        # Rolled, so that no two dumps are alike and making them takes no time.
        table.putcol("DATA", np.roll(block, dump, axis=0), dump * baselines, baselines)


def _copy_rows(source, target, rows):
    with tables.table(source, ack=False) as given, tables.table(target, readonly=False, ack=False) as taken:
        taken.addrows(rows - taken.nrows())
        for name in set(given.colnames()) & set(taken.colnames()):
            for row in range(rows):
                if given.iscelldefined(name, row % given.nrows()):
                    taken.putcell(name, row, given.getcell(name, row % given.nrows()))


def _describe(path, stations, channels):
    with tables.table(f"{path}/ANTENNA", readonly=False, ack=False) as antennas:
        antennas.putcol("NAME", [f"s{number:04d}" for number in range(stations)])
        antennas.putcol("POSITION", antennas.getcol("POSITION") + np.arange(stations)[:, np.newaxis])
    with tables.table(f"{path}/FEED", readonly=False, ack=False) as feeds:
        feeds.putcol("ANTENNA_ID", np.arange(stations))
    with tables.table(f"{path}/SPECTRAL_WINDOW", readonly=False, ack=False) as windows:
        first = windows.getcell("CHAN_FREQ", 0)[0]
        windows.putcell("NUM_CHAN", 0, channels)
        windows.putcell("CHAN_FREQ", 0, first + CHANNEL_HERTZ * np.arange(channels))
        for name in ("CHAN_WIDTH", "EFFECTIVE_BW", "RESOLUTION"):
            windows.putcell(name, 0, np.full(channels, CHANNEL_HERTZ))
        windows.putcell("TOTAL_BANDWIDTH", 0, CHANNEL_HERTZ * channels)
