package dev.caravan.connector.matrix;

import java.util.function.DoubleSupplier;

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
        LookUp lookUp,
        UndoState undone)
        implements AutoCloseable {

    /** @param share of the permitted rate that may be used, 0 to 1 */
    static Session of(MatrixSettings settings, TargetIds ids, DoubleSupplier share) {
        var client = new MatrixClient(settings, share);
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
                new LookUp(client),
                new UndoState());
    }

    @Override
    public void close() {
        client.close();
    }
}
