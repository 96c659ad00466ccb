package dev.caravan.agora;

/** What the server holds, and what it judges its callers by. */
final class StubParts {

    final StubAuth auth = new StubAuth();
    final StubRates rates = new StubRates();
    final StubUsers users = new StubUsers();
    final StubGroups groups = new StubGroups(users);
    final StubMessages messages = new StubMessages(users, groups);
    final StubHistory history = new StubHistory(messages);
    final StubFiles files = new StubFiles();
    final StubPlants plants = new StubPlants(users, messages, files);
    final StubFaults faults = new StubFaults();

    void reset() {
        auth.reset();
        rates.reset();
        users.reset();
        groups.reset();
        messages.reset();
        history.reset();
        files.reset();
        faults.reset();
    }
}
