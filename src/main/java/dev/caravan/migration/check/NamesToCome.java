package dev.caravan.migration.check;

import java.util.ArrayList;
import java.util.List;

import dev.caravan.migration.report.ReportFacts.NameRow;
import dev.caravan.migration.report.ReportFacts.Part;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;

/** What people and conversations will be called on the target; keeps the first of each list. For any number of threads. */
final class NamesToCome {

    private static final int SHOWN = 1000;

    private final List<NameRow> changed = new ArrayList<>();
    private final List<NameRow> collisions = new ArrayList<>();
    private final List<NameRow> invented = new ArrayList<>();
    private long changedTotal;
    private long collisionsTotal;
    private long inventedTotal;

    synchronized void add(Kind kind, Item item, boolean inventedEmail) {
        var links = item.linked().path("links");
        var row = new NameRow(
                kind.word(),
                item.id(),
                item.canonical().path("name").asText(),
                links.path("name").asText());
        if (!"direct".equals(links.path("type").asText()) && !row.source().equals(row.target())) {
            changedTotal++;
            keep(changed, row);
        }
        if (inventedEmail) {
            inventedTotal++;
            keep(invented, row);
        }
    }

    synchronized void collided(String kind, String id, String name) {
        collisionsTotal++;
        keep(collisions, new NameRow(kind, id, id, name));
    }

    private static void keep(List<NameRow> some, NameRow row) {
        if (some.size() < SHOWN) {
            some.add(row);
        }
    }

    synchronized Part<NameRow> changed() {
        return new Part<>(List.copyOf(changed), changedTotal);
    }

    synchronized Part<NameRow> collisions() {
        return new Part<>(List.copyOf(collisions), collisionsTotal);
    }

    synchronized Part<NameRow> invented() {
        return new Part<>(List.copyOf(invented), inventedTotal);
    }
}
