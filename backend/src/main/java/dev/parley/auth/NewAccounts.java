package dev.parley.auth;

import dev.parley.shared.FieldErrors;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.NewUser;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Accounts made by whoever holds the command line; also while registration is closed.
@Service
public class NewAccounts {
    private static final Standing COMMAND_LINE =
            new Standing(Standing.Lane.OWNER, "command line", "command line", "command line");

    private final Users users;
    private final Passwords passwords;
    private final TransactionOperations transactions;

    NewAccounts(Users users, Passwords passwords, TransactionOperations transactions) {
        this.users = users;
        this.passwords = passwords;
        this.transactions = transactions;
    }

    /// One that looks after the instance.
    ///
    /// @throws ParleyException VALIDATION_ERROR, EMAIL_TAKEN
    public User superuser(String email, String password) {
        NewUser candidate = checked(email, password);
        String hash = passwords.hash(COMMAND_LINE, password);
        return transactions.execute(_ -> make(candidate, hash, true));
    }

    /// The people with these emails, in their order. Those who have an account keep it and its password; the others get
    /// one with `password`.
    ///
    /// @throws ParleyException VALIDATION_ERROR; then nobody has got one
    public List<Person> people(List<String> emails, String password) {
        List<NewUser> candidates =
                emails.stream().map(email -> checked(email, password)).toList();
        String hash = passwords.hash(COMMAND_LINE, password);
        return transactions.execute(_ -> {
            List<Person> people = new ArrayList<>();
            for (NewUser candidate : candidates) {
                Optional<User> known = users.find(candidate.email());
                User user = known.orElseGet(() -> make(candidate, hash, false));
                people.add(new Person(user.id(), known.isEmpty()));
            }
            return people;
        });
    }

    /// @param isNew whether the account was made for it
    public record Person(UserId id, boolean isNew) {}

    private User make(NewUser candidate, String hash, boolean staff) {
        User user = users.createForThem(candidate, staff);
        passwords.set(user.id(), hash);
        return user;
    }

    private static NewUser checked(String email, String password) {
        FieldErrors errors = new FieldErrors();
        NewUser candidate = NewUser.check(email, null, null, null, errors);
        PasswordRules.check("password", password, email, errors);
        errors.throwIfAny();
        return Objects.requireNonNull(candidate);
    }
}
