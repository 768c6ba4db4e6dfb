package org.cbfsdp.telemetry.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeoutObserverTest {
    private static final long TIMEOUT = 2 * FakeClock.SECOND;

    private final FakeClock clock = new FakeClock();
    private final SensorSet set = new SensorSet(clock);
    private final Sensor<Long> sensor = set.add("x", "", "", -1L, SensorStatus.NOMINAL);
    private final List<Reading<?>> readings = new ArrayList<>();

    @Test
    void shouldFireFromTheInitialState() {
        attach();
        wait(1999);
        assertThat(readings).isEmpty();
        wait(1);
        assertThat(readings).containsExactly(new Reading<>(-1L, SensorStatus.ERROR, TIMEOUT));
    }

    @Test
    void shouldFireOnceAtTheTimeOfTheLastUpdatePlusTheTimeout() {
        attach();
        sensor.set(7L, SensorStatus.NOMINAL, 1_000);
        readings.clear();
        wait(60_000);
        wait(60_000);
        assertThat(readings).containsExactly(new Reading<>(7L, SensorStatus.ERROR, 1_000 + TIMEOUT));
        sensor.set(8L, SensorStatus.NOMINAL, 2_000);
        wait(2000);
        assertThat(sensor.reading()).isEqualTo(new Reading<>(8L, SensorStatus.ERROR, 2_000 + TIMEOUT));
    }

    @Test
    void shouldBeDeferredByUpdates() {
        attach();
        for (long i = 0; i < 20; i++) {
            wait(1500);
            sensor.set(i, SensorStatus.NOMINAL, i);
        }
        assertThat(readings).hasSize(20).allMatch(reading -> reading.status() == SensorStatus.NOMINAL);
        wait(2000);
        assertThat(sensor.reading().status()).isEqualTo(SensorStatus.ERROR);
    }

    @Test
    void shouldNotFireInTheTargetStateAlready() {
        attach();
        sensor.set(1L, SensorStatus.ERROR, 0);
        readings.clear();
        wait(60_000);
        assertThat(readings).isEmpty();
        assertThat(set.deadlines().waiting()).isZero();
    }

    @Test
    void shouldNotFireOnceCancelled() {
        TimeoutObserver observer = attach();
        observer.cancel();
        wait(60_000);
        sensor.set(1L, SensorStatus.NOMINAL, 0);
        wait(60_000);
        assertThat(readings).hasSize(1);
        observer.cancel();
    }

    @Test
    void shouldNotKeepItsSensor() {
        WeakReference<Sensor<Long>> gone = attachAndForget();
        while (gone.get() != null) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(set.deadlines().waiting()).as("it still waits").isEqualTo(1);
        wait(60_000);
        assertThat(set.deadlines().waiting()).isZero();
    }

    private WeakReference<Sensor<Long>> attachAndForget() {
        Sensor<Long> other = new Sensor<>(set, "other", "", "", new Reading<>(0L, SensorStatus.NOMINAL, 0));
        TimeoutObserver.attach(other, SensorStatus.ERROR, TIMEOUT, set.deadlines());
        return new WeakReference<>(other);
    }

    private TimeoutObserver attach() {
        sensor.attach((of, before, now) -> readings.add(now));
        return TimeoutObserver.attach(sensor, SensorStatus.ERROR, TIMEOUT, set.deadlines());
    }

    private void wait(int millis) {
        clock.advanceMillis(millis);
        set.poll();
    }
}
