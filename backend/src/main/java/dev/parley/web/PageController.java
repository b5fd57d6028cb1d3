package dev.parley.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Every page of the web app is the same file: its router reads the address. Its assets carry a hash in their names
/// and are kept for good; a missing one is a 404 and never the page.
@Hidden
@Controller
class PageController {
    private final WebApp webApp;

    PageController(WebApp webApp) {
        this.webApp = webApp;
    }

    @GetMapping(
            value = {
                "/",
                "/login",
                "/login/callback",
                "/register",
                "/forgot-password",
                "/reset-password",
                "/chat",
                "/chat/{id}",
                "/memory",
                "/settings",
                "/settings/{part}",
                "/admin",
                "/admin/{*part}"
            },
            produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<Resource> page() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .contentType(MediaType.TEXT_HTML)
                .body(webApp.page());
    }

    /// Its ending is in no table of types.
    @GetMapping("/manifest.webmanifest")
    ResponseEntity<Resource> manifest() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .contentType(MediaType.valueOf("application/manifest+json"))
                .body(webApp.file("manifest.webmanifest"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Files implements WebMvcConfigurer {
        @Override
        public void addResourceHandlers(ResourceHandlerRegistry registry) {
            registry.addResourceHandler("/assets/**")
                    .addResourceLocations("classpath:/static/assets/")
                    .setCacheControl(CacheControl.maxAge(Duration.ofDays(365))
                            .cachePublic()
                            .immutable());
            registry.addResourceHandler("/*.svg", "/*.png", "/*.ico", "/*.txt")
                    .addResourceLocations("classpath:/static/")
                    .setUseLastModified(false)
                    .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)));
            // Asked for at each visit, so that a new version is found. The dates of files in the jar say nothing of it.
            registry.addResourceHandler("/sw.js")
                    .addResourceLocations("classpath:/static/")
                    .setUseLastModified(false)
                    .setCacheControl(CacheControl.noCache());
        }
    }
}
