package dev.parley.users;

import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// A person's own account, as they see and change it.
@Service
class Profiles {
    private final AccountRepository accounts;
    private final TransactionOperations transactions;

    Profiles(AccountRepository accounts, TransactionOperations transactions) {
        this.accounts = accounts;
        this.transactions = transactions;
    }

    record Profile(User user, Preferences preferences) {}

    Profile get(UserId id) {
        return transactions.execute(_ -> read(id));
    }

    Profile change(UserId id, ProfileChange change) {
        try {
            return transactions.execute(_ -> {
                accounts.update(id, change);
                return read(id);
            });
        } catch (DuplicateKeyException e) {
            throw Users.usernameTaken();
        }
    }

    private Profile read(UserId id) {
        User user = accounts.find(id).orElseThrow(() -> ParleyException.notFound("account"));
        Preferences preferences =
                accounts.preferences(id).map(StoredPreferences::read).orElse(Preferences.DEFAULT);
        return new Profile(user, preferences);
    }
}
