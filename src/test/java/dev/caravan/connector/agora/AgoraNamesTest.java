package dev.caravan.connector.agora;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transform.link.TargetNames.Place;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AgoraNamesTest {

    private final AgoraNames names = new AgoraNames();

    @Test
    void anOpaqueIdOfTheSourceStaysOne() {
        assertThat(names.user(user("U0ANNA0001"))).isEqualTo("u0anna0001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna.berg@example.com", "anna.berg", "+49301234567", "13800138000", "ANNA", "王芳"})
    void whatMayTellWhoSomebodyIsDoesNot(String id) {
        assertThat(names.user(user(id))).matches("u-[0-9a-f]{16}");
    }

    @Test
    void aNameOutOfTheMapStaysAsTheOperatorWroteIt() {
        assertThat(names.user(Json.object().put("id", "anna.berg").put("name", "anna.berg")))
                .isEqualTo("anna.berg");
    }

    @Property
    void everyUserIdIsOneTheServerTakes(@ForAll String id) {
        var name = names.user(user(id));

        assertThat(name).matches("[a-z0-9_.-]{1,64}");
        assertThat(names.distinct(name, id)).matches("[a-z0-9_.-]{1,64}").isNotEqualTo(name);
    }

    @Property
    void everyGroupNameFits(@ForAll String name) {
        var place = names.place(channel("private").put("name", name), List.of());

        assertThat(place.name()).isNotBlank().hasSizeLessThanOrEqualTo(128);
        assertThat(names.distinct(place.name(), "C1")).hasSizeLessThanOrEqualTo(128);
    }

    @Test
    void onlyTwoPeopleNeedNoGroup() {
        assertThat(names.place(channel("direct"), List.of("a", "b"))).isEqualTo(new Place("direct", "a,b"));
        assertThat(names.place(channel("direct"), List.of("a"))).isEqualTo(new Place("private", "a"));
        assertThat(names.place(channel("group"), List.of("a", "b", "c"))).isEqualTo(new Place("private", "a, b, c"));
    }

    private static ObjectNode user(String id) {
        return Json.object().put("kind", "user").put("id", id).put("name", id);
    }

    private static ObjectNode channel(String type) {
        return Json.object()
                .put("kind", "channel")
                .put("id", "C1")
                .put("type", type)
                .put("name", "");
    }
}
