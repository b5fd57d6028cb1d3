package dev.parley.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No pattern takes more than its share of time, whatever it is given: each one that a class of ours keeps, or writes
/// out where it splits or replaces, is led through long texts made to lead it astray, and may look at each character
/// only so often. Characters are counted and not seconds, so that a busy machine changes nothing.
class PatternsTest {
    private static final int LENGTH = 4_000;
    /// What has a long beginning begins seldom.
    private static final int LENGTH_OF_OPENINGS = 100_000;
    /// Looks at a character, on average: a pattern that walks back over all it has read needs half of LENGTH.
    private static final int MOST_LOOKS = 800;
    /// A virtual thread may have less than this, and a text be longer.
    private static final int STACK = 256 << 10;

    /// What is only asked whether a short text is of its form, and not searched for.
    private static final Set<String> FORMS = Set.of("SecurityHeadersFilter.LOOPBACK");

    /// What is only looked for in the operator's settings.
    private static final Set<String> IN_SETTINGS = Set.of("Mem0Client", "ModelsProperties$OpenAi");

    /// The methods of a string that compile what they are given.
    private static final Set<String> OF_STRINGS = Set.of("split", "replaceAll", "replaceFirst", "matches");

    private static final Path CLASSES = Path.of("target/classes");

    private static final List<String> PIECES = List.of(
            "a", "A", " ", "\n", "\t ", "1", "1.", "a.", "a-", "a,", "a a", "é", "ß", "漢", "`", "```", "\"", "“", "„",
            "'", "[", "[a](", "![", "](", "(", "<", "<a ", "@", "a@", "a@a.", "#", "# ", "> ", "* ", "- ", "1) ", "_",
            "~", "|", "/", ":", "//", "a:1", "=", "?", "!", "\\", "{", "}", ";", "&", "%41", "::", "0x", "1,1", "1 1",
            "a\n", "my ", "I am ", "i am a ");

    @Test
    void noPatternIsLedAstray() throws Exception {
        Map<String, Pattern> patterns = patterns();
        writtenOut(patterns);
        assertThat(patterns).hasSizeGreaterThan(30);
        List<String> astray = new ArrayList<>();
        Thread small = new Thread(null, () -> leadAstray(patterns, astray), "patterns", STACK);
        small.start();
        small.join();
        assertThat(astray).isEmpty();
    }

    private static void leadAstray(Map<String, Pattern> patterns, List<String> astray) {
        patterns.forEach((where, pattern) -> {
            for (String piece : pieces(pattern)) {
                String failure = failure(pattern, piece, LENGTH, !FORMS.contains(where));
                if (failure != null) {
                    astray.add("%s, given \"%s\" again and again: %s".formatted(where, piece, failure));
                    return;
                }
            }
            for (String opening : openings(pattern.pattern())) {
                String failure = failure(pattern, opening, LENGTH_OF_OPENINGS, !FORMS.contains(where));
                if (failure != null) {
                    astray.add("%s, given \"%s\" again and again: %s".formatted(where, opening, failure));
                    return;
                }
            }
        });
    }

    private static String failure(Pattern pattern, String piece, int length, boolean searched) {
        String head = piece.repeat(length / piece.length());
        // The end is what most often lets a match fail after all.
        for (String text : List.of(head, head + "\u0001", "x" + head + "!")) {
            Counted counted = new Counted(text, (long) MOST_LOOKS * length);
            try {
                Matcher matcher = pattern.matcher(counted);
                while (searched && matcher.find()) {}
                pattern.matcher(counted).matches();
            } catch (LooksUsedUp e) {
                return "it looks back again and again";
            } catch (StackOverflowError e) {
                return "it needs the whole stack";
            }
        }
        return null;
    }

    /// What a pattern itself speaks of leads it furthest.
    private static List<String> pieces(Pattern pattern) {
        List<String> all = new ArrayList<>(PIECES);
        Matcher words = Pattern.compile("\\p{L}{2,}").matcher(pattern.pattern());
        while (words.find() && all.size() < PIECES.size() + 20) {
            all.add(words.group() + " ");
        }
        return all;
    }

