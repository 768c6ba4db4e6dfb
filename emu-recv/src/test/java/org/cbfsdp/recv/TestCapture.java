package org.cbfsdp.recv;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes captures for tests: big-endian, raw IP, without checksums, which nobody looks at. */
final class TestCapture {
    private TestCapture() {}

    /** A capture of datagrams to one port. */
    static void write(Path file, int port, List<byte[]> payloads) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0xa1b2c3d4);
        out.writeInt(0x00020004);
        out.writeLong(0);
        out.writeInt(65_535);
        out.writeInt(101);
        for (byte[] payload : payloads) {
            int length = 28 + payload.length;
            out.writeLong(1);
            out.writeInt(length);
            out.writeInt(length);
            out.writeShort(0x4500);
            out.writeShort(length);
            out.writeInt(0);
            out.writeInt(0x4011_0000);
            out.writeInt(0x7f00_0001);
            out.writeInt(0x7f00_0001);
            out.writeShort(50_000);
            out.writeShort(port);
            out.writeShort(8 + payload.length);
            out.writeShort(0);
            out.write(payload);
        }
        Files.write(file, bytes.toByteArray());
    }
}
