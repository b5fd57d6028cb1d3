package dev.parley.memory;

import java.util.regex.Pattern;

/// What is remembered only on a person's word: secrets, health, beliefs.
final class Sensitive {
    private static final Pattern SECRET = Pattern.compile(
            "\\b(?:password|passphrase|passwort|kennwort|api[ _-]?key|secret|token|private key|pin(?: code)?|cvv|cvc|seed phrase|social security|ssn|steuer-?id|iban|kreditkarte|credit card)\\b"
                    + "|\\b(?:sk|pk|ghp|gho|xox[abp]|akia)[-_][a-z0-9_-]{8,}|\\beyj[a-z0-9_-]{10,}\\.|-----begin"
                    + "|\\b[a-z]{2}\\d{2}(?: ?[a-z0-9]{4}){3,7}\\b|\\b(?:\\d[ -]?){13,19}\\b|\\b\\d{3}-\\d{2}-\\d{4}\\b");
    private static final Pattern HEALTH = Pattern.compile(
            "\\b(?:diagnos\\w*|disease|disorder|illness|cancer|diabet\\w*|hiv|aids|depress\\w*|anxiety|bipolar|adhd|autis\\w*|asthma|epilep\\w*|allerg\\w*|pregnan\\w*|miscarriage|abortion|therap\\w*|medication|antidepress\\w*|insulin|surgery|addict\\w*|alcoholic|suicid\\w*|disab(?:led|ility)\\w*"
                    + "|krank\\w*|krebs|depressi\\w*|schwanger\\w*|medikament\\w*|behinder\\w*|suchtig|operation)\\b");
    private static final Pattern BELIEF = Pattern.compile(
            "\\b(?:christian|catholic|protestant|muslim|islam|jewish|jew|hindu|buddhist|atheist|agnostic|mormon|religio\\w*|pray(?:er|ing)?|republican|democrat|conservative|socialist|communist|vot(?:e|ed|ing) for|trade union|gay|lesbian|bisexual|transgender|sexual orientation|ethnicity"
                    + "|christ(?:in)?|katholisch|evangelisch|judisch|atheist\\w*|glaubig|gewerkschaft|schwul|lesbisch|wahle (?:die|den)|gewahlt)\\b");

    private Sensitive() {}

    static boolean isIn(String text) {
        String folded = Terms.folded(text);
        return SECRET.matcher(folded).find()
                || HEALTH.matcher(folded).find()
                || BELIEF.matcher(folded).find();
    }
}
