package dev.caravan.transform.link;

import java.util.Map;
import java.util.Set;

/** Tells which thread roots the target holds already: the ledger's answer. */
public interface Roots {

    /**
     * @param lane number of the lane
     * @param roots source id -> source time in us
     * @return the ids of those that were delivered, placeholders included
     */
    Set<String> delivered(int lane, Map<String, Long> roots);
}
