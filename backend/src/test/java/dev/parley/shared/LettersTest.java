package dev.parley.shared;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LettersTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.parley");

    @Test
    void lowerCaseIsWhatJavaMakesOfIt() {
        for (String text :
                new String[] {"Straße ÄÖÜ", "ΟΔΥΣΣΕΥΣ ΤΗΣ ΙΘΑΚΗΣ", "İstanbul", "Σ", "ΑΣ.", "𐐀Σ", "漢字 ABC"}) {
            assertThat(Letters.lower(text)).isEqualTo(text.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void aFormIsWhatJavaMakesOfIt() {
        String words = "Cafe\u0301 a\u0308 ﬁn Å 한국어 ｶﾞ 𝐀 ".repeat(100);
        for (Form form : Form.values()) {
            assertThat(Letters.normal(words, form)).isEqualTo(Normalizer.normalize(words, form));
        }
    }

    @Test
    void noCharacterIsCutInTwo() {
        String faces = "x" + "\uD83D\uDE00".repeat(1_000);

        assertThat(Letters.normal(faces, Form.NFKC)).isEqualTo(faces);
    }

    /// They would be: the square of their number in steps.
    @Test
    void ofARunWithoutEndNotAllMarksArePutInOrder() {
        String marks = "\u0301".repeat(1_000) + "\u0316".repeat(1_000);

        assertThat(Letters.normal(marks, Form.NFC)).startsWith("\u0301").hasSameSizeAs(marks);
        assertThat(Normalizer.normalize(marks, Form.NFC)).startsWith("\u0316");
    }

    /// Milliseconds, where Java's own way takes ten minutes: no machine is so busy.
    @Test
    @Timeout(60)
    void whatIsMadeToTakeLongDoesNot() {
        for (String piece : new String[] {"Σ", "aΣ'", "İ", "\u0301\u0316", "ﾞ\u093c"}) {
            String text = piece.repeat(1_000_000 / piece.length());
            for (Form form : Form.values()) {
                assertThat(Letters.normal(Letters.lower(text), form)).isNotEmpty();
            }
        }
    }

    @Test
    void nobodyElsePutsMarksInOrder() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Letters.class)
                .should()
                .callMethod(Normalizer.class, "normalize", CharSequence.class, Form.class)
                .check(OURS);
    }

    /// What is written in the sources, the settings or the first line of a request is short, or not anybody's.
    @Test
    void whatPeopleWriteIsPutInLowerCaseHereAlone() {
        noClasses()
                .that()
                .resideInAnyPackage("..users..", "..auth..", "..chats..", "..memory..", "..models..", "..answers..")
                .should()
                .callMethod(String.class, "toLowerCase", Locale.class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .check(OURS);
    }
}
