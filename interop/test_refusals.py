"""What cannot work is refused with one sentence that names the culprit, and with the right exit code."""

import pytest

CONFIGURATION_ERROR = 2
FAILURE = 1

SENDER = [
    (["-o", "transmission.chanels_per_stream=4"], CONFIGURATION_ERROR, ["chanels_per_stream", "channels_per_stream"]),
    (["-o", "transmision.rate=4"], CONFIGURATION_ERROR, ["transmision"]),
    (["-o", "transmission.rate=fast"], CONFIGURATION_ERROR, ["transmission.rate", "fast"]),
    (["-o", "reader.num_repeats=0"], CONFIGURATION_ERROR, ["reader.num_repeats", "0"]),
    (["-o", "transmission.target_port_start=70000"], CONFIGURATION_ERROR, ["target_port_start", "70000"]),
    (["-o", "nonsense"], CONFIGURATION_ERROR, ["nonsense"]),
    (["-c", "no-such-file.conf"], CONFIGURATION_ERROR, ["no-such-file.conf"]),
    (["--no-such-option"], CONFIGURATION_ERROR, ["--no-such-option"]),
    (["-o", "reader.start_chan=16"], CONFIGURATION_ERROR, ["start_chan", "16"]),
    (["-o", "reader.column=NO_SUCH_DATA"], CONFIGURATION_ERROR, ["NO_SUCH_DATA"]),
    (["-o", "transmission.target_host=no-such-host.invalid"], None, ["no-such-host.invalid", "transmission.target_host"]),
    (["-o", "transmission.endpoints=no-such-host.invalid:1"], None, ["no-such-host.invalid", "transmission.endpoints"]),
    (["-o", "transmission.num_streams=17"], CONFIGURATION_ERROR, ["transmission.num_streams = 17", "16 channels"]),
    (["-o", "transmission.descriptor_interval=5"], CONFIGURATION_ERROR, ["descriptor_interval", "transmission.descriptors"]),
    (["-o", "transmission.max_packet_size=65508"], CONFIGURATION_ERROR, ["max_packet_size", "65507"]),
    (["-o", "transmission.interface=nonesuch"], None, ["nonesuch", "transmission.interface"]),
    (["-o", "reader.synthetic=2x2x2"], CONFIGURATION_ERROR, ["reader.synthetic", "reader.measurement_set"]),
]


@pytest.mark.parametrize("arguments, code, words", SENDER, ids=[" ".join(case[0]) for case in SENDER])
def test_sender_refuses(emulator, sample, arguments, code, words):
    assert_refused(emulator.run("emu-send", *arguments, sample("low8_both_4pol.ms")), code, words)


RECEIVER = [
    (["-o", "reception.datamodel=no-such-set.ms"], CONFIGURATION_ERROR, ["reception.datamodel", "no-such-set.ms"]),
    (["-o", "transmission.num_streams=17"], CONFIGURATION_ERROR, ["transmission.num_streams = 17", "give 1 to 16"]),
    (["-o", "reception.interface=lo"], CONFIGURATION_ERROR, ["reception.interface", "reception.bind_hostname"]),
    (["-o", "reception.bind_hostname=239.102.3.6", "-o", "reception.interface=nosuch0"], CONFIGURATION_ERROR,
     ["nosuch0", "reception.interface"]),
    (["-o", "reception.max_packet_size=65536"], CONFIGURATION_ERROR, ["reception.max_packet_size", "65507"]),
    (["-o", "reception.consumer=no_such_consumer"], CONFIGURATION_ERROR, ["no_such_consumer"]),
    (["-o", "reception.ring_heaps=-1"], CONFIGURATION_ERROR, ["reception.ring_heaps", "-1"]),
    (["-o", "reception.bind_hostname=no-such-host.invalid"], None, ["no-such-host.invalid"]),
    (["-o", "reception.outputfilename=/no/such/folder/out.ms"], None, ["/no/such/folder"]),
]


@pytest.mark.parametrize("arguments, code, words", RECEIVER, ids=[" ".join(case[0]) for case in RECEIVER])
def test_receiver_refuses(emulator, sample, arguments, code, words):
    model = ["-o", f"reception.datamodel={sample('low8_both_4pol.ms')}"]
    assert_refused(emulator.run("emu-recv", *model, *arguments), code, words)


def test_compare_wants_channels_that_are_there(emulator, sample):
    path = sample("low8_both_4pol.ms")
    assert_refused(emulator.run("emu-recv", "compare", "--channels", "12:8", path, path), CONFIGURATION_ERROR, ["channel 19"])


def test_sender_names_a_set_that_is_not_there(emulator):
    assert_refused(emulator.run("emu-send", "vanished.ms"), None, ["vanished.ms"])


def test_sender_wants_a_set(emulator):
    assert_refused(emulator.run("emu-send"), CONFIGURATION_ERROR, ["reader.measurement_set"])


def test_all_faults_are_told_at_once(emulator, sample):
    outcome = emulator.run(
        "emu-send", "-o", "transmission.rate=fast", "-o", "reader.num_repeats=none", sample("low8_both_4pol.ms"))
    assert_refused(outcome, CONFIGURATION_ERROR, ["transmission.rate", "reader.num_repeats"])


@pytest.mark.parametrize("name", ["emu-send", "emu-recv"])
def test_help_shows_the_settings(emulator, name):
    code, said = emulator.run(name, "--help")
    assert code == 0
    assert "-c" in said and "-o" in said


def assert_refused(outcome, code, words):
    """The exit code is the one wanted (any but 0 and 3 when None), the output a few lines with these words."""
    found, said = outcome
    assert found == code if code is not None else found in (FAILURE, CONFIGURATION_ERROR), said
    for word in words:
        assert word in said, said
    assert "\tat " not in said, "a stack trace instead of a sentence:\n" + said
