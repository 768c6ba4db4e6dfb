package org.cbfsdp.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NativeHandleTest {
    private final List<Long> freed = new ArrayList<>();

    private NativeHandle handle(String name, long value) {
        return new NativeHandle(name, value, freed::add);
    }

    @Test
    void shouldFreeOnceAndThenRefuse() {
        NativeHandle handle = handle("thing", 7);
        assertThat(handle.value()).isEqualTo(7);
        handle.close();
        handle.close();
        assertThat(freed).containsExactly(7L);
        assertThat(handle.isOpen()).isFalse();
        assertThat(handle).hasToString("thing (closed)");
        assertThatThrownBy(handle::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("thing is closed");
    }

    @Test
    void shouldHoldOutForItsChildren() {
        NativeHandle parent = handle("parent", 1);
        NativeHandle first = parent.child("first", 2, freed::add);
        NativeHandle second = parent.child("second", 3, freed::add);
        assertThatThrownBy(parent::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("parent cannot be closed before first, second, opened from it");
        assertThat(parent.value()).isEqualTo(1);
        first.close();
        assertThat(parent.openChildren()).containsExactly("second");
        second.close();
        parent.close();
        assertThat(freed).containsExactly(2L, 3L, 1L);
        assertThatThrownBy(() -> parent.child("late", 4, freed::add)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldBeClosedEvenWhenFreeingFails() {
        NativeHandle handle = new NativeHandle("thing", 7, value -> {
            freed.add(value);
            throw new NativeException(28, "ENOSPC", "no room");
        });
        assertThatThrownBy(handle::close).isInstanceOfSatisfying(NativeException.class, e -> {
            assertThat(e.code()).isEqualTo(28);
            assertThat(e.nativeText()).isEqualTo("ENOSPC");
        });
        assertThat(handle.isOpen()).isFalse();
        handle.close();
        assertThat(freed).containsExactly(7L);
    }

    @Test
    void shouldRefuseOtherThreadsNamingBoth() {
        NativeHandle handle = handle("thing", 7);
        Executor stranger = body -> new Thread(body, "stranger").start();
        for (Runnable use : List.<Runnable>of(handle::value, handle::close, handle::openChildren)) {
            Throwable thrown = catchThrowable(
                    () -> CompletableFuture.runAsync(use, stranger).get(10, TimeUnit.SECONDS));
            assertThat(thrown)
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("thing belongs to thread "
                            + Thread.currentThread().getName() + " and was used from thread stranger");
        }
        assertThat(freed).isEmpty();
        assertThat(handle.isOpen()).isTrue();
    }
}
