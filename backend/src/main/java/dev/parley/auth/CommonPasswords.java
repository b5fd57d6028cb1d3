package dev.parley.auth;

import dev.parley.shared.Letters;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The passwords that guessing begins with, kept as the rules that people make them by: a favourite word and what is
/// hung on to it, a walk over the keyboard, a pattern said again. Some forty thousand.
final class CommonPasswords {
    private static final Set<String> WORDS = Set.copyOf(List.of("""
            password passwort passw0rd p@ssword p@ssw0rd pa55word pa$$word passwd pass motdepasse contrasena senha parola haslo
            welcome welcome1 letmein login logmein access enter open opensesame secret secreto private changeme change default
            guest test testing tester test1 temp temporary example sample demo admin administrator administrador root toor
            master user username superuser supervisor manager operator system server database oracle mysql postgres linux
            ubuntu windows microsoft google facebook twitter youtube instagram whatsapp apple samsung nokia sony internet
            computer laptop network wireless service support security office company business parley chatgpt openai
            qwerty qwertz azerty qwert asdf asdfg zxcv zxcvb zxcvbnm asdfgh asdfghjkl qazwsx qazwsxedc 1qaz2wsx 1q2w3e 1q2w3e4r
            1q2w3e4r5t zaq12wsx q1w2e3r4 qweasd qweasdzxc qwe asd zxc abc abcd abcde abcdef a1b2c3 a1b2c3d4 aa abcabc xyz
            iloveyou loveyou lovely lover love iloveu ilove mylove truelove babygirl babyboy baby sweetie sweety honey darling
            princess prince queen king angel angels beautiful pretty sexy hottie cutie superstar sunshine moonlight starlight
            flower flowers rainbow butterfly dolphin tiger tigger lion eagle falcon panther dragon monkey donkey chicken rabbit
            turtle kitten kitty hellokitty puppy doggy buster bailey maggie lucky happy smile smiley friend friends bestfriend
            forever together family mother father mommy daddy sister brother football footbal soccer baseball basketball hockey
            tennis golf golfer volleyball swimming skater surfer runner cricket liverpool arsenal chelsea barcelona realmadrid
            juventus manchester cowboys lakers yankees steelers eagles packers rangers celtic benfica
            superman batman spiderman ironman wolverine avengers starwars startrek matrix pokemon pikachu naruto minecraft
            fortnite roblox warcraft starcraft counter nintendo playstation xbox gamer killer hunter shadow ninja samurai
            warrior knight wizard merlin gandalf phoenix mustang ferrari porsche mercedes corvette camaro harley yamaha toyota
            honda bmw audi ford chevy jordan michael jennifer jessica ashley michelle daniel anthony robert thomas charlie
            andrew joshua matthew jonathan alexander alexandra nicole samantha elizabeth victoria patricia christian christopher
            george william richard joseph nicholas patrick sebastian gabriel fernando alejandro ricardo eduardo carlos maria
            andrea daniela mariana valentina jasmine amanda melissa stephanie hannah sophie olivia chocolate cookie cheese
            banana orange strawberry cherry peaches pepper ginger coffee whiskey pizza candy sugar vanilla summer winter spring
            autumn monday friday sunday january february march april june july august september october november december
            london paris berlin madrid america england france germany canada australia brazil mexico india china japan russia
            newyork california chicago boston dallas texas florida hollywood vegas freedom liberty justice peace heaven hello
            helloworld goodbye hallo bonjour ciao amigo amor teamo tequiero whatever nothing something anything trustno1
            blink182 metallica nirvana slipknot eminem beatles elvis guitar music rockstar rocknroll jesus jesuschrist christ
            godisgood blessed faith trust hope grace money dollar million rich power energy diamond gold golden silver
            platinum crystal purple yellow green black white blue red orange1 fuckyou
            bond007 cool awesome amazing perfect legend genius super mega ultra number1 player champion winner victory magic
            mickey minnie donald snoopy garfield scooby simpsons homer barney winston sparky rocky rambo maverick thunder
            lightning storm hurricane ocean river mountain forest island paradise galaxy universe planet earth moon star stars
            blue42 ranger trooper soldier marine army navy airforce police pirate captain doctor teacher student school college
            university secret1 hacker hack cracker gizmo snowball snowman santa christmas halloween birthday holiday vacation
            """.strip().split("\\s+")));

    private static final List<String> ENDINGS = List.of(
            "", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "00", "01", "07", "10", "11", "12", "13", "21", "22",
            "23", "69", "77", "88", "99", "007", "101", "111", "123", "321", "666", "777", "1234", "12345", "123456",
            "!", "1!", ".", "2000", "2010", "2015", "2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025",
            "2026");

    private static final List<String> WALKS = List.of(
            "01234567890",
            "1234567890-=",
            "qwertyuiop[]",
            "asdfghjkl;'",
            "zxcvbnm,./",
            "abcdefghijklmnopqrstuvwxyz",
            "1q2w3e4r5t6y7u8i9o0p",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
            "qazwsxedcrfvtgbyhnujm",
            "q1w2e3r4t5y6u7i8o9p0",
            "a1b2c3d4e5f6g7h8i9",
            "qwertyuiopasdfghjklzxcvbnm",
            "qwertzuiopasdfghjkl",
            "azertyuiopqsdfghjklm",
            "147258369",
            "1357924680",
            "0246813579",
            "123qweasdzxc",
            "qwe123asd456",
            "abcd1234567890",
            "abc123456789",
            "qwerty1234567890",
            "qwer1234567890",
            "asdf1234567890",
            "zxcv1234567890",
            "123abc456def",
            "1234qwerasdfzxcv",
            "11223344556677889900",
            "112233445566778899",
            "aabbccddeeff",
            "987654321012345");

    // Longer ones are not among the first that are tried.
    private static final int LONGEST_PATTERN = 16;
    private static final int LONGEST_PERIOD = 5;

    private CommonPasswords() {}

    static boolean contains(String password) {
        String folded = Letters.lower(password.strip());
        return isWordWithEnding(folded) || isWalk(folded) || isPattern(folded);
    }

    private static boolean isWordWithEnding(String password) {
        for (String ending : ENDINGS) {
            String word = without(password, ending);
            if (word != null && (WORDS.contains(word) || isWordTwice(word))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWordTwice(String text) {
        String half = text.substring(0, text.length() / 2);
        return WORDS.contains(half) && text.equals(half + half);
    }

    private static @Nullable String without(String password, String ending) {
        return password.endsWith(ending) ? password.substring(0, password.length() - ending.length()) : null;
    }

    private static boolean isWalk(String password) {
        String backwards = new StringBuilder(password).reverse().toString();
        return WALKS.stream().anyMatch(walk -> walk.contains(password) || walk.contains(backwards));
    }

    private static boolean isPattern(String password) {
        if (password.length() > LONGEST_PATTERN) {
            return false;
        }
        for (int period = 1; period <= LONGEST_PERIOD && 2 * period <= password.length(); period++) {
            if (password.substring(period).equals(password.substring(0, password.length() - period))) {
                return true;
            }
        }
        return false;
    }
}
