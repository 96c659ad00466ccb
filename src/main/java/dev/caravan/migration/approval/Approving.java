package dev.caravan.migration.approval;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.caravan.ledger.Approvals.Approval;
import dev.caravan.ledger.Approvals.Entry;
import dev.caravan.ledger.Ledger;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Approves the phase a run waits for, whether its process is there or not, and tells what was approved. */
@ApplicationScoped
public class Approving {

    private static final int SHORTEST_DIGEST = 8;
    private static final int MOST_SHOWN = 100;

    private final LedgerAccess ledgers;
    private final Settings settings;

    public Approving(LedgerAccess ledgers, Settings settings) {
        this.ledgers = ledgers;
        this.settings = settings;
    }

    /** What became of an approval. */
    public enum State {
        GIVEN,
        USED,
        VOID
    }

    /** @param time when it was given */
    public record Given(int run, String phase, String digest, String who, Instant time, State state) {

        /** As in the keys of words. */
        public String stateWord() {
            return state.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param waiting what is to be approved now, or null
     * @param since when the run began to wait, or null
     * @param starters who started the run that waits, or went on with it
     * @param secondPerson whether none of these may approve
     * @param given newest first, the void ones among them; at most 100
     */
    public record Standing(
            Binding waiting, Instant since, List<String> starters, boolean secondPerson, List<Given> given) {

        /** @return whether the setting lets this person approve what waits */
        public boolean mayBe(String who) {
            return !secondPerson || !starters.contains(who);
        }
    }

    /** Whether the settings make any phase wait. */
    public boolean wanted() {
        return ApprovalRules.of(settings.approval()).any();
    }

    /** Of a migration that has not begun: nothing. */
    public Standing standing() {
        return ledgers.findReadOnly()
                .map(found -> {
                    try (Ledger ledger = found) {
                        return standing(ledger);
                    }
                })
                .orElseGet(() ->
                        new Standing(null, null, List.of(), settings.approval().secondPerson(), List.of()));
    }

    private Standing standing(Ledger ledger) {
        var waiting = ledger.approvals().waiting();
        var starters =
                waiting.map(one -> ledger.approvals().starters(one.run())).orElse(List.of());
        var given = ledger.approvals().last(MOST_SHOWN).stream()
                .map(entry -> given(ledger, entry))
                .toList();
        return new Standing(
                waiting.map(one -> Binding.of(ledger, one.run(), one.phase())).orElse(null),
                waiting.map(one -> one.since()).orElse(null),
                starters,
                settings.approval().secondPerson(),
                given);
    }

    /** One that waits for its use is void as soon as what it binds has changed, whoever writes that down. */
    private static Given given(Ledger ledger, Entry entry) {
        var approval = entry.approval();
        var state = entry.voided() != null
                ? State.VOID
                : entry.used() != null
                        ? State.USED
                        : ApprovalGate.holds(entry, Binding.of(ledger, approval.run(), approval.phase()))
                                ? State.GIVEN
                                : State.VOID;
        return new Given(approval.run(), approval.phase(), approval.digest(), approval.who(), entry.time(), state);
    }

    /**
     * Approves what waits.
     *
     * @param digest of what was looked at; its first 8 digits or more will do
     * @throws Problem CRV-303 without a migration, 681 nothing waits, 682 it is not what was looked at, 683 a second person
     *     is wanted
     */
    public Binding approve(String who, String digest) {
        var binding = approvable(who, digest);
        ledgers.approve(new Approval(binding.run(), binding.phase(), binding.digest(), binding.fingerprint(), who));
        return binding;
    }

    private Binding approvable(String who, String digest) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            var waiting = ledger.approvals().waiting().orElseThrow(() -> new Problem("CRV-681"));
            var binding = Binding.of(ledger, waiting.run(), waiting.phase());
            var seen = Optional.ofNullable(digest).orElse("");
            if (seen.length() < SHORTEST_DIGEST || !binding.digest().startsWith(seen)) {
                throw new Problem("CRV-682", binding.run(), binding.phase());
            }
            if (!ApprovalRules.of(settings.approval())
                    .allowed(who, ledger.approvals().starters(waiting.run()))) {
                throw new Problem("CRV-683", who, binding.run());
            }
            return binding;
        }
    }
}
