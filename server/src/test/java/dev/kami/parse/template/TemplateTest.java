package dev.kami.parse.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    @Test
    void escapesTheCharactersThatMeanSomethingInHtml() {
        assertThat(Template.html("<p title='{{x}}'>").render(Map.of("x", "&<>\"'/`=\n")))
                .isEqualTo("<p title='&amp;&lt;&gt;&quot;&#39;&#x2F;&#x60;&#x3D;\n'>");
    }

    @Test
    void leavesPlainTextAsItIs() {
        assertThat(Template.plain("{{link}}").render(Map.of("link", "http://a/b?c=d&e='f'")))
                .isEqualTo("http://a/b?c=d&e='f'");
    }

    @Test
    void putsNothingWhereNothingIsKnown() {
        var values = new HashMap<String, Object>();
        values.put("none", null);
        assertThat(Template.html("[{{missing}}{{none}}{{a.b.c}}]").render(values))
                .isEqualTo("[]");
    }

    @Test
    void understandsSectionsListsAndNumbers() {
        Map<String, Object> values =
                Map.of("items", List.of("a", "b"), "yes", true, "empty", "", "n", 3.0, "o", Map.of("k", 1.5));
        assertThat(Template.html("{{#items}}<{{.}}>{{/items}}{{#yes}}y{{/yes}}{{^empty}}e{{/empty}}{{n}}{{o.k}}")
                        .render(values))
                .isEqualTo("<a><b>ye31.5");
    }

    @Test
    void doesNotRenderValuesAgain() {
        assertThat(Template.html("{{x}}").render(Map.of("x", "{{y}}{{{y}}}", "y", "secret")))
                .isEqualTo("{{y}}{{{y}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{x.class}}", "{{x.length}}", "{{x.getClass.getName}}", "{{class}}", "{{x.bytes}}"})
    void reachesNothingOfJava(String source) {
        assertThat(Template.html(source).render(Map.of("x", "text"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{> /etc/passwd}}", "{{> ../pom.xml}}", "{{>template}}"})
    void readsNoPartialFromAFile(String source) {
        assertThat(Template.html("[" + source + "]").render(Map.of())).isEqualTo("[]");
    }

    @Test
    void takesPartialsFromItsOwner() {
        assertThat(Template.html("{{> style.css}}", name -> name + "{{a}}").render(Map.of("a", "!")))
                .isEqualTo("style.css!");
    }

    @Test
    void saysWhatIsWrongInATemplate() {
        assertThatThrownBy(() -> Template.html("{{#open}} never closed")).isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> Template.html("{{open")).isInstanceOf(TemplateException.class);
    }

    @Test
    void knowsNamesOfLocales() {
        assertThat(List.of("en", "en-US", "de-AT", "zh-Hans-CN", "gsw")).allMatch(Locales::isLocale);
        assertThat(List.of("", "e", "../de", "de/..", "de_AT", "de-", "de-A", "de\n", "deutsch", "%2e%2e"))
                .noneMatch(Locales::isLocale);
        assertThat(Locales.isLocale(null)).isFalse();
        assertThat(Locales.candidates("zh-Hans-CN")).containsExactly("zh-Hans-CN", "zh");
    }
}
