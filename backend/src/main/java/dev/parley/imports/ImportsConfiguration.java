package dev.parley.imports;

import jakarta.servlet.MultipartConfigElement;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// How files come in: straight to the disk, and only where somebody who is signed in asks for it. A form that is sent
/// anywhere else is not even read.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportsProperties.class)
class ImportsConfiguration implements WebMvcConfigurer {
    private final ImportsProperties properties;
    private final ObjectProvider<UploadGate> gate;

    ImportsConfiguration(ImportsProperties properties, ObjectProvider<UploadGate> gate) {
        this.properties = properties;
        this.gate = gate;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(gate.getObject()).addPathPatterns("/api/v1/imports");
    }

    @Bean
    MultipartConfigElement multipartConfigElement(ImportFiles files) {
        files.sweep();
        Path directory = files.directory().toAbsolutePath();
        long largest = properties.largest().toBytes();
        return new MultipartConfigElement(directory.toString(), largest, largest + UploadGate.FRAME.toBytes(), 0);
    }

    @Bean
    StandardServletMultipartResolver multipartResolver() {
        StandardServletMultipartResolver resolver = new StandardServletMultipartResolver();
        resolver.setResolveLazily(true);
        return resolver;
    }
}
