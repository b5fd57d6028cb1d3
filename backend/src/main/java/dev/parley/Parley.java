package dev.parley;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Parley {
    public static void main(String[] args) {
        SpringApplication.run(Parley.class, args);
    }
}
