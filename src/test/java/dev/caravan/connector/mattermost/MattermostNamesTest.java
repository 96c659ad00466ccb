package dev.caravan.connector.mattermost;

import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transform.link.TargetNames.Place;
import dev.caravan.transform.text.EmojiNames;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MattermostNamesTest {

    private final MattermostNames names = new MattermostNames();

    @ParameterizedTest
    @CsvSource({
        "alice, alice",
        "bob_, bob_",
        "Alice B. Toklas, alice.b.toklas",
        "张伟, zhang.wei",
        "Ольга, ol.ga",
        "José Ñandú, jose.nandu",
        "'  ..x..  ', x",
    })
    void shouldMakeAUserNameThatStillReadsLikeTheOldOne(String old, String expected) {
        assertThat(names.user(user("U1", old))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"general, general", "Board Room, board-room", "销售部, xiao-shou-bu", "team_1, team_1", "#x y!, x-y"})
    void shouldMakeAChannelNameThatStillReadsLikeTheOldOne(String old, String expected) {
        assertThat(names.place(channel("public", old), List.of())).isEqualTo(new Place("public", expected));
    }

    @ParameterizedTest
    @CsvSource({"all", "channel", "matterbot", "system", "here", "System"})
    void shouldNotUseAReservedUserName(String reserved) {
        assertThat(names.user(user("U1", reserved))).startsWith(reserved.toLowerCase() + "-");
    }

    @Test
    void shouldFallBackOnTheDisplayNameAndThenOnTheId() {
        assertThat(names.user(user("U1", "!!!").put("displayName", "Ann"))).isEqualTo("ann");
        assertThat(names.user(user("U1", "!!!"))).isEqualTo("u-" + Digests.hash8("U1"));
        assertThat(names.place(channel("private", "???"), List.of()).name()).isEqualTo("c-" + Digests.hash8("C1"));
    }

    @Test
    void shouldCutAtAWord() {
        String old = "the quick brown fox jumps over the lazy dog and then has a rest under a tree";

        assertThat(names.place(channel("public", old), List.of()).name())
                .isEqualTo("the-quick-brown-fox-jumps-over-the-lazy-dog-and-then-has-a-rest");
    }

    @Test
    void shouldKeepGroupsOfUpToEightDirect() {
        var eight = List.of("a", "b", "c", "d", "e", "f", "g", "h");

        assertThat(names.place(channel("group", "mpdm-1"), eight)).isEqualTo(new Place("direct", "a,b,c,d,e,f,g,h"));
        assertThat(names.place(channel("direct", ""), List.of("a"))).isEqualTo(new Place("direct", "a"));
    }

    @Test
    void shouldMakeALargerGroupPrivateAndNameItByItsPurpose() {
        var nine = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i");

        assertThat(names.place(channel("group", "mpdm-1").put("purpose", "Moving house"), nine))
                .isEqualTo(new Place("private", "moving-house"));
        assertThat(names.place(channel("group", "mpdm-1"), nine)).isEqualTo(new Place("private", "a-b-c-d-e-f-g-h-i"));
    }

    @Property
    void everyUserNameIsValid(@ForAll String name, @ForAll String id) {
        String made = names.user(user(id, name));

        assertThat(made).matches("[a-z0-9._-]{1,64}").isNotIn("all", "channel", "matterbot", "system");
        assertThat(names.distinct(made, id)).matches("[a-z0-9._-]{1,64}").isNotEqualTo(made);
        assertThat(names.user(user(id, made))).isEqualTo(made);
    }

    @Property
    void everyChannelNameIsValid(@ForAll String name, @ForAll String id) {
        String made = names.place(channel("public", name), List.of()).name();

        assertThat(made).matches("[a-z0-9][a-z0-9_-]{0,62}[a-z0-9]");
        assertThat(names.distinct(made, id))
                .matches("[a-z0-9][a-z0-9_-]{0,62}[a-z0-9]")
                .isNotEqualTo(made);
        assertThat(names.place(channel("public", made), List.of()).name()).isEqualTo(made);
    }

    @Property
    void everyEmojiNameIsValid(@ForAll String name) {
        assertThat(EmojiNames.toMattermost(name)).matches("[A-Za-z0-9+_-]{1,64}");
    }

    @Property
    void everyFilePathStaysInItsFolder(@ForAll String id, @ForAll String name) {
        String path = FileNames.path(id, name);

        assertThat(path.substring(FileNames.FOLDER.length()))
                .doesNotContain("/", "\\")
                .isNotBlank();
        assertThat(path.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isLessThan(300);
    }

    private static ObjectNode user(String id, String name) {
        return JsonNodeFactory.instance.objectNode().put("id", id).put("name", name);
    }

    private static ObjectNode channel(String type, String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "C1")
                .put("type", type)
                .put("name", name);
    }
}
