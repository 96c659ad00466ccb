package dev.caravan.migration.people;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Somebody as the source knows them. Texts are empty where it says nothing.
 *
 * @param own user name on the target when nobody says anything else, or the user map's
 * @param mapped whether the user map names them
 * @param names ways the source writes their name
 * @param numbers what may be the number of an employee: the login, what stands before the @, fields of the profile
 */
record SourcePerson(
        String id,
        String login,
        String email,
        boolean bot,
        boolean gone,
        String own,
        boolean mapped,
        List<String> names,
        List<String> numbers) {

    static SourcePerson of(JsonNode canonical, String own, boolean mapped) {
        var extras = canonical.path("extras");
        var login = canonical.path("name").asText();
        var email = canonical.path("email").asText("").toLowerCase(Locale.ROOT);
        var first = canonical.path("firstName").asText("");
        var last = canonical.path("lastName").asText("");
        var both = first.isEmpty() || last.isEmpty() ? "" : first + " " + last;
        var numbers = new ArrayList<>(List.of(login, email.split("@", 2)[0]));
        extras.path("fields").forEach(field -> numbers.add(field.path("value").asText("")));
        return new SourcePerson(
                canonical.path("id").asText(),
                login,
                email,
                canonical.path("bot").asBoolean(),
                canonical.path("deleted").asBoolean(),
                own,
                mapped,
                Stream.of(
                                extras.path("realName").asText(""),
                                canonical.path("displayName").asText(""),
                                both)
                        .filter(name -> !name.isBlank())
                        .distinct()
                        .toList(),
                numbers.stream().filter(text -> !text.isBlank()).toList());
    }

    /** For people: the fullest name there is. */
    String shown() {
        return names.isEmpty() ? login : names.get(0);
    }
}
