package org.casacore;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the same JDK, for what may happen once a process only. */
final class ChildJvm {
    private ChildJvm() {}

    /** The command that runs a main class. */
    static List<String> command(List<String> options, String classPath, Class<?> mainClass, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xcheck:jni", "-XX:-CreateCoredumpOnCrash"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, mainClass.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** As {@link #command}, with this JVM's own class path; gives the lines printed. */
    static List<String> run(List<String> options, Class<?> mainClass, Object... arguments) {
        return Oracle.run(command(options, System.getProperty("java.class.path"), mainClass, arguments));
    }
}
