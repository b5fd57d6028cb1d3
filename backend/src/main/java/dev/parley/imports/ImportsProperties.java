package dev.parley.imports;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param directory where files wait that are read
/// @param largest that is taken from a person
@ConfigurationProperties("parley.imports")
record ImportsProperties(
        @DefaultValue("./data/imports") Path directory,
        @DefaultValue("1024MB") DataSize largest) {}
