package org.cbfsdp.icd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.InvalidMarkException;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadViewsTest {
    private final PayloadViews views = new PayloadViews();

    @Test
    void shouldShowThePartThatWasAskedForAndNotLetItBeWritten() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        ByteBuffer view = views.of(buffer, 10, 20);
        buffer.put(10, (byte) 42);
        assertThat(view.capacity()).isEqualTo(20);
        assertThat(view.get(0)).isEqualTo((byte) 42);
        assertThatThrownBy(() -> view.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void shouldMakeAViewOnceAndAnotherForAnotherPlace() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        ByteBuffer view = views.of(buffer, 10, 20);
        assertThat(views.of(buffer, 10, 20)).isSameAs(view);
        assertThat(views.of(buffer, 11, 20)).isNotSameAs(view);
        assertThat(views.of(buffer, 11, 21).capacity()).isEqualTo(21);
    }

    @Test
    void shouldShowAllOfALaterHeapWhateverWasDoneToTheViewOfAnEarlierOne() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        ByteBuffer view = views.of(buffer, 10, 20).order(ByteOrder.LITTLE_ENDIAN);
        view.position(3).mark().limit(7);
        view.flip();
        ByteBuffer later = views.of(buffer, 10, 20);
        assertThat(later.remaining()).isEqualTo(20);
        assertThat(later.position()).isZero();
        assertThat(later.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThatThrownBy(later::reset).as("no mark is left").isInstanceOf(InvalidMarkException.class);
    }

    @Test
    void shouldTellBuffersApartByWhoTheyAreHoweverMany() {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            buffers.add(ByteBuffer.allocateDirect(8));
        }
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < buffers.size(); i++) {
                buffers.get(i).putInt(0, i);
                assertThat(views.of(buffers.get(i), 0, 4).getInt(0)).isEqualTo(i);
            }
        }
    }
}
