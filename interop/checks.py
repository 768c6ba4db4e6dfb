"""What a received set must hold, against arrays read from the one that was sent."""

import numpy as np

from peers import visibility_set

#: Tables that describe the observation; they are the model's, cell by cell.
METADATA = {
    "ANTENNA": ("NAME", "STATION", "POSITION", "DISH_DIAMETER", "MOUNT"),
    "FIELD": ("NAME", "PHASE_DIR", "DELAY_DIR", "REFERENCE_DIR"),
    "SPECTRAL_WINDOW": ("NUM_CHAN", "CHAN_FREQ", "CHAN_WIDTH", "REF_FREQUENCY", "TOTAL_BANDWIDTH"),
    "POLARIZATION": ("NUM_CORR", "CORR_TYPE", "CORR_PRODUCT"),
    "DATA_DESCRIPTION": ("SPECTRAL_WINDOW_ID", "POLARIZATION_ID"),
}


def assert_holds(path, sent, model, dumps=None):
    """The set at path is what was sent, to the bit, in whole dumps, with the model's metadata."""
    received = visibility_set.read(path)
    dumps = list(range(len(sent.times))) if dumps is None else dumps
    expected_flags = np.repeat(sent.flags[dumps].all(axis=3, keepdims=True), sent.shape[3], axis=3)
    assert received.baselines == sent.baselines
    assert received.present.all(), "a dump lacks baselines"
    np.testing.assert_array_equal(received.times, sent.times[dumps])
    np.testing.assert_array_equal(received.vis, sent.vis[dumps])
    np.testing.assert_array_equal(received.flags, expected_flags)
    np.testing.assert_array_equal(received.uvw, sent.uvw[dumps])
    present = sent.present[dumps]
    for column in ("INTERVAL", "EXPOSURE"):
        np.testing.assert_allclose(received.columns[column][present], sent.columns[column][dumps][present], rtol=1e-6)
    np.testing.assert_array_equal(received.columns["TIME_CENTROID"], received.columns["TIME"])
    for table, columns in METADATA.items():
        ours, theirs = (visibility_set.subtable(where, table) for where in (path, model))
        for column in columns:
            np.testing.assert_array_equal(ours[column], theirs[column], err_msg=f"{table}::{column}")


def assert_lost(path, sent, lost):
    """The set holds what was sent, but zero, flagged and without weight where a (dump, channels) was lost."""
    received = visibility_set.read(path)
    gone = np.zeros(sent.shape, bool)
    for dump, channels in lost:
        gone[dump, :, channels] = True
    np.testing.assert_array_equal(received.times, sent.times)
    np.testing.assert_array_equal(received.vis, np.where(gone, 0, sent.vis))
    np.testing.assert_array_equal(received.flags, gone | sent.flags)


def assert_never_wrong(path, sent):
    """Whatever is not flagged in the set is exactly what was sent; returns the fraction that is not flagged."""
    received = visibility_set.read(path)
    dumps = np.searchsorted(sent.times, received.times)
    np.testing.assert_array_equal(received.times, sent.times[dumps])
    good = ~received.flags
    np.testing.assert_array_equal(received.vis[good], sent.vis[dumps][good])
    assert not received.vis[~good].any()
    return good.mean()
