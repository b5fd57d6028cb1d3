package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StemmerTest {
    @ParameterizedTest
    @CsvSource({
        "caresses, caress",
        "ponies, poni",
        "cats, cat",
        "agreed, agre",
        "plastered, plaster",
        "motoring, motor",
        "conflated, conflat",
        "hopping, hop",
        "falling, fall",
        "filing, file",
        "happy, happi",
        "relational, relat",
        "rational, ration",
        "vietnamization, vietnam",
        "electrical, electr",
        "hopefulness, hope",
        "adoption, adopt",
        "replacement, replac",
        "controlling, control",
        "probate, probat",
        "rate, rate",
        "sky, sky",
        "größe, größe",
        "is, is"
    })
    void endingsGo(String word, String stem) {
        assertThat(Stemmer.stem(word)).isEqualTo(stem);
    }
}
