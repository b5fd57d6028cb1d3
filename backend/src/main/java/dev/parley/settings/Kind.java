package dev.parley.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a setting may be: brings what the operator wrote into the one form that the program reads.
sealed interface Kind {
    /// @throws IllegalArgumentException when it is none; the message continues "NAME must be …"
    String normalised(String written);

    /// What it may be, in a few words.
    String described();

    /// @param name the variable
    /// @throws StartFailure with a sentence that names it; what is secret is not in it
    default String normalised(String name, String written, String origin, boolean secret) {
        try {
            return normalised(written);
        } catch (IllegalArgumentException e) {
            String shown = secret || hasUser(written) ? "" : ", not \"" + written + "\"";
            throw new StartFailure(name + " (" + origin + ") must be " + e.getMessage() + shown + ".", e);
        }
    }

    /// Blanks around each and empty ones do not count.
    ///
    /// @param reason said unless all are acceptable
    private static String each(String[] items, String separator, Predicate<String> acceptable, String reason) {
        List<String> kept = Arrays.stream(items)
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
        if (!kept.stream().allMatch(acceptable)) {
            throw new IllegalArgumentException(reason);
        }
        return String.join(separator, kept);
    }

    /// Whether it is an address with a user in it, whose password may stand there too.
    private static boolean hasUser(String written) {
        int at = written.lastIndexOf('@');
        return at >= 0 && written.lastIndexOf("://", at) >= 0;
    }

    record Words() implements Kind {
        @Override
        public String described() {
            return "text";
        }

        @Override
        public String normalised(String written) {
            return written;
        }
    }

    /// What a service gave us to show who we are, as a header can carry it.
    record ServiceKey() implements Kind {
        @Override
        public String described() {
            return "a key";
        }

        @Override
        public String normalised(String written) {
            if (!written.chars().allMatch(c -> c > ' ' && c < '\u007f')) {
                throw new IllegalArgumentException("a key of ASCII letters, digits and signs, without blanks");
            }
            return written;
        }
    }

    /// Whom mails are from.
    record Sender() implements Kind {
        private static final Pattern FORM = Pattern.compile("[^\\s<>@,]++@[^\\s<>@,]++"
                + "|(?:\"[^\"\\\\\\p{Cntrl}]++\"\\s*+|[^<>@,\"\\p{Cntrl}]*+)<[^\\s<>@,]++@[^\\s<>@,]++>");

        @Override
        public String described() {
            return "an address";
        }

        @Override
        public String normalised(String written) {
            if (!FORM.matcher(written).matches()) {
                throw new IllegalArgumentException("an address such as Parley <parley@example.org>");
            }
            return written;
        }
    }

    /// Some lines.
    ///
    /// @param most characters
    record LongText(int most) implements Kind {
        @Override
        public String described() {
            return "at most " + most + " characters";
        }

        @Override
        public String normalised(String written) {
            if (written.codePointCount(0, written.length()) > most) {
                throw new IllegalArgumentException("at most " + most + " characters");
            }
            if (written.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t')) {
                throw new IllegalArgumentException("text without control characters");
            }
            return written;
        }
    }

    record Flag() implements Kind {
        @Override
        public String described() {
            return "True or False";
        }

        @Override
        public String normalised(String written) {
            return switch (written.toLowerCase(Locale.ROOT)) {
                case "true", "1" -> "true";
                case "false", "0" -> "false";
                default -> throw new IllegalArgumentException("true or false");
            };
        }
    }

    /// As ISO 4217 has it.
    record Currency() implements Kind {
        @Override
        public String described() {
            return "three letters";
        }

        @Override
        public String normalised(String written) {
            try {
                return java.util.Currency.getInstance(written.toUpperCase(Locale.ROOT))
                        .getCurrencyCode();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the three letters of a currency, such as EUR", e);
            }
        }
    }

    record Choice(List<String> words) implements Kind {
        static Choice of(String... words) {
            return new Choice(List.of(words));
        }

        @Override
        public String described() {
            return String.join(", ", words);
        }

