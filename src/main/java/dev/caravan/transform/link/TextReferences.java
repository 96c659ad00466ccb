package dev.caravan.transform.link;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Finding;
import dev.caravan.transform.text.Reference;
import dev.caravan.transform.text.References;

/** Resolves what the texts of one record refer to, and notes what cannot be. */
final class TextReferences {

    private final Directory directory;
    private final String kind;
    private final String id;
    private final ObjectNode users;
    private final List<Finding> findings;
    private ObjectNode channels;

    /** @param users gets the target names of the people it meets */
    TextReferences(Directory directory, String kind, String id, ObjectNode users, List<Finding> findings) {
        this.directory = directory;
        this.kind = kind;
        this.id = id;
        this.users = users;
        this.findings = findings;
    }

    /** Without these, references to conversations keep their label. */
    void withChannels(ObjectNode resolved) {
        channels = resolved;
    }

    /** Every text in the value, at any depth. */
    void in(JsonNode value) {
        if (value.isTextual()) {
            References.in(value.textValue()).forEach(this::resolve);
        } else if (value.isContainerNode()) {
            value.forEach(this::in);
        }
    }

    private void resolve(Reference reference) {
        switch (reference.kind()) {
            case USER -> user(reference.id());
            case CHANNEL -> channel(reference.id());
            case MESSAGE -> findings.add(new Finding("permalink-kept", kind, id, reference.id()));
            case GROUP -> {}
        }
    }

    /** Of somebody in no list it depends on chance whether a record of theirs has come yet: never resolved, so always alike. */
    private void user(String person) {
        directory
                .person(person)
                .filter(link -> !link.made())
                .ifPresentOrElse(
                        link -> users.put(person, link.target()),
                        () -> findings.add(new Finding("dangling-mention", kind, id, person)));
    }

    private void channel(String conversation) {
        if (channels == null) {
            return;
        }
        directory
                .conversation(conversation)
                .filter(link -> !link.leftOut())
                .ifPresentOrElse(
                        link -> channels.put(
                                conversation,
                                link.target().substring(link.target().indexOf('/') + 1)),
                        () -> findings.add(new Finding("dangling-channel", kind, id, conversation)));
    }
}
