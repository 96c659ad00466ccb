package dev.caravan.migration;

import java.util.Optional;

import dev.caravan.transform.cleanse.ByteRepair;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** Lends readers the repair of bytes by the rules of the current run, or of the look that this thread takes. */
@ApplicationScoped
@Named("byteRepair")
public class RunByteRepair implements ByteRepair {

    private final CurrentRun current;

    public RunByteRepair(CurrentRun current) {
        this.current = current;
    }

    @Override
    public Optional<Repaired> repair(byte[] raw) {
        return current.ofReader().cleansing().byteRepair().repair(raw);
    }

    @Override
    public String proposal(byte[] raw) {
        return current.ofReader().cleansing().byteRepair().proposal(raw);
    }
}
