package dev.parley.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What Open WebUI keeps in the text of an answer about how it came to be: between tags, which somebody may also have
/// written, thousands of times and without an end. So the text is walked through once, and never back.
///
/// @param text what was said
/// @param reasoning what was thought before
record Details(String text, @Nullable String reasoning) {
    private static final String BEGIN = "<details type=\"";
    private static final String END = "</details>";
    private static final String THOUGHT = "reasoning";
    private static final List<String> KINDS = List.of(THOUGHT, "tool_calls", "code_interpreter");
    private static final Pattern QUOTED = Pattern.compile("^(?:&gt;|>) ?", Pattern.MULTILINE);

    static Details of(String told) {
        StringBuilder text = new StringBuilder();
        List<String> thoughts = new ArrayList<>();
        int written = 0;
        int begin = told.indexOf(BEGIN);
        while (begin >= 0) {
            String kind = kind(told, begin + BEGIN.length());
            if (kind == null) {
                begin = told.indexOf(BEGIN, begin + BEGIN.length());
                continue;
            }
            int inside = told.indexOf('>', begin) + 1;
            int end = inside == 0 ? -1 : told.indexOf(END, inside);
            if (end < 0) {
                break;
            }
            text.append(told, written, begin);
            if (kind.equals(THOUGHT)) {
                thoughts.add(thought(told.substring(inside, end)));
            }
            written = end + END.length();
            begin = told.indexOf(BEGIN, written);
        }
        text.append(told, written, told.length());
        return new Details(text.toString().strip(), thoughts.isEmpty() ? null : String.join("\n\n", thoughts));
    }

    private static @Nullable String kind(String told, int at) {
        for (String kind : KINDS) {
            if (told.startsWith(kind, at) && told.startsWith("\"", at + kind.length())) {
                return kind;
            }
        }
        return null;
    }

    private static String thought(String inside) {
        int begin = inside.indexOf("<summary>");
        int end = begin < 0 ? -1 : inside.indexOf("</summary>", begin);
        String thought = end < 0 ? inside : inside.substring(0, begin) + inside.substring(end + "</summary>".length());
        return QUOTED.matcher(thought).replaceAll("").strip();
    }
}
