package dev.parley.database;

import dev.parley.settings.Secrets;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
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
    WalledDataSource dataSource(Database database, DatabaseProperties properties) {
        return new WalledDataSource(database, properties);
    }

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource administration(Database database) {
        return database.administration();
    }

    @Bean
    FlywayConfigurationCustomizer migrations() {
        return Migrations::configure;
    }

    @Bean
    FlywayMigrationStrategy migration() {
        return Migrations::run;
    }
}
