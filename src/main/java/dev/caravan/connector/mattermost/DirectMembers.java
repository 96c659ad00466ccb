package dev.caravan.connector.mattermost;

import java.util.List;

/** The names in a line about a direct conversation. */
final class DirectMembers {

    private DirectMembers() {}

    /** @param name of the place: names, sorted, joined by commas; one name is a talk to oneself, which is named twice */
    static List<String> of(String name) {
        var members = List.of(name.split(","));
        return members.size() == 1 ? List.of(name, name) : members;
    }
}
