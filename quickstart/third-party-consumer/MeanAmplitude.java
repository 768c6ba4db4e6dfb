package org.example;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.PayloadTime;
import org.cbfsdp.payload.VisibilityDump;
import org.cbfsdp.payload.VisibilityPayload;

/** Writes a line a dump into a CSV file: its time, how many streams delivered, and the mean amplitude of what came. */
public final class MeanAmplitude implements Consumer {
    private PrintWriter csv;

    @Override
    public void start(ConsumerContext context) {
        Path file = Path.of(context.options().text("file").orElse("mean-amplitude.csv"));
        try {
            csv = new PrintWriter(Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        csv.println("time,streams,mean_amplitude");
    }

    @Override
    public void consume(VisibilityDump dump, boolean endOfBatch) {
        double sum = 0;
        long count = 0;
        for (int stream = 0; stream < dump.streamCount(); stream++) {
            VisibilityPayload payload = dump.payload(stream);
            if (payload != null) {
                sum += sumOfAmplitudes(payload);
                count += (long) payload.channelCount()
                        * payload.baselineCount()
                        * payload.layout().polarisations();
            }
        }
        csv.println(PayloadTime.instant(dump.timestampTicks()) + "," + dump.payloadCount() + "," + sum / count);
        if (endOfBatch) {
            csv.flush();
        }
    }

    @Override
    public void close() {
        if (csv != null) {
            csv.close();
        }
    }

    private static double sumOfAmplitudes(VisibilityPayload payload) {
        ElementLayout layout = payload.layout();
        ByteBuffer data =
                payload.data().duplicate().order(layout.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int elements = payload.channelCount() * payload.baselineCount();
        double sum = 0;
        for (int element = 0; element < elements; element++) {
            int at = element * layout.elementBytes() + layout.visOffset();
            for (int p = 0; p < layout.polarisations(); p++) {
                sum += Math.hypot(data.getFloat(at + 8 * p), data.getFloat(at + 8 * p + 4));
            }
        }
        return sum;
    }
}
