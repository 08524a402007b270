package dev.kami.parse.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UriTextTest {
    @Test
    void componentsAreEncodedAsJavaScriptDoes() {
        assertThat(UriText.component("aZ09-_.!~*'()")).isEqualTo("aZ09-_.!~*'()");
        assertThat(UriText.component("a b+c/d?e=f&g ü😀!~*'()"))
                .isEqualTo("a%20b%2Bc%2Fd%3Fe%3Df%26g%20%C3%BC%F0%9F%98%80!~*'()");
    }

    @Test
    void formValuesAreEncodedAsUrlSearchParamsDoes() {
        assertThat(UriText.formValue("Kami & <b>App</b> ü~*-._"))
                .isEqualTo("Kami+%26+%3Cb%3EApp%3C%2Fb%3E+%C3%BC%7E*-._");
    }
}
