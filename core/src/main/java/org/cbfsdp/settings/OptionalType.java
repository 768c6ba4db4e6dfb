package org.cbfsdp.settings;

import java.util.Optional;

/** Another type, or nothing: an empty text is a setting that is not set. */
record OptionalType<T>(SettingType<T> of) implements SettingType<Optional<T>> {
    @Override
    public String name() {
        return of.name();
    }

    @Override
    public String range() {
        return of.range();
    }

    @Override
    public Optional<T> parse(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(of.parse(text));
    }
}
