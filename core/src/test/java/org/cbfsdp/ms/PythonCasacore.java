package org.cbfsdp.ms;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The oracle: scripts beside these tests that look at a set with python-casacore and share no code with the suite. */
final class PythonCasacore {
    private static final String PYTHON = "/usr/bin/python3"; // the one that Debian's python3-casacore belongs to

    private PythonCasacore() {}

    static String run(String script, Object... arguments) {
        try {
            List<String> command = new ArrayList<>();
            command.add(PYTHON);
            command.add(
                    Path.of(PythonCasacore.class.getResource(script).toURI()).toString());
            for (Object argument : arguments) {
                command.add(argument.toString());
            }
            return Command.run(command);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
