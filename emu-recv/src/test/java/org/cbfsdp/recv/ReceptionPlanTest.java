package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Stream;
import org.cbfsdp.payload.ChannelRange;
import org.cbfsdp.payload.TelescopeModel;
import org.cbfsdp.settings.ReceiverSettings;
import org.cbfsdp.settings.SettingsException;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceptionPlanTest {
    private static final Optional<TelescopeModel> MODEL = Optional.of(Models.of(16, 1));

    @ParameterizedTest(name = "{0} channels a stream: {1} streams, the last of {2}")
    @CsvSource({"0, 1, 16", "16, 1, 16", "100, 1, 16", "4, 4, 4", "5, 4, 1", "15, 2, 1"})
    void shouldDeriveStreamsFromTheModelAsTheSenderDoes(int width, int streams, int last) {
        ReceptionPlan plan = plan(MODEL, "transmission.channels_per_stream=" + width);
        assertThat(plan.streamCount()).isEqualTo(streams);
        assertThat(plan.plan().orElseThrow().stream(streams - 1).count()).isEqualTo(last);
        assertThat(plan.plan().orElseThrow().channels()).isEqualTo(new ChannelRange(0, 16));
        assertThat(plan.channelIdOffset()).isZero();
    }

    @Test
    void shouldDivideEvenlyBetweenANumberOfStreams() {
        ReceptionPlan plan = plan(MODEL, "transmission.num_streams=3");
        assertThat(plan.plan().orElseThrow().streams())
                .containsExactly(new ChannelRange(0, 6), new ChannelRange(6, 5), new ChannelRange(11, 5));
    }

    @Test
    void shouldHeedTheSendersSelection() {
        String[] options = {"transmission.channels_per_stream=4", "reader.start_chan=5", "reader.num_chan=6"};
        assertThat(plan(MODEL, options).plan().orElseThrow().streams())
                .containsExactly(new ChannelRange(5, 4), new ChannelRange(9, 2));
        assertThat(plan(MODEL, options).channelIdOffset()).isZero();
    }

    @Test
    void shouldClampASelectionBeyondTheLastChannelAsTheSenderDoes() {
        assertThat(plan(MODEL, "reader.start_chan=10", "reader.num_chan=100")
                        .plan()
                        .orElseThrow()
                        .channels())
                .isEqualTo(new ChannelRange(10, 6));
    }

    @Test
    void shouldAddTheStartToIdsThatCountFromTheSelection() {
        assertThat(plan(MODEL, "reader.start_chan=5", "payload.channel_id_base=selection")
                        .channelIdOffset())
                .isEqualTo(5);
    }

    @Test
    void shouldRefuseAStartPastTheLastChannel() {
        assertThatThrownBy(() -> plan(MODEL, "reader.start_chan=16"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("reader.start_chan = 16 is past the last channel of the data model, 15");
    }

    @Test
    void shouldKnowNoChannelsFromPortsAlone() {
        for (Optional<TelescopeModel> model :
                Stream.of(MODEL, Optional.<TelescopeModel>empty()).toList()) {
            ReceptionPlan plan = plan(model, "reception.num_ports=3");
            assertThat(plan.streamCount()).isEqualTo(3);
            assertThat(plan.plan()).isEmpty();
        }
    }

    @Test
    void shouldTakePortsThatAgreeWithTheDivision() {
        assertThat(plan(MODEL, "reception.num_ports=4", "transmission.channels_per_stream=5")
                        .streamCount())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"transmission.channels_per_stream=5, 4", "transmission.num_streams=2, 2"})
    void shouldRefusePortsThatContradictTheDivision(String division, int streams) {
        assertThatThrownBy(() -> plan(MODEL, "reception.num_ports=3", division))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("reception.num_ports = 3 contradicts the " + streams
                        + " streams that channels 0-15 are divided into");
    }

    @Test
    void shouldRefuseMoreStreamsThanChannels() {
        assertThatThrownBy(() -> plan(MODEL, "transmission.num_streams=17"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "transmission.num_streams = 17 is more than the 16 channels 0-15 of the data model; give 1 to 16");
    }

    @Test
    void shouldRefuseStreamsBeyondTheLastPort() {
        assertThatThrownBy(
                        () -> plan(MODEL, "transmission.channels_per_stream=1", "reception.receiver_port_start=65521"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "reception.receiver_port_start = 65521 is too high: 16 streams would need port 65536; the last"
                                + " one is 65535");
    }

    @Test
    void shouldSayWhatToGiveWhenNothingIsKnown() {
        assertThatThrownBy(() -> plan(Optional.empty(), "transmission.channels_per_stream=4"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("reception.num_ports")
                .hasMessageContaining("reception.datamodel");
    }

    private static ReceptionPlan plan(Optional<TelescopeModel> model, String... options) {
        SettingsLoader loader = new SettingsLoader();
        Stream.of(options).forEach(loader::option);
        ReceiverSettings settings = loader.loadReceiver();
        return ReceptionPlan.of(settings, model);
    }
}
