package dev.parley.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.settings.Secrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    @Bean
    Database database(DatabaseProperties properties, Secrets secrets) {
        return Database.open(properties, secrets);
    }

    @Bean
    @Primary
    HikariDataSource dataSource(Database database, DatabaseProperties properties) {
        return database.pool(properties);
    }
}
