package dev.parley.models;

import dev.parley.shared.Letters;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the built-in model says to somebody who does not write English: one sentence of theirs.
final class Languages {
    private static final String JAPANESE = "私はParleyの内蔵モデルで、言語モデルではありません。英語でのParleyについての質問にだけ答えられます。";

    private static final Map<UnicodeScript, String> BY_SCRIPT = Map.of(
            UnicodeScript.HIRAGANA, JAPANESE,
            UnicodeScript.KATAKANA, JAPANESE,
            UnicodeScript.HANGUL, "저는 Parley의 내장 모델이며 언어 모델이 아닙니다. 영어로 된 Parley 관련 질문에만 답할 수 있습니다.",
            UnicodeScript.HAN, "我是 Parley 的内置模型，不是语言模型，只能回答用英语提出的有关 Parley 的问题。",
            UnicodeScript.CYRILLIC,
                    "Я встроенная модель Parley, а не языковая модель; я понимаю только английский и вопросы о Parley.",
            UnicodeScript.ARABIC,
                    "أنا النموذج المدمج في Parley ولست نموذجًا لغويًا، ولا أفهم إلا الأسئلة عن Parley بالإنجليزية.",
            UnicodeScript.DEVANAGARI,
                    "मैं Parley का अंतर्निहित मॉडल हूँ, कोई भाषा मॉडल नहीं; मैं केवल अंग्रेज़ी में Parley के बारे में प्रश्न समझता हूँ।",
            UnicodeScript.GREEK,
                    "Είμαι το ενσωματωμένο μοντέλο του Parley και όχι γλωσσικό μοντέλο· καταλαβαίνω μόνο αγγλικά και ερωτήσεις για το Parley.");
    private static final Set<String> ENGLISH = Set.of(
            "the", "is", "what", "how", "and", "you", "are", "my", "of", "to", "can", "in", "do", "does", "please",
            "i");

    private final List<Language> languages;

    Languages() {
        languages = Manual.resource("/models/languages.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(Language::of)
                .toList();
    }

    Optional<String> sentenceFor(String message) {
        for (int i = 0; i < message.length(); i = message.offsetByCodePoints(i, 1)) {
            String sentence = BY_SCRIPT.get(UnicodeScript.of(message.codePointAt(i)));
            if (sentence != null) {
                return Optional.of(isJapanese(message) ? JAPANESE : sentence);
            }
        }
        List<String> words = List.of(Letters.lower(message).split("[^\\p{L}]+"));
        long english = words.stream().filter(ENGLISH::contains).count();
        return languages.stream()
                .filter(language -> language.in(words) > english && language.in(words) >= Math.min(2, words.size()))
                .max((one, other) -> Long.compare(one.in(words), other.in(words)))
                .map(Language::sentence);
    }

    private static boolean isJapanese(String message) {
        return message.codePoints()
                .anyMatch(c ->
                        UnicodeScript.of(c) == UnicodeScript.HIRAGANA || UnicodeScript.of(c) == UnicodeScript.KATAKANA);
    }

    private record Language(Set<String> words, String sentence) {
        static Language of(String line) {
            String[] wordsAndSentence = line.split("\\|", 2);
            return new Language(new HashSet<>(Arrays.asList(wordsAndSentence[0].split(" "))), wordsAndSentence[1]);
        }

        long in(List<String> message) {
            return message.stream().filter(words::contains).count();
        }
    }
}
