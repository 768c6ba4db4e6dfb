"""Items of every type between the SPEAD library of this project and spead2, in both directions."""

import hashlib

import numpy as np
import pytest
import spead2
import spead2.recv
import spead2.send

from emulator import free_ports
from peers import items

RATE = 40_000_000
FLAVOURS = [24, 32, 40, 48, 56]
CASES = {"numpy": items.numpy_items, "formats": items.format_items}

#: Heap in bytes, packet in bytes, pointers in every packet. Every packet of the smallest size has 52 bytes of payload.
SIZES = [
    (1, 1472, False), (1, 100, False), (1000, 100, True), (100_000, 100, False), (1 << 20, 1472, True),
    (5_000_000, 65_000, False), (16_000_000, 9000, False), (64 << 20, 9000, False), (64 << 20, 65_000, True),
]


def first_id(bits):
    """Identifiers above 127 do not exist in 64-56."""
    return 0x20 if bits == 56 else 0x1000


def batches(cases, bits):
    """As many items at a time as there are identifiers."""
    size = 90 if bits == 56 else len(cases)
    return [cases[first : first + size] for first in range(0, len(cases), size)]


class Spead2Receiver:
    """Receives the heaps of one stream."""

    def __init__(self, port):
        ring = spead2.recv.RingStreamConfig(heaps=16, contiguous_only=False)
        self._stream = spead2.recv.Stream(spead2.ThreadPool(), spead2.recv.StreamConfig(max_heaps=4), ring)
        self._stream.add_udp_reader(port, max_size=65507, bind_hostname="127.0.0.1")

    def values(self):
        """The values of all items, by name, once the stream has ended; each heap must be whole."""
        group, values = spead2.ItemGroup(), {}
        for heap in self._stream:
            assert not isinstance(heap, spead2.recv.IncompleteHeap), "packets were lost"
            values.update({name: np.copy(item.value) if not isinstance(item.value, str) else item.value
                           for name, item in group.update(heap).items()})
        return values


def assert_same(values, cases):
    assert sorted(values) == sorted(case.name for case in cases)
    for case in cases:
        assert items.shape_of(values[case.name]) == items.shape_of(case.value), case.name
        assert items.raw(values[case.name]) == items.raw(case.value), case.name


def send_to_spead2(programs, tmp_path, cases, bits, packet, repeat=False):
    port = free_ports(1)
    receiver = Spead2Receiver(port)
    plan = ["start", *(["repeat"] if repeat else [])]
    for number, case in enumerate(cases):
        file = tmp_path / f"value-{number}"
        file.write_bytes(items.raw(case.value))
        plan.append(case.plan_line(first_id(bits) + number, file))
    plan += ["heap\tALL\tALL", "end"]
    (tmp_path / "plan").write_text("\n".join(plan) + "\n", encoding="utf-8")
    sender = programs.java("SendItems", "127.0.0.1", port, tmp_path / "plan", bits, packet, RATE)
    assert sender.wait() == 0, sender.output
    return receiver.values()


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("bits", FLAVOURS)
def test_spead2_reads_every_type(emulator, tmp_path, bits, kind):
    for cases in batches(CASES[kind](bits), bits):
        assert_same(send_to_spead2(emulator, tmp_path, cases, bits, 1472), cases)


@pytest.mark.parametrize("size, packet, repeat", SIZES)
def test_spead2_reads_heaps_of_every_size(emulator, tmp_path, size, packet, repeat):
    cases = [items.array_item(size, packet)]
    assert_same(send_to_spead2(emulator, tmp_path, cases, 48, packet, repeat), cases)


def test_spead2_does_not_see_a_variable_item_of_no_size(emulator, tmp_path):
    empty = items.ItemCase("empty", np.zeros((0, 2), ">u4"), format=[("u", 32)], shape=(None, 2))
    full = items.ItemCase("full", np.ones((1, 2), ">u4"), format=[("u", 32)], shape=(None, 2))
    assert_same(send_to_spead2(emulator, tmp_path, [empty, full], 48, 1472), [full])


def receive_from_spead2(programs, cases, bits, packet, repeat=False):
    port = free_ports(1)
    receiver = programs.java("ReceiveItems", port, 80 << 20)
    receiver.wait_until_said("Ready: ")
    flavour = spead2.Flavour(4, 64, bits)
    stream = spead2.send.UdpStream(
        spead2.ThreadPool(), [("127.0.0.1", port)],
        spead2.send.StreamConfig(max_packet_size=packet, rate=RATE, burst_size=packet))
    group = spead2.send.ItemGroup(flavour=flavour)
    for number, case in enumerate(cases):
        case.add_to(group, first_id(bits) + number)
    stream.send_heap(group.get_start())
    heap = group.get_heap(descriptors="all", data="all")
    heap.repeat_pointers = repeat
    stream.send_heap(heap)
    stream.send_heap(group.get_end())
    assert receiver.wait(20) == 0, receiver.output
    lines = [line.split("\t") for line in receiver.output.splitlines()]
    assert ["incomplete"] not in lines, "packets were lost"
    assert all(line[3] == "NONE" for line in lines if line[0] == "heap"), receiver.output
    return {line[2]: (line[4], line[5]) for line in lines if line[0] == "item"}


def assert_read(values, cases):
    expected = {case.name: (repr(tuple(int(size) for size in items.shape_of(case.value))),
                            hashlib.sha256(items.raw(case.value)).hexdigest())
                for case in cases}
    assert values == expected


# spead2 packs a negative number by way of an unsigned array, of which NumPy warns.
@pytest.mark.filterwarnings("ignore:NumPy will stop allowing conversion:DeprecationWarning")
@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("bits", FLAVOURS)
def test_reads_every_type_of_spead2(emulator, bits, kind):
    for cases in batches(CASES[kind](bits + 1), bits):
        assert_read(receive_from_spead2(emulator, cases, bits, 1472), cases)


@pytest.mark.parametrize("size, packet, repeat", SIZES)
def test_reads_heaps_of_every_size(emulator, size, packet, repeat):
    cases = [items.array_item(size, packet + 1)]
    assert_read(receive_from_spead2(emulator, cases, 48, packet, repeat), cases)


def test_reads_what_has_no_size(emulator):
    """A fixed shape of no elements arrives, as spead2 cannot read it itself; a variable one vanishes on the way."""
    fixed = items.ItemCase("fixed", np.zeros((0, 3), "<u4"), dtype="<u4", shape=(0, 3))
    variable = items.ItemCase("variable", np.zeros((0,), ">u4"), format=[("u", 32)], shape=(None,))
    full = items.ItemCase("full", np.ones((2,), ">u4"), format=[("u", 32)], shape=(None,))
    assert_read(receive_from_spead2(emulator, [fixed, variable, full], 48, 1472), [fixed, full])
