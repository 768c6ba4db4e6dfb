"""The other ways for packets: TCP and multicast, to and from spead2 and between both programs, over several streams."""

import signal
import socket
import struct
import time

import pytest

from checks import assert_holds
from emulator import dotted, free_ports
from peers import icd, visibility_set
from peers.streams import Receiver, Sender
from test_emu_send_to_spead2 import assert_heap
from test_spead2_to_emu_recv import send_all

PACED = 20e6
LOOPBACK = "127.0.0.1"
GROUP = "239.102.7.149"
#: Of Linux; older Pythons do not name it.
IP_RECVTTL = 12
TCP_OUT = {"transmission.transport_protocol": "tcp"}
TCP_IN = {"reception.transport_protocol": "tcp"}


def multicast_interface():
    """The name of an interface over which IPv6 groups of this machine can be reached; a test without one fails."""
    for index, name in socket.if_nameindex():
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
            try:
                probe.connect(("ff15::7149", 9))
            except OSError:
                continue
            return name
    raise AssertionError("IPv6 multicast leaves by no interface")


def check_heaps(receivers, sent, ranges):
    """Every receiver has every heap of its stream."""
    for receiver, (first, count) in zip(receivers, ranges):
        assert receiver.wait(10), f"the stream from channel {first} on did not end"
        assert receiver.start_heaps == 1
        assert receiver.incomplete_heaps == 0
        assert len(receiver.heaps) == len(sent.times)
        for dump, heap in enumerate(receiver.heaps):
            assert_heap(heap, sent, dump, first, count)


def spead2_streams(hosts_and_ports, sent, width, **options):
    """A started spead2 sender for each channel range."""
    _, baselines, channels, polarisations = sent.shape
    streams = []
    for (host, port), (first, count) in zip(hosts_and_ports, icd.channel_ranges(0, channels, width)):
        stream = Sender(host, port, (count, baselines, polarisations), rate=PACED, **options)
        stream.start()
        streams.append((stream, first, count))
    return streams


@pytest.mark.parametrize("width, rate, packet_size", [(0, 0, 1472), (5, 20_000_000, 1472), (5, 0, 65507), (5, 0, 200)])
@pytest.mark.parametrize("host", [LOOPBACK, "::1"])
def test_sends_to_spead2_over_tcp(emulator, sample, host, width, rate, packet_size):
    path = sample("low8_both_4pol.ms")
    sent = visibility_set.read(path)
    ranges = icd.channel_ranges(0, 16, width)
    port = free_ports(len(ranges))
    receivers = [Receiver(host, port + number, transport="tcp") for number in range(len(ranges))]

    emulator.send(path, port, **TCP_OUT, transmission__target_host=host, transmission__channels_per_stream=width,
                  transmission__rate=rate, transmission__max_packet_size=packet_size)

    check_heaps(receivers, sent, ranges)


@pytest.mark.parametrize("host", [LOOPBACK, "::1"])
@pytest.mark.parametrize("width, packet_size", [(0, 1472), (5, 1472), (5, 9000), (0, 65536)])
def test_receives_from_spead2_over_tcp(emulator, sample, tmp_path, host, width, packet_size):
    model = sample("low8_both_4pol.ms")
    sent = visibility_set.read(model)
    count = len(icd.channel_ranges(0, 16, width))
    port = free_ports(count)
    receiver = emulator.receive(
        model, tmp_path / "received.ms", port, **TCP_IN, reception__bind_hostname=host,
        transmission__channels_per_stream=width)

    streams = spead2_streams(
        [(host, port + number) for number in range(count)], sent, width, transport="tcp", packet_size=packet_size)
    send_all(streams, sent)

    assert receiver.wait() == 0, receiver.output
    assert_holds(tmp_path / "received.ms", sent, model)


def test_a_sender_that_starts_first_waits_for_the_receiver(emulator, sample, tmp_path):
    model = sample("low8_both_4pol.ms")
    port = free_ports(2)
    sender = emulator.start("emu-send", {
        **TCP_OUT, "transmission.target_port_start": port, "transmission.channels_per_stream": 8,
        "transmission.connect_timeout": 60}, model)
    sender.wait_until_said("20")
    receiver = emulator.receive(
        model, tmp_path / "received.ms", port, **TCP_IN, transmission__channels_per_stream=8)

    assert sender.wait() == 0, sender.output
    assert receiver.wait() == 0, receiver.output
    assert_holds(tmp_path / "received.ms", visibility_set.read(model), model)


def test_nobody_listens(emulator, sample):
    port = free_ports(1)
    code, said = emulator.run(
        "emu-send", "-o", "transmission.transport_protocol=tcp", "-o", f"transmission.target_port_start={port}",
        "-o", "transmission.connect_timeout=0.5", sample("low8_both_4pol.ms"))
    assert code == 1, said
    sentence = (f"emu-send: cannot connect to 127.0.0.1:{port}: Connection refused, tried for 0.5 s"
                " (stream 0: transmission.target_host, transmission.target_port_start)")
    assert sentence in said.splitlines()


