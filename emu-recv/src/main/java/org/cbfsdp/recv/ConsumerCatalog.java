package org.cbfsdp.recv;

import java.lang.reflect.InvocationTargetException;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.cbfsdp.consumer.Consumer;
import org.cbfsdp.consumer.ConsumerException;
import org.cbfsdp.consumer.ConsumerProvider;

/** The consumers that can be named: those that announce themselves, any class by its full name, and a program's own. Immutable. */
final class ConsumerCatalog {
    private final Map<String, ConsumerProvider> providers = new TreeMap<>();

    /** Looks at the class path. */
    ConsumerCatalog() {
        try {
            ServiceLoader.load(ConsumerProvider.class).forEach(this::add);
        } catch (ServiceConfigurationError e) {
            throw new ConsumerException("a jar on the class path announces a consumer that cannot be had: " + e, e);
        }
    }

    /** Looks at the class path, and adds a consumer that is there already, for one reception. */
    ConsumerCatalog(String name, Consumer consumer) {
        this();
        add(new OwnProvider(name, consumer));
    }

    private void add(ConsumerProvider provider) {
        ConsumerProvider other = providers.putIfAbsent(provider.name(), provider);
        if (other != null) {
            throw new ConsumerException("two consumers are called " + provider.name() + ": "
                    + other.getClass().getName() + " and "
                    + provider.getClass().getName());
        }
    }

    /** What is announced, by name. */
    Map<String, ConsumerProvider> providers() {
        return Collections.unmodifiableMap(providers);
    }

    /**
     * The provider of a name.
     *
     * @throws ConsumerException when there is no such consumer
     */
    ConsumerProvider find(String name) {
        ConsumerProvider provider = providers.get(name);
        if (provider != null) {
            return provider;
        }
        if (name.indexOf('.') < 0) {
            throw new ConsumerException("reception.consumer: there is no consumer called " + name + "; known are "
                    + String.join(", ", providers.keySet()) + ", or give the full name of a class");
        }
        return ofClass(name);
    }

    private static ConsumerProvider ofClass(String className) {
        Class<?> type;
        try {
            type = Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new ConsumerException(
                    "reception.consumer: class " + className
                            + " is not on the class path; name its jar in CBFSDP_CLASSPATH",
                    e);
        } catch (LinkageError e) {
            throw new ConsumerException("reception.consumer: class " + className + " cannot be loaded: " + e, e);
        }
        if (ConsumerProvider.class.isAssignableFrom(type)) {
            return instantiate(type.asSubclass(ConsumerProvider.class));
        }
        if (!Consumer.class.isAssignableFrom(type)) {
            throw new ConsumerException(
                    "reception.consumer: class " + className + " does not implement " + Consumer.class.getName());
        }
        return new ClassProvider(type.asSubclass(Consumer.class));
    }

    private static <T> T instantiate(Class<T> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new ConsumerException(
                    "reception.consumer: the constructor of class " + type.getName() + " failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new ConsumerException(
                    "reception.consumer: class " + type.getName()
                            + " cannot be made: it needs to be public and not abstract, with a public constructor without"
                            + " parameters",
                    e);
        }
    }

    /** A consumer class that announces nothing. */
    private record ClassProvider(Class<? extends Consumer> type) implements ConsumerProvider {
        @Override
        public String name() {
            return type.getName();
        }

        @Override
        public String description() {
            return "class " + type.getName();
        }

        @Override
        public boolean needsTelescopeModel() {
            return false;
        }

        @Override
        public Consumer create() {
            return instantiate(type);
        }
    }

    /** The consumer of the program that embeds the reception. */
    private record OwnProvider(String name, Consumer consumer) implements ConsumerProvider {
        @Override
        public String description() {
            return "the program's own";
        }

        @Override
        public boolean needsTelescopeModel() {
            return false;
        }

        @Override
        public Consumer create() {
            return consumer;
        }
    }
}
