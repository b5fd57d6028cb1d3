package dev.parley;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

@Modulithic(sharedModules = {"shared", "web"})
@SpringBootApplication
@ConfigurationPropertiesScan
public class Parley {
    public static void main(String[] arguments) {
        CommandLine.run(arguments);
    }
}
