package dev.parley.web;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The API's schema and Swagger UI. The schema is a file of the repository that a test holds against the controllers:
/// nothing is generated at run time.
@Hidden
@Controller
class ApiDocs {
    private static final String FOLDER = "classpath:/apidocs/";
    private static final String SWAGGER_UI = "classpath:/META-INF/resources/webjars/swagger-ui/5.32.1/";

    @GetMapping("/api/v1/openapi.json")
    ResponseEntity<Resource> schema() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new ClassPathResource("apidocs/openapi.json"));
    }

    @GetMapping("/api/v1/docs")
    ResponseEntity<Resource> page() {
        return ResponseEntity.ok().contentType(MediaType.TEXT_HTML).body(new ClassPathResource("apidocs/index.html"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Files implements WebMvcConfigurer {
        @Override
        public void addResourceHandlers(ResourceHandlerRegistry registry) {
            registry.addResourceHandler("/api/v1/docs/files/**").addResourceLocations(SWAGGER_UI, FOLDER);
        }
    }
}
