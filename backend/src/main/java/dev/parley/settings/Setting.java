package dev.parley.settings;

import dev.parley.settings.Kind.Address;
import dev.parley.settings.Kind.Choice;
import dev.parley.settings.Kind.Currency;
import dev.parley.settings.Kind.Decimal;
import dev.parley.settings.Kind.Directory;
import dev.parley.settings.Kind.Flag;
import dev.parley.settings.Kind.Items;
import dev.parley.settings.Kind.LongText;
import dev.parley.settings.Kind.Pairs;
import dev.parley.settings.Kind.Scopes;
import dev.parley.settings.Kind.Sender;
import dev.parley.settings.Kind.ServiceKey;
import dev.parley.settings.Kind.Some;
import dev.parley.settings.Kind.WholeNumber;
import dev.parley.settings.Kind.Words;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that can be set, under the name that the environment has for it. An empty default means that nothing is assumed.
public enum Setting {
    PORT(new WholeNumber(1, 65535), "8000", "the port of the web app, the API and the WebSocket"),
    PARLEY_DATA_DIR(new Directory(), "./data", "the embedded database, the generated secrets and uploads"),
    PARLEY_PROFILE(
            Choice.of("production", "development", "testing", "small"),
            "production",
            "what the instance is for, which decides the defaults of some settings; small: a machine of 512 MB"),
    PARLEY_ROLES(
            Some.of("web", "worker"),
            "web,worker",
            "what this process does: web serves people and writes answers, worker works in the background"),
    PARLEY_MANAGEMENT_PORT(new WholeNumber(1, 65535), "", "the port of the metrics; unset: none"),
    PARLEY_MANAGEMENT_ADDRESS(
            Items.HOST, "127.0.0.1", "the address on which it listens; 0.0.0.0: all, also those that others reach"),
    PARLEY_LOG_FORMAT(
            Choice.of("text", "json"), "text", "how the log is written; json: an object a line, for machines"),
    OTEL_EXPORTER_OTLP_ENDPOINT(
            Address.of("https", "http"), "", "the OpenTelemetry collector that takes traces by HTTP; unset: none"),
    OTEL_EXPORTER_OTLP_HEADERS(
            new Pairs(), "", "what is sent with them: Authorization=Bearer%20abc, separated by commas", Secrecy.SECRET),
    OTEL_SERVICE_NAME(new Words(), "parley", "whom they are of"),
    OTEL_TRACES_SAMPLER_ARG(Decimal.between(0, 1), "1", "which share of all traces is sent, from 0 to 1"),
    PARLEY_TRACE_PARENT(
            Choice.of("none", "proxies"),
            "none",
            "whose traces go on here; proxies: those that a proxy of PARLEY_TRUSTED_PROXIES has begun"),
    PARLEY_IMPORT_MAX_MB(
            new WholeNumber(1, 16_384), "1024", "how many megabytes a file may have whose chats are imported"),
    DEBUG(new Flag(), "false", "says more in the log, and never more to a client"),

    DATABASE_URL(
            Address.of("postgresql", "postgres"),
            "",
            "postgresql://user:password@host:5432/name; unset: the embedded PostgreSQL",
            Secrecy.SECRET),
    REDIS_URL(Address.of("redis", "rediss"), "", "carries live events between nodes; unset: none", Secrecy.SECRET),
    CELERY_BROKER_URL(new Words(), "", "stands for REDIS_URL when that is unset and this is Redis", Secrecy.SECRET),
    CELERY_RESULT_BACKEND(new Words(), "", "stands for REDIS_URL when that is unset and this is Redis", Secrecy.SECRET),

    OPENAI_API_KEY(new ServiceKey(), "", "the key of the model provider", Secrecy.SECRET),
    OPENAI_BASE_URL(
            Address.of("https", "http"), "https://api.openai.com/v1", "where a provider speaks chat completions"),
    OPENAI_MODEL(new Words(), "gpt-4", "the model that answers when nobody chose"),
    OPENAI_MAX_TOKENS(new WholeNumber(1, 10_000_000), "2000", "how long an answer may get"),
    PARLEY_PROVIDER_TIMEOUT(new WholeNumber(1, 3_600), "60", "how many seconds a model may be silent"),
    PARLEY_PROVIDER_FIRST_BYTE_SECONDS(
            new WholeNumber(1, 3_600), "", "the same before its answer begins; unset: PARLEY_PROVIDER_TIMEOUT"),
    PARLEY_PROVIDER_IDLE_SECONDS(
            new WholeNumber(1, 3_600), "", "the same once its answer has begun; unset: PARLEY_PROVIDER_TIMEOUT"),
    PARLEY_PROVIDER_RETRY_SECONDS(
            new WholeNumber(0, 120), "10", "how many seconds to wait, in all, for a provider that is too busy"),
    PARLEY_PROVIDERS(
            Items.PROVIDERS, "", "the names of further providers, each set by PARLEY_PROVIDER_<NAME>_URL and so on"),
    PARLEY_PROVIDER_NETWORKS(
            Choice.of("public", "local", "any"),
            "local",
            "where providers that operators add may be: on the internet alone, in this network too, or anywhere"),
    PARLEY_DEFAULT_MODEL(new Words(), "", "the model that answers when nobody chose; unset: OPENAI_MODEL"),
    PARLEY_CONTEXT_WINDOWS(Items.WINDOWS, "", "how many tokens models read, where their providers do not say"),
    PARLEY_CAPABILITIES(Items.ABILITIES, "", "what models can, where their providers do not say"),
    PARLEY_FALLBACK_MODELS(Items.MODELS, "", "the models that answer when another cannot, in this order; unset: none"),
    PARLEY_SUMMARIES(
            Choice.of("on", "off"), "on", "whether the beginning of a long chat is summarised by the chat's own model"),
    PARLEY_INSTRUCTIONS(new LongText(8_000), "", "what every model is told before a person's own instructions"),
    OPENAI_TEMPERATURE(Decimal.between(0, 2), "0.7", "how freely a model chooses its words, from 0 to 2"),

