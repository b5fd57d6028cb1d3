package dev.parley.imports;

import jakarta.servlet.MultipartConfigElement;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// How files come in: straight to the disk, and only where somebody who is signed in asks for it. A form that is sent
/// anywhere else is not even read.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportsProperties.class)
class ImportsConfiguration implements WebMvcConfigurer {
    /// What a form has around its file.
    private static final DataSize FRAME = DataSize.ofMegabytes(1);

    private final ImportsProperties properties;

    ImportsConfiguration(ImportsProperties properties) {
        this.properties = properties;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
                .addInterceptor(new TooLargeUploads(properties.largest(), FRAME))
                .addPathPatterns("/api/v1/imports");
    }

    @Bean
    MultipartConfigElement multipartConfigElement(ImportFiles files) {
        files.sweep();
        Path directory = files.directory().toAbsolutePath();
        long largest = properties.largest().toBytes();
        return new MultipartConfigElement(directory.toString(), largest, largest + FRAME.toBytes(), 0);
    }

    @Bean
    StandardServletMultipartResolver multipartResolver() {
        StandardServletMultipartResolver resolver = new StandardServletMultipartResolver();
        resolver.setResolveLazily(true);
        return resolver;
    }
}