    /// What a pattern finds first, up to each place where anything may follow: from there it looks for an end, which
    /// may never come. Of several ways the first is taken.
    private static Set<String> openings(String pattern) {
        Set<String> openings = new LinkedHashSet<>();
        StringBuilder opening = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char unit = pattern.charAt(at);
            switch (unit) {
                case '\\' -> {
                    String hex = hex(pattern, at);
                    if (!hex.isEmpty()) {
                        opening.append((char) Integer.parseInt(hex, 16));
                        at += 1 + hex.length();
                    } else if (!Character.isLetterOrDigit(pattern.charAt(at + 1))) {
                        opening.append(pattern.charAt(at + 1));
                        at++;
                    } else {
                        openings.add(opening.toString());
                        at = pattern.startsWith("{", at + 2) ? pattern.indexOf('}', at) : at + 1;
                    }
                }
                case '[' -> {
                    openings.add(opening.toString());
                    at = closing(pattern, at, '[', ']');
                }
                case '(' -> at += pattern.startsWith("?", at + 1) ? kind(pattern, at) : 0;
                case '|' -> at = closing(pattern, at, '(', ')') - 1;
                case '{' -> at = pattern.indexOf('}', at);
                case '.' -> openings.add(opening.toString());
                case ')', '*', '+', '?', '^', '$' -> {}
                default -> opening.append(unit);
            }
        }
        openings.add(opening.toString());
        openings.remove("");
        return openings;
    }

    private static String hex(String pattern, int at) {
        Matcher hex =
                Pattern.compile("\\\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))").matcher(pattern);
        if (!hex.find(at) || hex.start() != at) {
            return "";
        }
        return hex.group(1) == null ? hex.group(2) : hex.group(1);
    }

    /// How many characters say of what kind a group is.
    private static int kind(String pattern, int at) {
        Matcher kind =
                Pattern.compile("\\?(?:<[a-zA-Z]\\w*>|<?[=!]|[:>]|\\w*[:)])").matcher(pattern);
        kind.find(at);
        return kind.end() - at - (pattern.charAt(kind.end() - 1) == ')' ? 2 : 1);
    }

    /// Where what is open at `from` is closed.
    private static int closing(String pattern, int from, char open, char close) {
        int depth = 1;
        int at = from + 1;
        for (; at < pattern.length() && depth > 0; at++) {
            switch (pattern.charAt(at)) {
                case '\\' -> at++;
                case '(', '[' -> depth += pattern.charAt(at) == open ? 1 : 0;
                case ')', ']' -> depth -= pattern.charAt(at) == close ? 1 : 0;
                default -> {}
            }
        }
        return at - (depth == 0 ? 1 : 0);
    }

    /// The search for what is between two tags begins anew at each first one, when there is no second.
    @Test
    void aPatternWhoseEndNeverComesIsFound() {
        for (String pattern : List.of(
                "<details type=\"(reasoning|tool_calls)\"[^>]*>(.*?)</details>",
                "<summary>.*?</summary>",
                "\\uE200[^\\uE201]{0,2000}\\uE201")) {
            Map<String, Pattern> one = Map.of(pattern, Pattern.compile(pattern, Pattern.DOTALL));
            List<String> astray = new ArrayList<>();
            leadAstray(one, astray);
            assertThat(astray).as(pattern).hasSize(1);
        }
    }

    private static Map<String, Pattern> patterns() throws Exception {
        Map<String, Pattern> found = new TreeMap<>();
        // What settings are written in is the operator's.
        for (String name : classes().stream()
                .filter(one -> !one.startsWith("dev.parley.settings."))
                .toList()) {
            Class<?> type = Class.forName(name, false, PatternsTest.class.getClassLoader());
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && mayHold(field.getType())) {
                    field.setAccessible(true);
                    collect(type.getSimpleName() + "." + field.getName(), field.get(null), found, 3);
                }
            }
        }
        return found;
    }

    private static void writtenOut(Map<String, Pattern> found) throws IOException {
        for (String name : classes()) {
            String simple = name.substring(name.lastIndexOf('.') + 1);
            if (name.startsWith("dev.parley.settings.") || IN_SETTINGS.contains(simple)) {
                continue;
            }
            ClassModel type = ClassFile.of().parse(CLASSES.resolve(name.replace('.', '/') + ".class"));
            for (MethodModel method : type.methods()) {
                String where = simple + "." + method.methodName().stringValue();
                method.code().ifPresent(code -> writtenOut(where, code, found));
            }
        }
    }

    private static void writtenOut(String where, CodeModel code, Map<String, Pattern> found) {
        List<ConstantDesc> arguments = new ArrayList<>();
        for (CodeElement element : code) {
            if (element instanceof ConstantInstruction constant) {
                arguments.add(constant.constantValue());
            } else if (element instanceof InvokeInstruction call
                    && call.owner().asInternalName().equals("java/lang/String")
                    && OF_STRINGS.contains(call.name().stringValue())) {
                int first = arguments.size() - call.typeSymbol().parameterCount();
                assertThat(first)
                        .as("%s: write the pattern out, or keep it in a constant", where)
                        .isNotNegative();
                assertThat(arguments.get(first)).isInstanceOf(String.class);
                String written = (String) arguments.get(first);
                // Anything else is asked for the whole text, and not looked for.
                String pattern = call.name().equalsString("matches") ? "\\A(?:" + written + ")\\z" : written;
                found.put(where + " \"" + written + "\"", Pattern.compile(pattern));
                arguments.clear();
            } else if (element instanceof Instruction) {
                arguments.clear();
            }
        }
    }

    private static boolean mayHold(Class<?> type) {
        return type == Pattern.class
                || Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || (type.isRecord() && type.getName().startsWith("dev.parley."));
    }

    private static void collect(String where, Object value, Map<String, Pattern> found, int depth) throws Exception {
        switch (value) {
            case null -> {}
            case Pattern pattern -> found.put(where, pattern);
            case Collection<?> some -> {
                int number = 0;
                for (Object one : some) {
                    collect(where + "[" + number++ + "]", one, found, depth);
                }
            }
            case Map<?, ?> some -> {
                collect(where, some.keySet(), found, depth);
                collect(where, some.values(), found, depth);
            }
            default -> {
                Class<?> type = value.getClass();
                if (depth > 0 && type.isRecord() && type.getName().startsWith("dev.parley.")) {
                    for (var component : type.getRecordComponents()) {
                        component.getAccessor().setAccessible(true);
                        Object part = component.getAccessor().invoke(value);
                        collect(where + "." + component.getName(), part, found, depth - 1);
                    }
                }
            }
        }
    }

    private static List<String> classes() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("dev/parley"))) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static final class LooksUsedUp extends RuntimeException {}

    /// A text that can be looked at only so often.
    private static final class Counted implements CharSequence {
        private final String text;
        private long left;

        Counted(String text, long looks) {
            this.text = text;
            left = looks;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left-- <= 0) {
                throw new LooksUsedUp();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
