package org.cbfsdp.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The files in config/ are what they say they are. */
class ExampleFilesTest {
    private static final Path CONFIG = Path.of(System.getProperty("project.root"), "config");

    /** Named in the examples with a name that is nobody's default. */
    private static final Set<String> PLACEHOLDERS = Set.of("reader.measurement_set", "reception.datamodel");

    @Test
    void shouldLoadWithoutFaultsForEitherProgram() {
        for (Program program : Program.values()) {
            SettingsLoader sender = new SettingsLoader().file(file(program)).measurementSet(Path.of("x.ms"));
            assertThat(sender.loadSender())
                    .isEqualTo(
                            new SettingsLoader().measurementSet(Path.of("x.ms")).loadSender());
            assertThat(new SettingsLoader().file(file(program)).loadReceiver())
                    .isEqualTo(new SettingsLoader().loadReceiver());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameEverySettingOfTheProgramWithItsDefault(Program program) throws IOException {
        String text = Files.readString(file(program)).replaceAll("(?m)^#([a-z_]+ =)", "$1");
        IniDocument document = IniReader.read(program.command() + ".conf", text);
        assertThat(document.faults()).isEmpty();
        Map<String, String> shown = new HashMap<>();
        document.sections()
                .forEach(section -> section.entries()
                        .forEach(entry -> shown.put(section.name() + "." + entry.key(), entry.value())));
        SettingsSchema.settings()
                .filter(setting -> setting.programs().contains(program))
                .filter(setting -> !PLACEHOLDERS.contains(setting.name()))
                .forEach(setting -> assertThat(shown).containsEntry(setting.name(), setting.defaultText()));
        new SettingsLoader()
                .text("uncommented", text)
                .measurementSet(Path.of("x.ms"))
                .loadSender();
    }

    @Test
    void shouldLogToStandardErrorAtALevelThatCanBeSet() throws IOException, ParserConfigurationException, SAXException {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(CONFIG.resolve("log4j2.xml").toFile());
        assertThat(document.getDocumentElement().getAttribute("status")).isEqualTo("warn");
        assertThat(element(document, "Console").getAttribute("target")).isEqualTo("SYSTEM_ERR");
        assertThat(element(document, "Root").getAttribute("level")).isEqualTo("${sys:cbfsdp.loglevel:-info}");
        assertThat(element(document, "AppenderRef").getAttribute("ref"))
                .isEqualTo(element(document, "Console").getAttribute("name"));
    }

    private static Path file(Program program) {
        return CONFIG.resolve(program.command() + ".conf");
    }

    private static Element element(Document document, String name) {
        assertThat(document.getElementsByTagName(name).getLength()).as(name).isEqualTo(1);
        return (Element) document.getElementsByTagName(name).item(0);
    }
}
