package org.cbfsdp.recv.consumer.mswriter;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cbfsdp.consumer.ConsumerException;

/**
 * What is run on a finished set. No shell has a part in it: arguments arrive as they are. It runs apart from
 * the terminal ({@code setsid}), or Ctrl-C, which a terminal sends to all that was started from it, would end the command as well
 * as the reception. Immutable.
 *
 * @param launcher full paths of setsid and of the program
 * @param arguments {@link #SET} in one stands for the set
 */
record SetCommand(List<String> launcher, List<String> arguments) {
    /** Stands for the set. */
    static final String SET = "{ms}";

    SetCommand {
        launcher = List.copyOf(launcher);
        arguments = List.copyOf(arguments);
    }

    /**
     * Looks for the program, in the folders of PATH unless its name has a slash in it.
     *
     * @param words the program and its arguments
     * @throws ConsumerException when there is no such program
     */
    static SetCommand find(List<String> words) {
        String setsid = program("setsid")
                .orElseThrow(
                        () -> new ConsumerException("mswriter.command needs the program setsid (package util-linux),"
                                + " which is in no folder of PATH: it keeps Ctrl-C from the command"));
        String program = program(words.get(0))
                .orElseThrow(() -> new ConsumerException("mswriter.command: there is no program " + words.get(0)
                        + (isPath(words.get(0)) ? " that can be run" : " in any folder of PATH")));
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        if (arguments.stream().noneMatch(argument -> argument.contains(SET))) {
            arguments.add(SET);
        }
        return new SetCommand(List.of(setsid, program), arguments);
    }

    /** The whole command line for a set, which is named by its absolute path. */
    List<String> on(Path set) {
        String path = set.toAbsolutePath().normalize().toString();
        return Stream.concat(launcher.stream(), arguments.stream().map(argument -> argument.replace(SET, path)))
                .toList();
    }

    private static boolean isPath(String name) {
        return name.contains(File.separator);
    }

    private static Optional<String> program(String name) {
        Stream<Path> places = isPath(name)
                ? Stream.of(Path.of(name))
                : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(folder -> Path.of(folder).resolve(name));
        return places.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(file -> file.toAbsolutePath().toString())
                .findFirst();
    }
}
