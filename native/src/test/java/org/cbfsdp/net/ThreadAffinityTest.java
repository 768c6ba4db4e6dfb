package org.cbfsdp.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel says of threads that asked for a processor; {@code /proc} is read, not the library. */
class ThreadAffinityTest {
    private static final int GARBAGE_BYTES = 1 << 20;

    @Test
    void shouldBindTheCallingThreadAlone() throws Exception {
        List<Integer> usable = processors(allowed("self"));
        String before = allowed("thread-self");
        for (int processor : usable) {
            String bound = onItsOwnThread(() -> {
                LinuxThread.bindToProcessor(processor);
                return allowed("thread-self");
            });
            assertThat(bound).isEqualTo(Integer.toString(processor));
        }
        assertThat(allowed("thread-self")).isEqualTo(before);
    }

    /** Compilers and collectors that the virtual machine starts for a bound thread must not crowd its processor. */
    @Test
    void shouldLeaveTheThreadsOfTheVirtualMachineWhereTheyWere() throws Exception {
        String everywhere = allowed("self");
        int first = processors(everywhere).get(0);
        List<String> bound = onItsOwnThread(() -> {
            LinuxThread.bindToProcessor(first);
            collectAndCompile();
            return threadsNotAllowed(everywhere);
        });
        // Where there is but one processor, nobody can be told apart.
        assertThat(bound).isEqualTo(processors(everywhere).size() == 1 ? List.of() : List.of("bound: " + first));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 8191, Integer.MAX_VALUE})
    void shouldRefuseAProcessorThatIsNotThere(int processor) throws Exception {
        String before = allowed("thread-self");
        assertThatThrownBy(() -> LinuxThread.bindToProcessor(processor))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("processor " + processor + " cannot be had")
                .hasMessageContaining("EINVAL");
        assertThat(allowed("thread-self")).isEqualTo(before);
    }

    private static <T> T onItsOwnThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "bound");
        thread.start();
        return task.get();
    }

    /** Enough for several collections, in a loop hot enough to be compiled by both compilers. */
    private static void collectAndCompile() {
        long sum = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] garbage = new byte[GARBAGE_BYTES];
            for (int at = 0; at < garbage.length; at += 4096) {
                garbage[at] = (byte) i;
                sum += garbage[at];
            }
        }
        assertThat(sum).isNotZero();
        System.gc();
    }

    private static List<String> threadsNotAllowed(String everywhere) throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                try {
                    String processors = field(task.resolve("status"), "Cpus_allowed_list:");
                    if (!processors.equals(everywhere)) {
                        found.add(Files.readString(task.resolve("comm")).strip() + ": " + processors);
                    }
                } catch (IOException e) {
                    // A thread that has ended meanwhile.
                }
            }
        }
        return found;
    }

    private static String allowed(String process) throws IOException {
        return field(Path.of("/proc", process, "status"), "Cpus_allowed_list:");
    }

    private static String field(Path status, String name) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    /** Of a list such as {@code 0-2,5}. */
    private static List<Integer> processors(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            String[] ends = part.split("-", -1);
            for (int n = Integer.parseInt(ends[0]); n <= Integer.parseInt(ends[ends.length - 1]); n++) {
                numbers.add(n);
            }
        }
        return numbers;
    }
}
