package org.cbfsdp.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LinuxThreadTest {
    @Test
    void shouldGiveTheCallingThreadAloneAPriorityOrSayWhyNot() throws Exception {
        CompletableFuture<Integer> found = new CompletableFuture<>();
        CompletableFuture<Integer> ofItsChild = new CompletableFuture<>();
        Thread raised = new Thread(() -> {
            try {
                LinuxThread.setRealTimePriority(1);
                found.complete(LinuxThread.realTimePriority());
                Thread child = new Thread(() -> ofItsChild.complete(ownPriority()));
                child.start();
                child.join();
            } catch (IOException e) {
                found.completeExceptionally(e);
                ofItsChild.complete(0);
            } catch (InterruptedException e) {
                found.completeExceptionally(e);
            }
        });
        raised.start();
        raised.join();
        if (found.isCompletedExceptionally()) {
            // An ordinary user may not.
            assertThat(found)
                    .failsWithin(java.time.Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("EPERM");
        } else {
            assertThat(found).isCompletedWithValue(1);
        }
        assertThat(ofItsChild).isCompletedWithValue(0);
        assertThat(LinuxThread.realTimePriority())
                .as("of the thread that did not ask")
                .isZero();
    }

    @Test
    void shouldRefuseAPriorityThatIsNone() {
        assertThatThrownBy(() -> LinuxThread.setRealTimePriority(100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("real-time priority 100 cannot be had")
                .hasMessageContaining("EINVAL");
    }

    private static int ownPriority() {
        try {
            return LinuxThread.realTimePriority();
        } catch (IOException e) {
            return -1;
        }
    }
}
