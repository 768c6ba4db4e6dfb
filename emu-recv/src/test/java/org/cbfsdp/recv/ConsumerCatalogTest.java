package org.cbfsdp.recv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerContext;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.ConsumerProvider;
import org.cbfsdp.payload.VisibilityDump;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsumerCatalogTest {
    @TempDir
    Path folder;

    @Test
    void shouldFindTheBuiltInConsumers() {
        ConsumerCatalog catalog = new ConsumerCatalog();
        assertThat(catalog.providers()).containsOnlyKeys("mswriter", "null");
        assertThat(catalog.find("mswriter").needsTelescopeModel()).isTrue();
        assertThat(catalog.find("null").needsTelescopeModel()).isFalse();
        assertThat(catalog.providers().values())
                .allSatisfy(provider -> assertThat(provider.description()).isNotBlank());
        assertThat(catalog.find("null").create())
                .isNotSameAs(catalog.find("null").create());
    }

    @Test
    void shouldListWhatIsKnownForAnUnknownName() {
        assertThatThrownBy(() -> new ConsumerCatalog().find("mswritter"))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("reception.consumer: there is no consumer called mswritter; known are mswriter, null, or"
                        + " give the full name of a class");
    }

    @Test
    void shouldTakeAClassByItsFullName() {
        ConsumerProvider provider = new ConsumerCatalog().find(Plain.class.getName());
        assertThat(provider.name()).isEqualTo(Plain.class.getName());
        assertThat(provider.needsTelescopeModel()).isFalse();
        assertThat(provider.create()).isInstanceOf(Plain.class);
    }

    @Test
    void shouldTakeAProviderByItsFullName() {
        assertThat(new ConsumerCatalog().find(PlainProvider.class.getName())).isInstanceOf(PlainProvider.class);
    }

    @Test
    void shouldSayHowToNameAJar() {
        assertThatThrownBy(() -> new ConsumerCatalog().find("org.example.Gone"))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("reception.consumer: class org.example.Gone is not on the class path; name its jar in"
                        + " CBFSDP_CLASSPATH");
    }

    @Test
    void shouldRefuseAClassThatIsNoConsumer() {
        assertThatThrownBy(() -> new ConsumerCatalog().find("java.lang.String"))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("reception.consumer: class java.lang.String does not implement"
                        + " org.cbfsdp.consumer.Consumer");
    }

    @Test
    void shouldTellWhyAConstructorFailed() {
        ConsumerProvider provider = new ConsumerCatalog().find(Throwing.class.getName());
        assertThatThrownBy(provider::create)
                .isInstanceOf(ConsumerException.class)
                .hasMessage("reception.consumer: the constructor of class " + Throwing.class.getName()
                        + " failed: java.lang.IllegalStateException: no licence");
    }

    @Test
    void shouldTellWhyAClassCannotBeLoaded() {
        assertThatThrownBy(() -> new ConsumerCatalog().find(Unloadable.class.getName()))
                .isInstanceOf(ConsumerException.class)
                .hasMessageStartingWith(
                        "reception.consumer: class " + Unloadable.class.getName() + " cannot be loaded: ");
    }

    @Test
    void shouldSayWhatAClassNeedsThatCannotBeMade() {
        for (Class<?> type : new Class<?>[] {Hidden.class, Abstract.class, NoDefault.class}) {
            ConsumerProvider provider = new ConsumerCatalog().find(type.getName());
            assertThatThrownBy(provider::create)
                    .isInstanceOf(ConsumerException.class)
                    .hasMessageContaining(type.getName())
                    .hasMessageContaining("public constructor without parameters");
        }
    }

    @Test
    void shouldRefuseTwoProvidersOfOneName() throws IOException {
        assertThatThrownBy(() -> catalogWith(PlainProvider.class.getName() + "\n" + OtherProvider.class.getName()))
                .isInstanceOf(ConsumerException.class)
                .hasMessage("two consumers are called plain: " + PlainProvider.class.getName() + " and "
                        + OtherProvider.class.getName());
    }

    @Test
    void shouldFindAnAnnouncedConsumer() throws IOException {
        assertThat(catalogWith(PlainProvider.class.getName()).providers())
                .containsOnlyKeys("mswriter", "null", "plain");
    }

    @Test
    void shouldSayThatAnAnnouncedConsumerCannotBeHad() {
        assertThatThrownBy(() -> catalogWith("org.example.Gone"))
                .isInstanceOf(ConsumerException.class)
                .hasMessageStartingWith("a jar on the class path announces a consumer that cannot be had: ")
                .hasMessageContaining("org.example.Gone");
    }

    private ConsumerCatalog catalogWith(String announced) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ConsumerProvider.class.getName()), announced);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            return new ConsumerCatalog();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Does nothing. */
    public static class Plain implements Consumer {
        @Override
        public void start(ConsumerContext context) {}

        @Override
        public void consume(VisibilityDump dump, boolean endOfBatch) {}

        @Override
        public void close() {}
    }

    /** Throws when made. */
    public static final class Throwing extends Plain {
        public Throwing() {
            throw new IllegalStateException("no licence");
        }
    }

    /** Throws when loaded. */
    public static final class Unloadable extends Plain {
        static final int BROKEN = Integer.parseInt("no number");
    }

    static final class Hidden extends Plain {}

    /** Cannot be made. */
    public abstract static class Abstract extends Plain {}

    /** Wants a parameter. */
    public static final class NoDefault extends Plain {
        public NoDefault(int parameter) {
            assertThat(parameter).isPositive();
        }
    }

    /** Announces itself. */
    public static class PlainProvider implements ConsumerProvider {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public String description() {
            return "does nothing";
        }

        @Override
        public boolean needsTelescopeModel() {
            return false;
        }

        @Override
        public Consumer create() {
            return new Plain();
        }
    }

    /** Announces itself under the same name. */
    public static final class OtherProvider extends PlainProvider {}
}
