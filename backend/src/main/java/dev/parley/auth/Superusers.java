package dev.parley.auth;

import dev.parley.shared.FieldErrors;
import dev.parley.shared.ParleyException;
import dev.parley.users.NewUser;
import dev.parley.users.User;
import dev.parley.users.Users;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// Accounts that look after the instance, made by whoever holds its command line; also while registration is closed.
@Service
public class Superusers {
    private final Users users;
    private final Passwords passwords;
    private final TransactionOperations transactions;

    Superusers(Users users, Passwords passwords, TransactionOperations transactions) {
        this.users = users;
        this.passwords = passwords;
        this.transactions = transactions;
    }

    /// @throws ParleyException VALIDATION_ERROR, EMAIL_TAKEN
    public User create(String email, String password) {
        FieldErrors errors = new FieldErrors();
        NewUser candidate = NewUser.check(email, null, null, null, errors);
        PasswordRules.check("password", password, email, errors);
        errors.throwIfAny();
        String hash = passwords.hash(password);
        return transactions.execute(_ -> {
            User user = users.create(Objects.requireNonNull(candidate), true);
            passwords.set(user.id(), hash);
            return user;
        });
    }
}
