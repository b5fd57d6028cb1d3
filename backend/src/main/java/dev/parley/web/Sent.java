package dev.parley.web;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/// A field of a request in which `null` is a value: the component is null when the field was absent.
@JsonDeserialize(using = Sent.Reader.class)
public record Sent<T>(@Nullable T value) {
    /// Knows, once bound to a property, of what type the value is.
    static final class Reader extends ValueDeserializer<Sent<?>> {
        private final @Nullable JavaType type;

        Reader() {
            this(null);
        }

        private Reader(@Nullable JavaType type) {
            this.type = type;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            return new Reader(property.getType().containedTypeOrUnknown(0));
        }

        @Override
        public Sent<?> deserialize(JsonParser parser, DeserializationContext context) {
            if (type == null) {
                throw new IllegalStateException("Sent stands for a property of a request");
            }
            return new Sent<Object>(context.readValue(parser, type));
        }

        @Override
        public Sent<?> getNullValue(DeserializationContext context) {
            return new Sent<Object>(null);
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
