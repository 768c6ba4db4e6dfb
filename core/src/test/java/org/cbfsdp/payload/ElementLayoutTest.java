package org.cbfsdp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementLayoutTest {
    @ParameterizedTest
    @CsvSource({"1,10", "2,18", "4,34"})
    void shouldBeTheInterfacesOwn(int polarisations, int bytes) {
        assertThat(ElementLayout.standard(polarisations))
                .isEqualTo(new ElementLayout(bytes, 0, 1, 2, polarisations, false));
    }
}
