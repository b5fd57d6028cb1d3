package dev.parley.models;

import dev.parley.shared.ParleyException;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The manual for reading: what the built-in model's links lead to. Anybody may, signed in or not.
@Hidden
@Controller
class ManualController {
    private static final CacheControl BRIEFLY = CacheControl.maxAge(Duration.ofMinutes(10));

    @GetMapping(
            value = {"/docs", "/docs/{page}"},
            produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> page(@PathVariable(required = false) String page) {
        String name = page == null ? Manual.PAGES.getFirst() : page;
        if (!Manual.PAGES.contains(name)) {
            throw ParleyException.notFound("page");
        }
        return ResponseEntity.ok().cacheControl(BRIEFLY).body(ManualPage.html(name));
    }
}
