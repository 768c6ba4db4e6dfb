package org.cbfsdp.telemetry.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.cbfsdp.telemetry.Examples;
import org.junit.jupiter.api.Test;

class StatusTest {
    private final AtomicLong clock = new AtomicLong(-5);
    private final AtomicReference<ProgramStatus> status =
            new AtomicReference<>(Examples.status(ProgramState.RUNNING, 100));

    @Test
    void shouldMakeRatesOfTwoSamples() {
        StatusSampler sampler = new StatusSampler(status::get, clock::get, () -> 42);
        StatusSnapshot first = sampler.sample();
        assertThat(first.totalRate()).isEqualTo(new StatusSnapshot.Rate(0, 0));
        assertThat(first.upNanos()).isZero();
        clock.addAndGet(2_000_000_000L);
        status.set(Examples.status(ProgramState.RUNNING, 120));
        StatusSnapshot second = sampler.sample();
        assertThat(second.rates().get(0)).isEqualTo(new StatusSnapshot.Rate(10, 10_000_000));
        assertThat(second.totalRate()).isEqualTo(new StatusSnapshot.Rate(20, 10_000_000));
        assertThat(second.upNanos()).isEqualTo(2_000_000_000L);
        assertThat(second.unixNanos()).isEqualTo(42);
        assertThat(sampler.sample().totalRate()).as("no time has passed").isEqualTo(new StatusSnapshot.Rate(0, 0));
    }

    @Test
    void shouldHaveNoRateOfAStreamThatIsNew() {
        status.set(ProgramStatus.starting("x", ProgramState.WAITING));
        StatusSampler sampler = new StatusSampler(status::get, clock::get, () -> 0);
        sampler.sample();
        clock.addAndGet(1_000_000_000L);
        status.set(Examples.status(ProgramState.RUNNING, 100));
        assertThat(sampler.sample().totalRate()).isEqualTo(new StatusSnapshot.Rate(0, 0));
    }

    @Test
    void shouldAddUpTheStreams() {
        ProgramStatus.Stream total = Examples.snapshot(ProgramState.RUNNING).total();
        assertThat(total.heaps()).isEqualTo(2397);
        assertThat(total.missingHeaps()).isEqualTo(3);
        assertThat(total.ended()).isFalse();
    }

    @Test
    void shouldWriteTheStatusAsJson() throws JsonProcessingException {
        JsonNode json = new ObjectMapper().readTree(StatusJson.status(Examples.snapshot(ProgramState.RUNNING)));
        assertThat(json.get("program").asText()).isEqualTo("emu-recv");
        assertThat(json.get("state").asText()).isEqualTo("running");
        assertThat(json.get("unix_time").asDouble()).isCloseTo(1_700_000_000.5, within(1e-6));
        assertThat(json.at("/total/heaps").asLong()).isEqualTo(2397);
        assertThat(json.get("streams")).hasSize(2);
        assertThat(json.at("/streams/1/place").asText()).isEqualTo("udp <41001>");
        assertThat(json.at("/streams/1/incomplete_heaps").asLong()).isEqualTo(2);
        assertThat(json.at("/streams/0/bytes_per_second").asDouble()).isEqualTo(125_000_000);
        assertThat(json.at("/queues/0/capacity").asLong()).isEqualTo(1024);
        assertThat(json.at("/agents/0/name").asText()).isEqualTo("recv-0");
        assertThat(json.at("/agents/0/max_cycle_seconds").asDouble()).isEqualTo(0.0025);
    }

    @Test
    void shouldWriteAnyTextSoThatItIsReadAsItWas() throws JsonProcessingException {
        Random random = new Random(20_261_120);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                int codePoint = random.nextInt(4) == 0 ? random.nextInt(0x10000 - 0x2000) : random.nextInt(128);
                text.appendCodePoint(Character.isSurrogate((char) codePoint) ? 0x1f300 : codePoint);
            }
            String json = new JsonWriter()
                    .beginObject()
                    .key(text.toString())
                    .value(text.toString())
                    .endObject()
                    .toString();
            assertThat(json).as("round %d", round).doesNotContain("\n");
            JsonNode node = new ObjectMapper().readTree(json);
            assertThat(node.get(text.toString()).asText()).isEqualTo(text.toString());
        }
    }

    @Test
    void shouldWriteNumbersThatJsonHas() {
        String json = new JsonWriter()
                .beginArray()
                .value(Long.MIN_VALUE)
                .value(Double.NaN)
                .value(Double.NEGATIVE_INFINITY)
                .value(1e300)
                .value(true)
                .anyValue(ProgramState.ENDED)
                .anyValue(3)
                .beginArray()
                .endArray()
                .endArray()
                .toString();
        assertThat(json).isEqualTo("[-9223372036854775808,null,null,1.0E300,true,\"ended\",3,[]]");
    }

    @Test
    void shouldCountEventsThatASubscriberMisses() {
        EventBus bus = new EventBus();
        EventBus.Subscription slow = bus.subscribe();
        EventBus.Subscription quick = bus.subscribe();
        EventBus.Event event = new EventBus.Event("status", "{}");
        for (int i = 0; i < EventBus.QUEUE_EVENTS + 3; i++) {
            bus.publish(event);
            assertThat(quick.poll()).isEqualTo(event);
        }
        assertThat(slow.missedEvents()).isEqualTo(3);
        assertThat(quick.missedEvents()).isZero();
        slow.close();
        bus.publish(event);
        assertThat(slow.missedEvents()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAnEventThatWouldBreakTheStream() {
        assertThatThrownBy(() -> new EventBus.Event("status", "{}\n\nevent: x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EventBus.Event("a\nb", "{}")).isInstanceOf(IllegalArgumentException.class);
    }
}
