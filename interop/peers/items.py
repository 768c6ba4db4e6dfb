"""Items of every type, and their values as bytes in C order and this machine's byte order, one 64-bit word a field where
a format is no machine type."""

import struct

import numpy as np

DTYPES = [
    order + kind
    for order in "<>"
    for kind in ("i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16")
] + ["|i1", "|u1", "|b1", "|S5"]

MACHINE_FORMATS = [(code, bits) for code in "ui" for bits in (8, 16, 32, 64)] + [("f", 32), ("f", 64), ("b", 8)]
ODD_FORMATS = [(code, bits) for code in "ui" for bits in (1, 3, 7, 12, 24, 33, 48, 63)]


class ItemCase:
    """One item: how it is described, and its value."""

    def __init__(self, name, value, **descriptor):
        self.name, self.value, self.descriptor = name, value, descriptor

    def add_to(self, group, number):
        """Declares the item in a spead2 ItemGroup and gives it its value."""
        keywords = dict(self.descriptor)
        if "dtype" in keywords:
            keywords["dtype"] = np.dtype(keywords["dtype"])
        group.add_item(number, self.name, "described", **keywords).value = self.value

    def plan_line(self, number, file):
        """What SendItems does the same by."""
        shape = self.descriptor["shape"]
        if "dtype" in self.descriptor:
            header = {"descr": self.descriptor["dtype"], "fortran_order": self.descriptor.get("order") == "F",
                      "shape": tuple(shape)}
            return f"numpy\t{number}\t{self.name}\t{header!r}\t{file}"
        sizes = ",".join("-1" if size is None else str(size) for size in shape)
        fields = ",".join(f"{code}{bits}" for code, bits in self.descriptor["format"])
        return f"format\t{number}\t{self.name}\t{fields}\t{sizes}\t{file}"


def raw(value):
    """The bytes of a value, whatever spead2 or a test has it in."""
    if isinstance(value, str):
        return value.encode("ascii")
    array = np.asarray(value)
    if array.dtype.hasobject:
        words = []
        for element in array.flatten():
            words += list(element) if isinstance(element, (tuple, list, np.void)) else [element]
        return b"".join(struct.pack("=Q", int(word) % 2**64) for word in words)
    return np.ascontiguousarray(array.astype(array.dtype.newbyteorder("="))).tobytes()


def shape_of(value):
    """The dimensions of a value; a text has none."""
    return () if isinstance(value, str) else np.shape(value)


def _numpy_value(generator, dtype, shape):
    kind = np.dtype(dtype).kind
    if kind == "S":
        return generator.integers(97, 123, shape + (5,), np.uint8).view("S5").reshape(shape)
    if kind == "b":
        return generator.integers(0, 2, shape).astype(bool)
    if kind in "fc":
        return (generator.integers(-1000, 1000, shape) / 8).astype(dtype)
    limits = np.iinfo(dtype)
    return generator.integers(limits.min, limits.max, shape, np.dtype(dtype).newbyteorder("="), endpoint=True).astype(dtype)


def _words(generator, code, bits, shape):
    low, high = (-(1 << (bits - 1)), 1 << (bits - 1)) if code == "i" else (0, 1 << bits)
    values = np.empty(int(np.prod(shape, dtype=int)), object)
    values[:] = [low + int.from_bytes(generator.bytes(9), "big") % (high - low) for _ in values]
    return values.reshape(shape)


def numpy_items(seed):
    """Every numpy type as a scalar, a vector, a matrix in C order and one in Fortran order."""
    generator = np.random.default_rng(seed)
    cases = []
    for dtype in DTYPES:
        for order, shape in (("C", ()), ("C", (7,)), ("C", (3, 4)), ("F", (3, 4))):
            value = _numpy_value(generator, dtype, shape)
            cases.append(ItemCase(f"{dtype} {order} {shape}", value, dtype=dtype, shape=shape, order=order))
    return cases


def format_items(seed):
    """Every format field, fixed and variable, alone and several together; texts; nothing at all."""
    generator = np.random.default_rng(seed)
    cases = []
    for code, bits in MACHINE_FORMATS:
        dtype = f">{code}{bits // 8}" if code != "b" else "|b1"
        for shape, actual in (((), ()), ((2, 3), (2, 3)), ((None, 3), (4, 3)), ((2, None), (2, 5))):
            value = _numpy_value(generator, dtype, actual)
            cases.append(ItemCase(f"{code}{bits} {shape}", value, format=[(code, bits)], shape=shape))
    for code, bits in ODD_FORMATS:
        for shape, actual in (((), ()), ((5,), (5,)), ((None,), (8,))):
            value = _words(generator, code, bits, actual)
            value = value[()] if actual == () else value
            cases.append(ItemCase(f"{code}{bits} {shape}", value, format=[(code, bits)], shape=shape))
    mixed = np.empty(3, object)
    mixed[:] = [(1, 5, -3), (0, 127, 8), (1, 0, -(1 << 23))]
    cases.append(ItemCase("mixed", mixed, format=[("u", 1), ("u", 7), ("i", 24)], shape=(3,)))
    cases.append(ItemCase("text", "any length of text", format=[("c", 8)], shape=(None,)))
    cases.append(ItemCase("fixed text", "five5", format=[("c", 8)], shape=(5,)))
    return cases


def array_item(size, seed):
    """One array of bytes."""
    value = np.random.default_rng(seed).integers(0, 256, size, np.uint8)
    return ItemCase("bytes", value, dtype="|u1", shape=(size,))
