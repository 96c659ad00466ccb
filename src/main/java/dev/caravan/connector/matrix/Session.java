package dev.caravan.connector.matrix;

import dev.caravan.transport.TargetIds;

/** What a sink holds while it is open. */
record Session(
        MatrixSettings settings,
        MatrixClient client,
        Index index,
        Rooms rooms,
        People people,
        Conversations conversations,
        Memberships memberships,
        Messages messages,
        LookUp lookUp)
        implements AutoCloseable {

    static Session of(MatrixSettings settings, TargetIds ids) {
        var client = new MatrixClient(settings, () -> 1);
        var rooms = new Rooms(client);
        var index = new Index(client, rooms);
        return new Session(
                settings,
                client,
                index,
                rooms,
                new People(client, index),
                new Conversations(client, rooms, index),
                new Memberships(rooms),
                new Messages(client, rooms, ids),
                new LookUp(client));
    }

    @Override
    public void close() {
        client.close();
    }
}
