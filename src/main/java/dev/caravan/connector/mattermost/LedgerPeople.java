package dev.caravan.connector.mattermost;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import dev.caravan.connector.mattermost.SealSource.Person;
import dev.caravan.connector.mattermost.SealSource.Rows;
import dev.caravan.ledger.Cursor;
import dev.caravan.ledger.Staged;
import dev.caravan.model.StageSlot;

/** Accounts by name, each with the memberships of all source people who became it: two cursors, merged. */
final class LedgerPeople implements Rows<Person> {

    private final Cursor<Staged> users;
    private final Cursor<Staged> memberships;
    private Staged user;
    private Staged membership;

    LedgerPeople(Cursor<Staged> users, Cursor<Staged> memberships) {
        this.users = users;
        this.memberships = memberships;
        this.user = next(users);
        this.membership = next(memberships);
    }

    @Override
    public boolean hasNext() {
        return user != null;
    }

    @Override
    public Person next() {
        if (user == null) {
            throw new NoSuchElementException();
        }
        var name = user.row().targetId();
        var slots = new ArrayList<StageSlot>();
        boolean imported = false;
        while (user != null && user.row().targetId().equals(name)) {
            slots.add(user.row().slot());
            imported |= user.isImported();
            user = next(users);
        }
        return new Person(name, imported, slots, memberships(name, imported));
    }

    private List<StageSlot> memberships(String name, boolean imported) {
        var slots = new ArrayList<StageSlot>();
        while (membership != null && membership.row().targetId().compareTo(name) <= 0) {
            if (membership.row().targetId().equals(name) && !(imported && membership.isImported())) {
                slots.add(membership.row().slot());
            }
            membership = next(memberships);
        }
        return slots;
    }

    private static Staged next(Cursor<Staged> rows) {
        return rows.hasNext() ? rows.next() : null;
    }

    @Override
    public void close() {
        users.close();
        memberships.close();
    }
}
