package dev.parley.web;

import java.beans.PropertyEditorSupport;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/// A whole number in a query is plain digits. Spring would also take `0x10`, `+5` and the digits of other scripts.
@ControllerAdvice
class PlainNumbers {
    @InitBinder
    void register(WebDataBinder binder) {
        binder.registerCustomEditor(int.class, new WholeNumber());
    }

    private static final class WholeNumber extends PropertyEditorSupport {
        @Override
        public void setAsText(String text) {
            if (!text.matches("-?[0-9]{1,9}")) {
                throw new IllegalArgumentException("This is not a whole number");
            }
            setValue(Integer.valueOf(text));
        }
    }
}
