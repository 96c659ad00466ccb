package dev.caravan.connector.matrix;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

import dev.caravan.model.Problem;

/**
 * How the homeserver is reached and as whom.
 *
 * @param url of the homeserver's client API, without a path
 * @param token of the application service, a secret; or of an account, for reading
 * @param sender user id of the application service itself
 * @param deactivate whether a rollback deactivates the accounts that were made
 * @param rate requests a second that may be sent
 * @param inFlight most requests under way at the same time
 * @param largestFile most bytes that are read of a file when what was moved is read back
 */
record MatrixSettings(
        URI url,
        MatrixIds ids,
        String token,
        String sender,
        boolean deactivate,
        double rate,
        int inFlight,
        long largestFile) {

    private static final String DEFAULT_SENDER = "caravan";
    private static final double DEFAULT_RATE = 200;
    private static final int DEFAULT_IN_FLIGHT = 64;
    private static final int DEFAULT_MEGABYTES = 4096;
    private static final long MEBIBYTE = 1024L * 1024;
    private static final int MOST = 1_000_000;

    /**
     * @param properties camelCase
     * @throws Problem CRV-450 for an address that is none, CRV-451 for a server name that is none, CRV-452 for a rate, CRV-447 for
     *     another number
     */
    static MatrixSettings of(Map<String, String> properties) {
        var ids = MatrixIds.of(properties);
        if (!ids.serverName().matches("[A-Za-z0-9.\\[\\]:-]+")) {
            throw new Problem("CRV-451", ids.serverName());
        }
        return new MatrixSettings(
                url(properties.getOrDefault("url", "")),
                ids,
                properties.getOrDefault("asToken", ""),
                "@" + properties.getOrDefault("senderLocalpart", DEFAULT_SENDER) + ":" + ids.serverName(),
                Boolean.parseBoolean(properties.getOrDefault("deactivateUsers", "true")),
                rate(properties.get("requestsPerSecond")),
                (int) number(properties, "inFlight", DEFAULT_IN_FLIGHT),
                number(properties, "maxFileMegabytes", DEFAULT_MEGABYTES) * MEBIBYTE);
    }

    @Override
    public String toString() {
        return "MatrixSettings[" + url + "]";
    }

    private static URI url(String url) {
        try {
            var uri = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException none) {
            throw new Problem(none, "CRV-450", url);
        }
        throw new Problem("CRV-450", url);
    }

    private static double rate(String perSecond) {
        if (perSecond == null || perSecond.isEmpty()) {
            return DEFAULT_RATE;
        }
        try {
            double rate = Double.parseDouble(perSecond);
            if (rate > 0) {
                return rate;
            }
        } catch (NumberFormatException none) {
            throw new Problem(none, "CRV-452", perSecond);
        }
        throw new Problem("CRV-452", perSecond);
    }

    private static long number(Map<String, String> properties, String name, int otherwise) {
        var text = properties.getOrDefault(name, "").strip();
        try {
            long number = text.isEmpty() ? otherwise : Long.parseLong(text);
            if (number >= 1 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw new Problem(none, "CRV-447", setting(name), text, MOST);
        }
        throw new Problem("CRV-447", setting(name), text, MOST);
    }

    private static String setting(String property) {
        return "caravan.sink." + property.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
