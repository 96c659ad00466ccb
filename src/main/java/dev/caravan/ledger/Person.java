package dev.caravan.ledger;

import java.time.Instant;

/**
 * Somebody at the source, and who that is to be on the target. Texts are empty where nothing is known.
 *
 * @param gone whether the source marks the account as deleted
 * @param own user name on the target when nobody says anything else
 * @param why what the state rests on, a stable word: key {@code people.why.<why>}
 * @param candidates user names it might be, separated by spaces
 * @param username on the target; empty to keep {@code own}
 * @param newEmail on the target; empty to keep the source's
 * @param decidedBy null while no person has looked
 */
public record Person(
        String sourceId,
        String name,
        String email,
        boolean gone,
        String own,
        PersonState state,
        String why,
        String candidates,
        String username,
        String newEmail,
        String decidedBy,
        Instant changed) {}
