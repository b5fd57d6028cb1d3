package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MiniLmTest {
    @Test
    void whatMeansTheSameIsClose() {
        try (MiniLm model = MiniLm.load()) {
            List<byte[]> found = model.embed(
                    List.of("He adopted a puppy.", "A young dog came to live with him.", "The tax form is late."));
            assertThat(found.getFirst()).hasSize(384);
            assertThat(Vector.cosine(found.get(0), found.get(1))).isGreaterThan(0.5);
            assertThat(Vector.cosine(found.get(0), found.get(2))).isLessThan(0.3);
            assertThat(Vector.cosine(found.get(0), found.get(0))).isBetween(0.999, 1.001);
        }
    }
}