    PARLEY_PRICES(Items.PRICES, "", "what a million tokens cost that a model reads and writes: gpt-4=30/60"),
    PARLEY_CURRENCY(new Currency(), "USD", "of these prices"),
    PARLEY_USER_QUOTA(
            Items.QUOTAS,
            "",
            "what a person may spend: tokens/day=200000, cost/month=5, and the like; unset: no limit"),
    PARLEY_STAFF_QUOTA(Items.QUOTAS, "", "the same for operators; unset: no limit"),

    PARLEY_TAKEOVERS(
            new WholeNumber(0, 5),
            "1",
            "how often an answer whose server died is begun anew; 0: never, it is interrupted"),
    PARLEY_DRAIN_SECONDS(
            new WholeNumber(0, 3_600), "30", "how long answers have to end when the server stops; 0: no time"),

    PARLEY_BACKUP_DIR(new Directory(), "", "where backups are made by themselves; unset: none are"),
    PARLEY_BACKUP_EVERY_HOURS(new WholeNumber(1, 8_760), "24", "how many hours lie between them"),
    PARLEY_BACKUP_KEEP(new WholeNumber(1, 10_000), "7", "how many of them are kept, the newest"),
    PARLEY_CHAT_RETENTION_DAYS(
            new WholeNumber(1, 36_500), "", "after how many days without a message a chat is deleted; unset: never"),

    JWT_SECRET_KEY(new Words(), "", "signs access tokens; unset: made once and kept", Secrecy.SECRET),
    JWT_ALGORITHM(Choice.of("HS256"), "HS256", "how access tokens are signed"),
    ACCESS_TOKEN_EXPIRE_MINUTES(new WholeNumber(1, 525_600), "30", "how long an access token is good"),
    REFRESH_TOKEN_EXPIRE_DAYS(new WholeNumber(1, 3650), "7", "how long a device stays signed in without being used"),
    SECRET_KEY(new Words(), "", "encrypts what is kept encrypted; unset: made once and kept", Secrecy.SECRET),

    PARLEY_REGISTRATION(Choice.of("open", "closed"), "open", "whether strangers may make an account"),
    PARLEY_ADMIN_CHAT_ACCESS(
            Choice.of("on", "off"),
            "off",
            "whether operators may read other people's chats; each reading is in the audit log"),
    PARLEY_OIDC_ISSUER(
            Address.of("https", "http"),
            "",
            "the OpenID provider that people may sign in with, as it spells itself; unset: none"),
    PARLEY_OIDC_CLIENT_ID(new Words(), "", "who we are to it"),
    PARLEY_OIDC_CLIENT_SECRET(new Words(), "", "our secret there; unset: we are a public client", Secrecy.SECRET),
    PARLEY_OIDC_NAME(new Words(), "", "what people call it, for the button; unset: its host"),
    PARLEY_OIDC_SCOPES(new Scopes(), "openid email profile", "what it is asked for, separated by blanks"),
    PARLEY_OIDC_REGISTRATION(
            Choice.of("open", "closed"),
            "",
            "whether who signs in with it for the first time gets an account; unset: PARLEY_REGISTRATION"),
    PARLEY_PUBLIC_URL(
            Address.of("https", "http"),
            "",
            "the address that people open, for links in mails and sign-in elsewhere; unset: localhost and PORT"),
    EMAIL_HOST(new Words(), "", "the SMTP server that takes our mails; unset: no mails"),
    EMAIL_PORT(
            new WholeNumber(1, 65535), "", "its port; unset: 465 with EMAIL_USE_SSL, 587 with EMAIL_USE_TLS, else 25"),
    EMAIL_HOST_USER(new Words(), "", "who we are to it; unset: nobody in particular"),
    EMAIL_HOST_PASSWORD(new Words(), "", "our password there", Secrecy.SECRET),
    EMAIL_USE_TLS(new Flag(), "false", "goes on with STARTTLS, or sends nothing"),
    EMAIL_USE_SSL(new Flag(), "false", "TLS from the first byte"),
    DEFAULT_FROM_EMAIL(new Sender(), "", "whom our mails are from; unset: parley@EMAIL_HOST"),

