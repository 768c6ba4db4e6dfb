package org.cbfsdp.telemetry.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiveSensorsTest {
    private static final long SECOND = FakeClock.SECOND;

    private final FakeClock clock = new FakeClock();
    private final SensorSet set = new SensorSet(clock);
    private final ReceiveSensors sensors = new ReceiveSensors(set, "", SECOND / 2);
    private final List<String> published = new ArrayList<>();

    @Test
    void shouldBeginInErrorAndDegraded() {
        assertThat(set.sensors())
                .extracting(Sensor::name)
                .containsExactly("rx.timestamp", "rx.unixtime", "rx.missing-unixtime", "rx.device-status");
        assertReading("rx.timestamp", -1L, SensorStatus.ERROR);
        assertReading("rx.unixtime", -1.0, SensorStatus.ERROR);
        assertReading("rx.missing-unixtime", -1.0, SensorStatus.NOMINAL);
        assertReading("rx.device-status", DeviceStatus.DEGRADED, SensorStatus.WARN);
    }

    @Test
    void shouldBeOkOnceDumpsCome() {
        sensors.dumpReceived(77, 3 * SECOND, false);
        assertReading("rx.timestamp", 77L, SensorStatus.NOMINAL);
        assertReading("rx.unixtime", 3.0, SensorStatus.NOMINAL);
        assertReading("rx.device-status", DeviceStatus.OK, SensorStatus.NOMINAL);
        assertThat(sensor("rx.device-status").reading().unixNanos()).isEqualTo(3 * SECOND);
    }

    @Test
    void shouldNeverBeOkForAMomentWhenTheFirstDumpHasLosses() {
        List<Object> seen = new ArrayList<>();
        sensor("rx.device-status").attach((sensor, before, now) -> seen.add(now.value()));
        sensors.dumpReceived(77, 3 * SECOND, true);
        assertThat(seen).isNotEmpty().containsOnly(DeviceStatus.DEGRADED);
    }

    @Test
    void shouldLookAtTheWholeOnlyWhenAStatusChanges() {
        sensors.dumpReceived(1, SECOND, false);
        List<Object> seen = new ArrayList<>();
        sensor("rx.device-status").attach((sensor, before, now) -> seen.add(now.value()));
        for (int dump = 2; dump < 50; dump++) {
            sensors.dumpReceived(dump, dump * SECOND, false);
        }
        assertThat(seen).isEmpty();
        sensors.lossFound(50 * SECOND);
        sensors.lossFound(51 * SECOND);
        assertThat(seen).containsExactly(DeviceStatus.DEGRADED);
    }

    @Test
    void shouldRecoverFromALossAfterTheTimeout() {
        sensors.dumpReceived(1, 10 * SECOND, false);
        sensors.dumpReceived(2, 11 * SECOND, true);
        assertReading("rx.missing-unixtime", 11.0, SensorStatus.ERROR);
        assertThat(sensors.deviceStatus()).isEqualTo(DeviceStatus.DEGRADED);
        for (int dump = 3; dump <= 12; dump++) {
            clock.advanceMillis(499);
            set.poll();
            assertThat(sensors.deviceStatus()).isEqualTo(DeviceStatus.DEGRADED);
            sensors.dumpReceived(dump, 12 * SECOND, false);
        }
        clock.advanceMillis(10);
        set.poll();
        assertReading("rx.missing-unixtime", 11.0, SensorStatus.NOMINAL);
        assertThat(sensor("rx.missing-unixtime").reading().unixNanos()).isEqualTo(16 * SECOND);
        assertThat(sensors.deviceStatus()).isEqualTo(DeviceStatus.OK);
    }

    @Test
    void shouldSayThatItIsSilent() {
        sensors.dumpReceived(1, 10 * SECOND, false);
        clock.advanceMillis(4999);
        set.poll();
        assertThat(sensors.deviceStatus()).isEqualTo(DeviceStatus.OK);
        clock.advanceMillis(1);
        set.poll();
        assertReading("rx.timestamp", 1L, SensorStatus.ERROR);
        assertReading("rx.unixtime", 10.0, SensorStatus.ERROR);
        assertThat(sensor("rx.unixtime").reading().unixNanos()).isEqualTo(15 * SECOND);
        assertThat(sensors.deviceStatus()).isEqualTo(DeviceStatus.DEGRADED);
    }

    @Test
    void shouldTimeOutAfterTenDumpsButNotBeforeASecond() {
        assertThat(ReceiveSensors.timeoutNanos(1)).isEqualTo(SECOND);
        assertThat(ReceiveSensors.timeoutNanos(SECOND)).isEqualTo(10 * SECOND);
        assertThat(ReceiveSensors.timeoutNanos(Long.MAX_VALUE)).isGreaterThan(1000 * SECOND);
    }

    @Test
    void shouldPublishEachSensorAtMostOnceASecondAndTheLatestInTheEnd() {
        set.publish((sensor, reading) -> published.add(sensor.name() + "=" + reading.value()));
        for (int i = 0; i < 100; i++) {
            sensors.dumpReceived(i, i, false);
            clock.advanceMillis(25);
            set.poll();
        }
        assertThat(published.stream().filter(text -> text.startsWith("rx.timestamp")))
                .containsExactly("rx.timestamp=0", "rx.timestamp=39", "rx.timestamp=79");
        clock.advanceMillis(1000);
        set.poll();
        assertThat(published).contains("rx.timestamp=99");
        int count = published.size();
        clock.advanceMillis(1000);
        set.poll();
        assertThat(published).as("nothing new").hasSize(count);
    }

    @Test
    void shouldRefuseTwoSensorsOfOneName() {
        assertThatThrownBy(() -> new ReceiveSensors(set, "", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rx.timestamp");
        ReceiveSensors other = new ReceiveSensors(set, "input0.", 1);
        other.dumpReceived(5, 5, false);
        assertReading("input0.rx.timestamp", 5L, SensorStatus.NOMINAL);
        assertReading("rx.timestamp", -1L, SensorStatus.ERROR);
    }

    private void assertReading(String name, Object value, SensorStatus status) {
        Reading<?> reading = sensor(name).reading();
        assertThat(reading.value()).as(name).isEqualTo(value);
        assertThat(reading.status()).as(name).isEqualTo(status);
    }

    private Sensor<?> sensor(String name) {
        return set.sensors().stream()
                .filter(sensor -> sensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
