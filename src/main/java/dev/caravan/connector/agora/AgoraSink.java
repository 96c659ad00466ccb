package dev.caravan.connector.agora;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import dev.caravan.model.Batch;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Kind;
import dev.caravan.model.Outcome;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import dev.caravan.transport.LiveSink;
import dev.caravan.transport.Rate;
import dev.caravan.transport.Silence;
import dev.caravan.transport.TargetIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/**
 * Agora Chat, which is Shengwang's and Easemob's instant messaging as well: what the Kamelets {@code agora-chat-*} call. The
 * rules it keeps to are the vendor's public documents'; {@link ServerRule} says which of them nobody has proven.
 */
@ApplicationScoped
@Named("agoraChatSink")
public class AgoraSink implements LiveSink {

    private Clock clock;
    private DoubleSupplier allowed = () -> 1;
    private AgoraClient client;
    private Supplier<List<Rate>> rates = List::of;
    private ShiftConsent consent;
    private UserDelivery users;
    private GroupDelivery groups;
    private MemberDelivery members;
    private MessageDelivery messages;
    private AgoraUndo undo;
    private AgoraReading reading;

    public AgoraSink() {
        this(Clock.systemUTC());
    }

    AgoraSink(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String sinkKind() {
        return AgoraNames.SINK;
    }

    @Override
    public synchronized void pace(DoubleSupplier share) {
        allowed = share;
    }

    @Override
    public synchronized void zone(ZoneId zone) {
        clock = clock.withZone(zone);
    }

    /**
     * @throws dev.caravan.model.Problem CRV-480 for a setting that is missing, CRV-486 for one that is wrong
     */
    @Override
    public synchronized void open(Map<String, String> properties, TargetIds ids) {
        close();
        client = new AgoraClient(AgoraSettings.of(properties), allowed, clock);
        rates = client::rates;
        undo = new AgoraUndo(client);
        reading = new AgoraReading(client, ids);
        var known = new KnownGroups(client);
        users = new UserDelivery(client);
        groups = new GroupDelivery(client, ids, users);
        members = new MemberDelivery(client, ids, known);
        consent = new ShiftConsent(client.settings());
        messages = new MessageDelivery(
                client,
                ids,
                consent,
                new Timeline(client.settings().groupHistory(), known, ids, clock, this::takesRealTimes));
    }

    @Override
    public synchronized List<Rate> rates() {
        return rates.get();
    }

    private boolean takesRealTimes() {
        try (var probe = new AgoraProbe(client, false)) {
            return probe.probe().found().stream()
                    .anyMatch(found -> found.rule().equals(ServerRule.GROUP_HISTORY.id()) && found.holds());
        }
    }

    /**
     * The batch with an outcome for every item.
     *
     * @throws dev.caravan.model.Problem CRV-489 when more messages would show the day of the import than somebody accepted
     */
    public Batch deliver(Batch batch) {
        consent.require();
        return switch (batch.kind()) {
            case USER -> users.deliver(batch);
            case CHANNEL -> groups.deliver(batch);
            case MEMBERSHIP -> members.deliver(batch);
            case MESSAGE -> messages.deliver(batch);
            case EMOJI -> batch.withItems(batch.items().stream()
                    .map(item -> item.withOutcome(new Outcome.Refused("agora-kind", "emoji")))
                    .toList());
        };
    }

    /** Groups that may have been made; people and members may be sent again without harm. */
    public Batch lookUp(Batch batch) {
        return batch.kind() == Kind.CHANNEL
                ? groups.lookUp(batch)
                : batch.withItems(batch.items().stream()
                        .map(item -> item.withOutcome(null))
                        .toList());
    }

    /** What became of each effect, in the order given. */
    public List<Undone> undo(Undo effects) {
        return undo.undo(effects);
    }

    /** What stands on the target and was migrated; everything else there is left out. */
    public BatchReader read(ReadRequest request) {
        return reading.read(request);
    }

    @Override
    public synchronized Optional<Instant> readableSince() {
        return Optional.of(HistoryHours.readableSince(clock.instant()));
    }

    @Override
    public synchronized Optional<Silence.Known> silence() {
        return client == null ? Optional.empty() : client.silence();
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            users.close();
            undo.close();
            reading.close();
            client.close();
            client = null;
        }
    }
}
