package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cbfsdp.settings.ReceptionSettings;
import org.cbfsdp.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What practising does, and what it leaves. */
@Timeout(60)
class WarmUpTest {
    /** Long enough to fail by its time-out where the end is not heeded. */
    private static final String LONGEST = "warm_up=60";

    private static ReceptionSettings settings(String... options) {
        SettingsLoader loader = new SettingsLoader();
        List.of(options).forEach(option -> loader.option("reception." + option));
        return loader.loadReceiver().reception();
    }

    /** The sockets that this process has open. */
    private static Set<String> sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(WarmUpTest::target)
                    .filter(name -> name.startsWith("socket:"))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return "closed meanwhile";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"transport=nio", "transport=linux", "transport_protocol=tcp"})
    void shouldReceiveDumpsUntilStoppedAndCloseItsSockets(String transport) throws IOException {
        WarmUp.run(settings(transport, LONGEST), new AtMost(1)::isPast);
        Set<String> before = sockets();
        long dumps = WarmUp.run(settings(transport, LONGEST), new AtMost(100)::isPast);
        // With TCP the last of them may still be on their way when the practice ends.
        assertThat(dumps).isBetween(transport.endsWith("tcp") ? 1L : 90L, 100L);
        assertThat(before).as("sockets, of which others may close some").containsAll(sockets());
    }

    @Test
    void shouldNotBeginWhenStopped() {
        assertThat(WarmUp.run(settings(LONGEST), () -> true)).isZero();
    }

    @Test
    void shouldEndByItself() {
        assertThat(WarmUp.run(settings("warm_up=0.2"), () -> false)).isPositive();
        assertThat(WarmUp.run(settings("warm_up=0"), () -> false)).isZero();
    }

    @Test
    void shouldNotPractiseForCaptures() {
        assertThat(WarmUp.run(settings("pcap_file=x.pcap", LONGEST), () -> false))
                .isZero();
    }

    @Test
    void shouldFailNothingElse() {
        assertThat(WarmUp.run(settings(LONGEST), () -> {
                    throw new IllegalStateException("while practising");
                }))
                .isZero();
    }

    /** Asked before each heap. */
    private static final class AtMost {
        private final AtomicInteger left;

        private AtMost(int heaps) {
            left = new AtomicInteger(heaps);
        }

        private boolean isPast() {
            return left.getAndDecrement() <= 0;
        }
    }
}
