"""Just enough of FITS to read the image that an imager writes."""

import numpy as np

BLOCK = 2880
CARD = 80


def read_image(path):
    """The pixels of a primary array of 32-bit floats."""
    with open(path, "rb") as file:
        content = file.read()
    header = {}
    for start in range(0, len(content), CARD):
        card = content[start : start + CARD].decode("ascii")
        key = card[:8].strip()
        if key == "END":
            break
        if card[8:10] == "= ":
            header[key] = card[10:].split("/")[0].strip()
    assert header["BITPIX"] == "-32", header["BITPIX"]
    shape = [int(header[f"NAXIS{axis}"]) for axis in range(int(header["NAXIS"]), 0, -1)]
    first = (start // BLOCK + 1) * BLOCK
    return np.frombuffer(content, ">f4", int(np.prod(shape)), first).reshape(shape)
