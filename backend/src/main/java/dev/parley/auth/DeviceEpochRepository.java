package dev.parley.auth;

import dev.parley.shared.UserId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// How often the devices that know an account were made to forget it.
@Repository
class DeviceEpochRepository {
    private final JdbcClient jdbc;

    DeviceEpochRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long find(UserId owner) {
        return jdbc.sql("select epoch from device_epoch where owner_id = :owner")
                .param("owner", owner.value())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /// Nothing where the account has gone meanwhile.
    void raise(UserId owner) {
        jdbc.sql("""
                insert into device_epoch (owner_id, epoch)
                select id, 1 from account where id = :owner for key share
                on conflict (owner_id) do update set epoch = device_epoch.epoch + 1
                """).param("owner", owner.value()).update();
    }
}
