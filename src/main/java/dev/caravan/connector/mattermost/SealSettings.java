package dev.caravan.connector.mattermost;

import java.nio.file.Path;
import java.util.regex.Pattern;

import dev.caravan.model.Problem;

/**
 * What a package is made of beside stage and ledger.
 *
 * @param team name of the team that gets everything
 * @param teamDisplayName 1-64 characters
 * @param teamOpen whether everybody on the server may join the team
 * @param files the folder of downloaded files, the package that is the source, or null when there are none
 * @param level of compression, 0-9
 * @param emailDomain for people whose address somebody else has already
 */
public record SealSettings(
        String team, String teamDisplayName, boolean teamOpen, Path files, int level, String emailDomain) {

    /** Reserved for what shall never be delivered (RFC 2606). */
    private static final String NOWHERE = "example.invalid";

    /** The import guide's pattern and the server's list of words that its own addresses begin with. */
    private static final Pattern TEAM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}[a-z0-9]");

    private static final Pattern RESERVED = Pattern.compile(
            "(admin|api|channel|claim|error|files|help|landing|login|mfa|oauth|plug|plugins|post|signup).*");

    /** With the longest user name an address still has 128 bytes. */
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?");

    private static final int MAX_DISPLAY_NAME = 64;

    public SealSettings {
        if (!TEAM.matcher(team).matches() || RESERVED.matcher(team).matches()) {
            throw new Problem("CRV-404", team);
        }
        if (teamDisplayName == null || teamDisplayName.isBlank()) {
            teamDisplayName = team;
        }
        if (teamDisplayName.codePointCount(0, teamDisplayName.length()) > MAX_DISPLAY_NAME) {
            throw new Problem("CRV-245", teamDisplayName.codePointCount(0, teamDisplayName.length()));
        }
        if (emailDomain == null || emailDomain.isBlank()) {
            emailDomain = NOWHERE;
        }
        if (!DOMAIN.matcher(emailDomain).matches()) {
            throw new Problem("CRV-246", emailDomain);
        }
    }
}
