package dev.caravan.agora;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Groups and who is in them. Ids are the server's. */
final class StubGroups {

    final Map<String, Group> groups = new LinkedHashMap<>();
    int quota = Integer.MAX_VALUE;
    private final StubUsers users;
    private long next;

    StubGroups(StubUsers users) {
        this.users = users;
        reset();
    }

    void reset() {
        groups.clear();
        quota = Integer.MAX_VALUE;
        next = 66_021_836_783_617L;
    }

    static final class Group {
        final String id;
        final ObjectNode fields;
        final Set<String> members = new LinkedHashSet<>();
        final Set<String> admins = new LinkedHashSet<>();
        final long created;

        Group(String id, ObjectNode fields, long created) {
            this.id = id;
            this.fields = fields;
            this.created = created;
        }

        String owner() {
            return fields.path("owner").asText();
        }

        boolean has(String user) {
            return owner().equals(user) || members.contains(user);
        }

        int size() {
            return members.size() + 1;
        }
    }

    ObjectNode create(ObjectNode body, long now) {
        if (body.path("owner").asText("").isEmpty() || !body.path("public").isBoolean()) {
            throw new Denied(400, "invalid_parameter", "owner and public are required");
        }
        longest(body, "groupname", 128);
        longest(body, "description", 512);
        longest(body, "avatar", 1024);
        longest(body, "custom", 8192);
        exists(body.path("owner").asText());
        if (groups.size() >= quota) {
            throw Denied.forbidden("This appKey has created too many groups/chatrooms!");
        }
        var group = new Group(String.valueOf(next), body.deepCopy(), now);
        next += 16;
        for (JsonNode member : body.path("members")) {
            if (member.asText().equals(group.owner())) {
                throw new Denied(400, "invalid_parameter", "owner must not be in members");
            }
            exists(member.asText());
            group.members.add(member.asText());
        }
        group.fields.remove("members");
        room(group, 0);
        groups.put(group.id, group);
        return data(JsonNodeFactory.instance.objectNode().put("groupid", group.id));
    }

    private static void longest(JsonNode body, String field, int characters) {
        if (body.path(field).asText("").length() > characters) {
            throw new Denied(400, "invalid_parameter", field + " is too long");
        }
    }

    private void exists(String user) {
        if (!users.users.containsKey(user)) {
            throw new Denied(404, "resource_not_found", "username " + user + " doesn't exist!");
        }
    }

    private static void room(Group group, int more) {
        if (group.size() + more > group.fields.path("maxusers").asInt(200)) {
            throw new Denied(403, "exceed_limit", "group members exceeds the limit of the group");
        }
    }

    Group group(String id) {
        var group = groups.get(id);
        if (group == null) {
            throw new Denied(404, "resource_not_found", "grpID " + id + " does not exist!");
        }
        return group;
    }

    ObjectNode details(String ids) {
        var all = JsonNodeFactory.instance.arrayNode();
        for (var id : ids.split(",")) {
            var group = group(id);
            ObjectNode details = all.addObject();
            details.put("id", id).put("name", group.fields.path("groupname").asText());
            for (var field : new String[] {"description", "custom", "owner"}) {
                details.put(field, group.fields.path(field).asText(""));
            }
            details.put("maxusers", group.fields.path("maxusers").asInt(200));
            details.put("created", group.created).put("affiliations_count", group.size());
            details.put("disabled", group.fields.path("disabled").asBoolean(false));
            details.put("public", group.fields.path("public").asBoolean());
            details.set("affiliations", affiliations(group));
        }
        var answer = JsonNodeFactory.instance.objectNode();
        answer.set("data", all);
        return answer.put("count", all.size());
    }

    private static JsonNode affiliations(Group group) {
        var all = JsonNodeFactory.instance.arrayNode();
        all.addObject().put("owner", group.owner());
        group.members.forEach(member -> all.addObject().put("member", member));
        return all;
    }

    ObjectNode list(int limit, String cursor) {
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        var answer = JsonNodeFactory.instance.objectNode();
        var all = answer.putArray("data");
        groups.values().stream().skip(from).limit(Math.min(limit, 1000)).forEach(group -> all.addObject()
                .put("owner", "org#app_" + group.owner())
                .put("groupid", group.id)
                .put("affiliations", group.size())
                .put("type", "group")
                .put("groupname", group.fields.path("groupname").asText()));
        if (from + all.size() < groups.size()) {
            answer.put("cursor", String.valueOf(from + all.size()));
        }
        return answer.put("count", all.size());
    }

    ObjectNode members(String id, int page, int size) {
        var all = affiliations(group(id));
        var some = JsonNodeFactory.instance.arrayNode();
        for (int i = (page - 1) * size; i < Math.min(all.size(), page * size); i++) {
            some.add(all.get(i));
        }
        var answer = JsonNodeFactory.instance.objectNode();
        answer.set("data", some);
        return answer.put("count", some.size());
    }

    ObjectNode joined(String user) {
        users.user(user);
        var answer = JsonNodeFactory.instance.objectNode();
        var all = answer.putArray("data");
        groups.values().stream().filter(group -> group.has(user)).forEach(group -> all.addObject()
                .put("groupid", group.id)
                .put("groupname", group.fields.path("groupname").asText()));
        return answer;
    }

    ObjectNode add(String id, JsonNode names) {
        var group = group(id);
        if (names.size() > 60) {
            throw Denied.illegal("usernames size is more than max limit : 60");
        }
        for (JsonNode name : names) {
            exists(name.asText());
            if (group.has(name.asText())) {
                throw Denied.forbidden(
                        "can not join this group, reason:user: " + name.asText() + " already in group: " + id);
            }
        }
        room(group, names.size());
        var data = JsonNodeFactory.instance.objectNode();
        var added = data.putArray("newmembers");
        names.forEach(name -> {
            group.members.add(name.asText());
            added.add(name.asText());
        });
        return data(data.put("groupid", id).put("action", "add_member"));
    }

    ObjectNode remove(String id, String names) {
        var group = group(id);
        var answer = JsonNodeFactory.instance.objectNode();
        var all = answer.putArray("data");
        for (var name : names.split(",")) {
            boolean there = group.members.remove(name);
            group.admins.remove(name);
            if (!there && !names.contains(",")) {
                throw Denied.forbidden("users [" + name + "] are not members of this group!");
            }
            all.addObject()
                    .put("result", there)
                    .put("action", "remove_member")
                    .put("user", name)
                    .put("groupid", id);
        }
        return answer;
    }

    ObjectNode admin(String id, String user) {
        var group = group(id);
        if (!group.members.contains(user)) {
            throw Denied.forbidden("user: " + user + " doesn't exist in group: " + id);
        }
        if (group.admins.size() >= 99) {
            throw new Denied(403, "exceed_limit", "admins exceed the limit");
        }
        group.admins.add(user);
        return data(
                JsonNodeFactory.instance.objectNode().put("result", "success").put("newadmin", user));
    }

    ObjectNode change(String id, ObjectNode body) {
        group(id).fields.setAll(body);
        return data(JsonNodeFactory.instance.objectNode().put("groupid", id));
    }

    ObjectNode delete(String id) {
        group(id);
        groups.remove(id);
        return data(JsonNodeFactory.instance.objectNode().put("success", true).put("groupid", id));
    }

    /** The documented side effect of deleting a user. */
    void deleteOwnedBy(String user) {
        groups.values().removeIf(group -> group.owner().equals(user) || group.admins.contains(user));
        groups.values().forEach(group -> group.members.remove(user));
    }

    static ObjectNode data(JsonNode data) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("data", data);
        return answer;
    }
}
