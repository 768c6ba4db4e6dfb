"""The interface between correlator and science data processor: items, elements, time, channel ranges."""

import numpy as np
import spead2

DATA = "correlator_output_data"
DATA_ID = 0x600A

#: Item number, name and type of everything that travels beside the visibilities.
SCALARS = (
    (0x6000, "visibility_timestamp_count", "<u4"),
    (0x6001, "visibility_timestamp_fraction", "<u4"),
    (0x6002, "visibility_channel_id", "<u4"),
    (0x6003, "visibility_channel_count", "<u4"),
    (0x6004, "visibility_polarisation_id", "<u4"),
    (0x6005, "visibility_baseline_count", "<u4"),
    (0x6006, "visibility_phase_bin_id", "<u2"),
    (0x6007, "visibility_phase_bin_count", "<u2"),
    (0x6008, "scan_id", "<u8"),
    (0x6009, "visibility_hardware_id", "<u4"),
)

FLAVOUR = spead2.Flavour(4, 64, 48)
UNIX_EPOCH_MJD_SECONDS = 40587 * 86400.0


def element(polarisations):
    """The type of one (channel, baseline): 34 bytes with four polarisations."""
    return np.dtype([("TCI", "i1"), ("FD", "u1"), ("VIS", "<c8", (polarisations,))])


def add_items(group, channels, baselines, polarisations=4):
    """Declares all items of one stream in a spead2 ItemGroup."""
    for number, name, dtype in SCALARS:
        group.add_item(number, name, "", shape=(), dtype=np.dtype(dtype))
    group.add_item(DATA_ID, DATA, "", shape=(channels, baselines), dtype=element(polarisations))


def to_count_and_fraction(mjd_seconds):
    """A TIME of a Measurement Set as whole seconds since the UNIX epoch and units of 2^-32 s."""
    unix = float(mjd_seconds) - UNIX_EPOCH_MJD_SECONDS
    return divmod(round(unix * 2**32), 2**32)


def to_mjd_seconds(count, fraction):
    """The inverse of to_count_and_fraction."""
    return int(count) + int(fraction) / 2**32 + UNIX_EPOCH_MJD_SECONDS


def channel_ranges(first, channels, width):
    """(first channel, channels) of each stream; a width of 0 means one stream. The last may be narrower."""
    width = width or channels
    return [(first + done, min(width, channels - done)) for done in range(0, channels, width)]