        @Override
        public String normalised(String written) {
            return words.stream()
                    .filter(word -> word.equalsIgnoreCase(written))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(String.join(" or ", words)));
        }
    }

    /// At least one of the words.
    record Some(List<String> words) implements Kind {
        static Some of(String... words) {
            return new Some(List.of(words));
        }

        @Override
        public String described() {
            return String.join(", ", words) + ", or several";
        }

        @Override
        public String normalised(String written) {
            List<String> chosen = Arrays.stream(written.split(",", -1))
                    .map(word -> word.strip().toLowerCase(Locale.ROOT))
                    .toList();
            if (!words.containsAll(chosen)) {
                throw new IllegalArgumentException(
                        String.join(" or ", words) + ", or several of them separated by commas");
            }
            return words.stream().filter(chosen::contains).collect(Collectors.joining(","));
        }
    }

    record WholeNumber(long least, long most) implements Kind {
        @Override
        public String described() {
            return least + " to " + most;
        }

        @Override
        public String normalised(String written) {
            String reason = "a whole number from " + least + " to " + most;
            long number = parsed(written, reason);
            if (number < least || number > most) {
                throw new IllegalArgumentException(reason);
            }
            return Long.toString(number);
        }

        private static long parsed(String written, String reason) {
            try {
                return Long.parseLong(written);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(reason, e);
            }
        }
    }

    record Decimal(BigDecimal least, BigDecimal most) implements Kind {
        static Decimal between(int least, int most) {
            return new Decimal(BigDecimal.valueOf(least), BigDecimal.valueOf(most));
        }

        @Override
        public String described() {
            return least + " to " + most;
        }

        @Override
        public String normalised(String written) {
            String reason = "a number from " + least + " to " + most;
            BigDecimal number = parsed(written, reason);
            if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
                throw new IllegalArgumentException(reason);
            }
            return number.toPlainString();
        }

        private static BigDecimal parsed(String written, String reason) {
            try {
                return new BigDecimal(written);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(reason, e);
            }
        }
    }

    /// A URL. Some frameworks name their driver in its scheme (`postgresql+asyncpg`), which says nothing to us.
    ///
    /// @param schemes without `://`
    record Address(List<String> schemes) implements Kind {
        static Address of(String... schemes) {
            return new Address(List.of(schemes));
        }

        @Override
        public String described() {
            return schemes.stream().map(scheme -> scheme + "://").collect(Collectors.joining(", "));
        }

        @Override
        public String normalised(String written) {
            boolean known =
                    schemes.stream().anyMatch(scheme -> written.matches("(?i)" + scheme + "(\\+\\w+)?://[^/?#].*"));
            if (!known) {
                throw new IllegalArgumentException("a URL that begins with "
                        + schemes.stream().map(scheme -> scheme + "://").collect(Collectors.joining(" or ")));
            }
            if (!written.startsWith("http")) {
                return written;
            }
            requireHost(written);
            return written.replaceFirst("/+$", "");
        }

        /// Some names that work elsewhere, such as those with an underscore, are none in a URL.
        private static void requireHost(String written) {
            String reason = "a URL with a host name of letters, digits, - and .";
            try {
                URI address = new URI(written);
                if (address.getUserInfo() != null) {
                    throw new IllegalArgumentException("a URL without a user and a password");
                }
                if (address.getHost() == null) {
                    throw new IllegalArgumentException(reason);
                }
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException(reason, e);
            }
        }
    }

    record Directory() implements Kind {
        @Override
        public String described() {
            return "a path";
        }

        @Override
        public String normalised(String written) {
            try {
                return Path.of(written).toString();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("the path of a directory", e);
            }
        }
    }

    /// `Name: value` of HTTP, separated by semicolons.
    record Headers() implements Kind {
        private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+:\\s*[\\x20-\\x7e]+");

        @Override
        public String described() {
            return "headers";
        }

        @Override
        public String normalised(String written) {
            return Kind.each(
                    written.split(";", -1),
                    ";",
                    HEADER.asMatchPredicate(),
                    "headers such as X-Title: Parley, separated by semicolons");
        }
    }

    /// `name=value` as OpenTelemetry has headers, percent-encoded, separated by commas.
    record Pairs() implements Kind {
        private static final Pattern PAIR = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+=[\\x21-\\x7e]+");

        @Override
        public String described() {
            return "a list";
        }

        @Override
        public String normalised(String written) {
            return Kind.each(
                    written.split(",", -1),
                    ",",
                    PAIR.asMatchPredicate().and(Pairs::isEncoded),
                    "names and percent-encoded values such as X-Key=abc, separated by commas");
        }

        private static boolean isEncoded(String pair) {
            try {
                return !URLDecoder.decode(pair, UTF_8).isEmpty();
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /// What an OpenID provider is asked for.
    record Scopes() implements Kind {
        private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+");

        @Override
        public String described() {
            return "words";
        }

        @Override
        public String normalised(String written) {
            List<String> scopes =
                    Arrays.stream(written.strip().split("[\\s,]+")).toList();
            if (!scopes.contains("openid")
                    || !scopes.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
                throw new IllegalArgumentException("words separated by blanks, openid among them");
            }
            return String.join(" ", scopes);
        }
    }

    /// Separated by commas; JSON's form of a list is understood too.
    ///
    /// @param reason what each item must be, for a person
    record Items(Predicate<String> acceptable, String reason) implements Kind {
        static final Items HOSTS = new Items(
                item -> item.matches("\\*|\\.?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|\\[[0-9A-Fa-f:.]+]"),
                "host names without scheme and port, separated by commas");
        static final Items HOST = new Items(
                item -> item.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*|\\[?[0-9A-Fa-f:]+]?"),
                "an IP address or a host name");
        static final Items ORIGINS =
                new Items(Items::isOrigin, "origins such as https://chat.example.com, separated by commas");
        static final Items PROVIDERS = new Items(
                item -> item.matches("(?!(?:openai|builtin)$)[a-z][a-z0-9-]{0,31}"),
                "names of lower-case letters, digits and -, other than openai and builtin, separated by commas");
        static final Items WINDOWS = new Items(
                item -> item.matches("\\S+=\\d{3,9}"),
                "ids of models with numbers, such as groq/llama-3.3-70b=131072, separated by commas");
        static final Items ABILITIES = new Items(
                item -> item.matches("\\S+=(?:none|(?:vision|reasoning|tools)(?:\\+(?:vision|reasoning|tools))*)"),
                "ids of models with what they can, such as groq/llama-3.3-70b=tools+vision, separated by commas");
        static final Items PRICES = new Items(
                item -> item.matches("\\S+=\\d{1,6}(?:\\.\\d{1,3})?/\\d{1,6}(?:\\.\\d{1,3})?"),
                "ids of models with the prices of a million tokens read and written, with at most three digits after"
                        + " the point, such as groq/llama-3.3-70b=0.59/0.79, separated by commas");
        static final Items QUOTAS = new Items(
                item -> item.matches("tokens/(?:day|month)=\\d{1,15}|cost/(?:day|month)=\\d{1,9}(?:\\.\\d{1,3})?"),
                "tokens or cost by day or month, such as tokens/day=200000, separated by commas");
        static final Items MODELS = new Items(item -> item.matches("\\S{1,200}"), "ids of models, separated by commas");
        static final Items NETWORKS =
                new Items(Items::isNetwork, "IP addresses or networks such as 10.0.0.0/8, separated by commas");

        @Override
        public String described() {
            return equals(HOST) ? "a host" : "a list";
        }

        @Override
        public String normalised(String written) {
            String list = written.matches("\\[.*\".*]") ? written.substring(1, written.length() - 1) : written;
            List<String> items = Arrays.stream(list.split(",", -1))
                    .map(item -> item.strip().replaceAll("^\"|\"$", "").replaceFirst("(?<=[^/])/$", ""))
                    .filter(item -> !item.isEmpty())
                    .toList();
            if (!items.stream().allMatch(acceptable)) {
                throw new IllegalArgumentException(reason);
            }
            return String.join(",", items);
        }

        private static boolean isOrigin(String item) {
            try {
                URI uri = URI.create(item);
                return item.matches("(?i)https?://[^/?#@]+") && uri.getHost() != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private static boolean isNetwork(String item) {
            int slash = item.indexOf('/');
            try {
                int bits = InetAddress.ofLiteral(slash < 0 ? item : item.substring(0, slash))
                                .getAddress()
                                .length
                        * 8;
                return slash < 0 || Integer.parseUnsignedInt(item.substring(slash + 1)) <= bits;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
