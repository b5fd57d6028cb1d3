package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullMarked
class ManualPageTest {
    @Test
    void everyPageOfTheManualIsServed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../docs/use"))) {
            List<String> pages =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(Manual.PAGES.stream().map(page -> page + ".md")).containsExactlyInAnyOrderElementsOf(pages);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theLinkOfEachSectionLeadsToIt(String page) {
        String html = ManualPage.html(page);
        for (Manual.Section section : Manual.sections(page, Manual.text(page))) {
            String anchor = section.link().substring(section.link().indexOf('#') + 1);
            assertThat(html).contains("id=\"" + anchor + "\"");
        }
        assertThat(html).doesNotContain("{title}", "{pages}", "{body}").contains("aria-current=\"page\"");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void anchorsOfAPageAreDistinct(String page) {
        assertThat(Pattern.compile("id=\"([^\"]+)\"")
                        .matcher(ManualPage.html(page))
                        .results()
                        .map(MatchResult::group))
                .doesNotHaveDuplicates();
    }

    static List<String> pages() {
        return Manual.PAGES;
    }
}
