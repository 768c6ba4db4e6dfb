"""Sends made-up visibilities with spead2, one stream a port, all streams at once; prints what it did as JSON."""

import argparse
import asyncio
import json
import time

import numpy as np
import spead2
import spead2.send
import spead2.send.asyncio

from . import icd

EPOCH_MJD_SECONDS = 5.27e9


def parse():
    """The command line."""
    parser = argparse.ArgumentParser(prog="icd_send", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=41000, help="port of the first stream (default %(default)s)")
    parser.add_argument("--transport", choices=["udp", "tcp"], default="udp")
    parser.add_argument("--streams", type=int, default=1)
    parser.add_argument("--channels", type=int, default=4, help="channels a stream (default %(default)s)")
    parser.add_argument("--baselines", type=int, default=6)
    parser.add_argument("--heaps", type=int, default=10, help="data heaps a stream (default %(default)s)")
    parser.add_argument("--rate", type=float, default=0.0, help="bytes/s a stream, 0 = unlimited (default)")
    parser.add_argument("--packet-size", type=int, default=1472)
    parser.add_argument("--max-heaps", type=int, default=4, help="heaps of a stream under way at once")
    parser.add_argument("--distinct", type=int, default=2, help="payloads made beforehand and sent in turn")
    return parser.parse_args()


def payload(stream, heap, channels, baselines):
    """Visibilities that tell where they belong: real part by heap, stream and channel, imaginary by baseline."""
    data = np.zeros((channels, baselines), icd.element(4))
    polarisation = np.arange(4, dtype=np.float32) / 4
    data["VIS"].real = heap * 1000 + stream * 100 + np.arange(channels)[:, None, None] + polarisation
    data["VIS"].imag = -(np.arange(baselines)[None, :, None] + polarisation)
    data["FD"] = 255
    return data


async def run_stream(args, pool, number):
    """Sends one stream; returns its bytes and seconds."""
    config = spead2.send.StreamConfig(
        max_packet_size=args.packet_size, max_heaps=args.max_heaps + 1, rate=args.rate,
        burst_size=10 * args.packet_size)
    target = [(args.host, args.port + number)]
    if args.transport == "tcp":
        stream = await spead2.send.asyncio.TcpStream.connect(pool, target, config)
    else:
        stream = spead2.send.asyncio.UdpStream(pool, target, config)
    items = spead2.send.ItemGroup(flavour=icd.FLAVOUR)
    icd.add_items(items, args.channels, args.baselines)
    payloads = [payload(number, heap, args.channels, args.baselines) for heap in range(args.distinct)]
    under_way = []
    sent = await stream.async_send_heap(items.get_start())
    begin = time.perf_counter()
    for heap in range(args.heaps):
        count, fraction = icd.to_count_and_fraction(EPOCH_MJD_SECONDS + 0.849 * heap)
        for name, value in {
            "visibility_timestamp_count": count,
            "visibility_timestamp_fraction": fraction,
            "visibility_channel_id": number * args.channels,
            "visibility_channel_count": args.channels,
            "visibility_polarisation_id": 0,
            "visibility_baseline_count": args.baselines,
            "visibility_phase_bin_id": 0,
            "visibility_phase_bin_count": 1,
            "scan_id": 1,
            "visibility_hardware_id": number,
            icd.DATA: payloads[heap % args.distinct],
        }.items():
            items[name].value = value
        if len(under_way) >= args.max_heaps:
            sent += await under_way.pop(0)
        under_way.append(stream.async_send_heap(items.get_heap(descriptors="all", data="all")))
    for future in under_way:
        sent += await future
    seconds = time.perf_counter() - begin
    sent += await stream.async_send_heap(items.get_end())
    return sent, seconds


async def main():
    """Runs all streams on one event loop."""
    args = parse()
    pool = spead2.ThreadPool()
    results = await asyncio.gather(*[run_stream(args, pool, number) for number in range(args.streams)])
    seconds = max(seconds for _, seconds in results)
    print(json.dumps({"heaps": args.heaps * args.streams, "bytes": sum(sent for sent, _ in results), "seconds": seconds}))


if __name__ == "__main__":
    asyncio.run(main())