def test_a_receiver_that_stands_still_holds_the_sender_back(emulator, sample):
    """Some 70 MB, far more than sockets hold, while the receiver does not run: nothing is lost."""
    path = sample("low16_both_4pol.ms")
    port = free_ports(4)
    receiver = emulator.start("emu-recv", {
        **TCP_IN, "reception.consumer": "null", "reception.num_ports": 4, "reception.receiver_port_start": port,
        "reception.ring_heaps": 1, "reception.consumer_overflow": "block", "reception.consumer_queue": 1,
        "reception.idle_timeout": 30})
    receiver.wait_until_said("Ready: ")
    receiver.send_signal(signal.SIGSTOP)
    sender = emulator.start("emu-send", {
        **TCP_OUT, "transmission.target_port_start": port, "transmission.num_streams": 4, "transmission.rate": 0,
        "reader.num_repeats": 20}, path)
    with pytest.raises(AssertionError, match="did not end"):
        sender.wait(6)
    receiver.send_signal(signal.SIGCONT)

    assert sender.wait() == 0, sender.output
    assert receiver.wait() == 0, receiver.output
    assert "Received 960 heaps (0 missing, 0 incomplete), 240 dumps (240 complete) in 4 streams" in receiver.output


def test_a_receiver_that_vanishes_ends_the_sender(emulator, sample, tmp_path):
    path = sample("low8_both_4pol.ms")
    port = free_ports(1)
    receiver = emulator.receive(path, tmp_path / "received.ms", port, **TCP_IN)
    sender = emulator.start("emu-send", {
        **TCP_OUT, "transmission.target_port_start": port, "transmission.time_interval": 0.2,
        "reader.num_repeats": 100}, path)
    sender.wait_until_said("20")
    time.sleep(2)
    receiver.kill()

    assert sender.wait(30) == 1, sender.output
    assert f"tcp to 127.0.0.1:{port}" in sender.output


@pytest.mark.parametrize("group, chosen", [(GROUP, "lo"), (GROUP, LOOPBACK), ("ff15::7149", None)])
def test_sends_to_several_spead2_receivers_by_multicast(emulator, sample, group, chosen):
    path = sample("low8_both_4pol.ms")
    sent = visibility_set.read(path)
    ranges = icd.channel_ranges(0, 16, 8)
    port = free_ports(2)
    name = chosen or multicast_interface()
    interface = LOOPBACK if chosen else socket.if_nametoindex(name)
    receivers = [
        [Receiver(group, port + number, interface=interface) for number in range(2)] for _ in range(2)]

    emulator.send(path, port, transmission__target_host=group, transmission__interface=name,
                  transmission__channels_per_stream=8)

    for each in receivers:
        check_heaps(each, sent, ranges)


@pytest.mark.parametrize("group, chosen", [(GROUP, "lo"), ("ff15::7149", None)])
def test_several_receivers_hear_spead2_by_multicast(emulator, sample, tmp_path, group, chosen):
    model = sample("low8_both_4pol.ms")
    sent = visibility_set.read(model)
    port = free_ports(2)
    name = chosen or multicast_interface()
    interface = LOOPBACK if chosen else socket.if_nametoindex(name)
    receivers = [
        emulator.receive(
            model, tmp_path / f"{number}.ms", port, reception__bind_hostname=group, reception__interface=name,
            transmission__channels_per_stream=8)
        for number in range(2)]

    send_all(spead2_streams([(group, port), (group, port + 1)], sent, 8, interface=interface), sent)

    for number, receiver in enumerate(receivers):
        assert receiver.wait() == 0, receiver.output
        assert_holds(tmp_path / f"{number}.ms", sent, model)


@pytest.mark.parametrize("hops", [1, 7])
def test_multicast_packets_have_the_hops_that_are_set(emulator, sample, hops):
    port = free_ports(1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear:
        ear.bind((GROUP, port))
        ear.setsockopt(
            socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(GROUP) + socket.inet_aton(LOOPBACK))
        ear.setsockopt(socket.IPPROTO_IP, IP_RECVTTL, 1)
        ear.settimeout(10)
        emulator.send(sample("low8_both_4pol.ms"), port, transmission__target_host=GROUP, transmission__interface="lo",
                      transmission__ttl=hops)
        _, [(_, _, ttl)], _, _ = ear.recvmsg(9200, 100)
    assert struct.unpack("i", ttl) == (hops,)


def test_each_stream_goes_to_its_endpoint(emulator, sample):
    """Hosts of both families and a group, in any order of ports."""
    path = sample("low8_both_4pol.ms")
    sent = visibility_set.read(path)
    port = free_ports(4)
    receivers = [
        Receiver(LOOPBACK, port + 2), Receiver(LOOPBACK, port + 3), Receiver("::1", port),
        Receiver(GROUP, port + 1, interface=LOOPBACK)]

    emulator.send(path, 1, **dotted({
        "transmission.num_streams": 4, "transmission.interface": "lo",
        "transmission.endpoints": f"{LOOPBACK}:{port + 2}-{port + 3}, [::1]:{port}, {GROUP}:{port + 1}"}))

    check_heaps(receivers, sent, [(0, 4), (4, 4), (8, 4), (12, 4)])


def test_the_number_of_endpoints_has_to_be_that_of_the_streams(emulator, sample):
    code, said = emulator.run(
        "emu-send", "-o", "transmission.endpoints=localhost:1-3", "-o", "transmission.num_streams=4",
        sample("low8_both_4pol.ms"))
    assert code == 2, said
    assert ("emu-send: transmission.endpoints has 3 endpoints, but the channels are divided into 4 streams; give one"
            " endpoint a stream, or transmission.num_streams = 3") in said.splitlines()