    PARLEY_ROW_SECURITY(
            Choice.of("on", "off"),
            "on",
            "whether the database itself shows each person's requests that person's rows only"),
    PARLEY_RATE_LIMITS(Choice.of("on", "off"), "on", "off for load tests"),
    PARLEY_QUESTIONS_PER_MINUTE(
            new WholeNumber(0, 1_000_000), "1200", "how many questions a person may ask in a minute; 0: no limit"),
    PARLEY_KEY_REQUESTS_PER_MINUTE(
            new WholeNumber(0, 1_000_000), "1200", "how many requests each personal API key may make; 0: no limit"),
    PARLEY_COOKIE_SAMESITE(Choice.of("lax", "none"), "lax", "none when the web app is on another site than the API"),
    ALLOWED_HOSTS(Items.HOSTS, "", "the hosts that requests may be addressed to; unset or *: any"),
    CORS_ALLOWED_ORIGINS(Items.ORIGINS, "", "the other origins whose pages may call the API"),
    PARLEY_TRUSTED_PROXIES(Items.NETWORKS, "", "the proxies whose X-Forwarded-* headers count; unset: none"),

    PARLEY_MEMORY_TOKENS(
            new WholeNumber(0, 100_000), "1000", "how many tokens of a prompt what is remembered may have; 0: none"),
    PARLEY_MEMORY_LEARNING(
            Choice.of("on", "off"), "on", "whether the default model reads what people say, to learn about them"),
    PARLEY_EMBEDDINGS(
            new Words(),
            "built-in",
            "what tells which texts mean the same: built-in, a provider's model, or off: words decide alone"),
    MEM0_API_KEY(new ServiceKey(), "", "the key of a Mem0 service", Secrecy.SECRET),
    MEM0_BASE_URL(Address.of("https", "http"), "https://api.mem0.ai", "where the Mem0 service is"),
    MEM0_USER_PREFIX(new Words(), "chatgpt_user_", "stands before a user's id in the Mem0 service");

    private static final Set<Setting> CHANGEABLE = Collections.unmodifiableSet(EnumSet.of(
            PARLEY_REGISTRATION,
            PARLEY_DEFAULT_MODEL,
            PARLEY_FALLBACK_MODELS,
            OPENAI_MAX_TOKENS,
            OPENAI_TEMPERATURE,
            PARLEY_INSTRUCTIONS,
            PARLEY_SUMMARIES,
            PARLEY_MEMORY_LEARNING,
            PARLEY_MEMORY_TOKENS));

    private enum Secrecy {
        OPEN,
        SECRET
    }

    @SuppressWarnings("ImmutableEnumChecker") // all kinds are records of values
    private final Kind kind;

    private final String standard;
    private final String meaning;
    private final Secrecy secrecy;

    Setting(Kind kind, String standard, String meaning) {
        this(kind, standard, meaning, Secrecy.OPEN);
    }

    Setting(Kind kind, String standard, String meaning, Secrecy secrecy) {
        this.kind = kind;
        this.standard = standard;
        this.meaning = meaning;
        this.secrecy = secrecy;
    }

    /// What counts when nothing is set; may be empty.
    public String standard() {
        return standard;
    }

    public String meaning() {
        return meaning;
    }

    /// Whether its value may never be shown.
    public boolean isSecret() {
        return secrecy == Secrecy.SECRET;
    }

    Kind kind() {
        return kind;
    }

    /// Whether operators may set it while the server runs: what opens no door to the machine, and is read anew each
    /// time.
    public boolean isChangeable() {
        return CHANGEABLE.contains(this);
    }

    public static Set<Setting> changeable() {
        return CHANGEABLE;
    }

    /// How a person is to be asked for it.
    public Form form() {
        return switch (kind) {
            case Choice(List<String> words) -> new Form("choice", words, null, null);
            case WholeNumber(long least, long most) ->
                new Form("whole", List.of(), BigDecimal.valueOf(least), BigDecimal.valueOf(most));
            case Decimal(BigDecimal least, BigDecimal most) -> new Form("decimal", List.of(), least, most);
            case LongText _ -> new Form("text", List.of(), null, null);
            case Items _ -> new Form("items", List.of(), null, null);
            default -> new Form("words", List.of(), null, null);
        };
    }

    /// @param type `choice`, `whole`, `decimal`, `items` (separated by commas), `words` (a line) or `text`
    /// @param options of a choice
    public record Form(
            String type,
            List<String> options,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most) {}
}
