package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.parley.web.CurrentUser;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.ObjectMapperFactory;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The schema that is served, and that the web app's types are made of, says what the controllers do.
@ApiTest
@Import(OpenApiTest.Schema.class)
class OpenApiTest {
    private static final Path FILE = Path.of("src/main/resources/apidocs/openapi.json");

    private final Api api;

    OpenApiTest(@LocalServerPort int port) {
        api = new Api(port);
    }

    @Test
    void theSchemaIsThatOfTheControllers() throws IOException {
        Api.Answer described = api.get("/v3/api-docs");
        assertThat(described.status()).isEqualTo(200);
        JsonMapper json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        String now = json.writeValueAsString(json.convertValue(described.body(), java.util.TreeMap.class)) + "\n";
        if (Boolean.getBoolean("schema.write")) {
            Files.writeString(FILE, now);
        }
        JsonNode kept = json.readTree(Files.readString(FILE));
        assertThat(kept)
                .as("openapi.json is out of date: run `mvn -f backend test -Dtest=OpenApiTest -Dschema.write=true`")
                .isEqualTo(json.readTree(now));
    }

    @Test
    void theSchemaAndItsPageAreServedToAnyone() {
        assertThat(api.get("/api/v1/openapi.json").response().body()).contains("\"openapi\"");
        assertThat(api.get("/api/v1/docs/").response().body()).contains("swagger-ui-bundle.js");
        assertThat(api.get("/api/v1/docs/files/swagger-ui-bundle.js").status()).isEqualTo(200);
    }

    @TestConfiguration
    static class Schema {
        static {
            // Who asks is known by the credential and is no parameter.
            SpringDocUtils.getConfig().addAnnotationsToIgnore(CurrentUser.class);
        }

        @Bean
        ModelResolver snakeCase() {
            return new ModelResolver(
                    ObjectMapperFactory.createJson().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
        }

        @Bean
        OpenAPI contract() {
            return new OpenAPI()
                    .info(new Info().title("Parley").version("1"))
                    .servers(List.of(new Server().url("/")))
                    .components(new Components()
                            .addSecuritySchemes(
                                    "bearer",
                                    new SecurityScheme()
                                            .type(SecurityScheme.Type.HTTP)
                                            .scheme("bearer")
                                            .bearerFormat("JWT")))
                    .addSecurityItem(new SecurityRequirement().addList("bearer"));
        }
    }
}
