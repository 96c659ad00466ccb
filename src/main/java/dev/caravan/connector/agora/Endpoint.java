package dev.caravan.connector.agora;

import java.util.Map;
import java.util.TreeMap;

/**
 * Families of endpoints that share a limit. Most limits are the whole app's: its own clients spend them as well. Rates are calls
 * a second as the vendor documents them ("Limitations" of Agora Chat; 使用限制 of Easemob).
 */
enum Endpoint {
    /** Registration, attributes and all else of the user system: one limit for all of it. */
    USERS(100),
    /** The groups of a user. */
    JOINED_GROUPS(50),
    GROUPS(100),
    IMPORT_USERS(100),
    IMPORT_GROUPS(100),
    FILES(100),
    RECALL(100),
    /** Hours of the message history. */
    EXPORT(0),
    TOKEN(1),
    /** The vendor's storage: addresses that the export hands out. */
    STORAGE(10);

    /** The group of the free plan, in which all calls count. */
    static final String ALL = "all";

    private final double perSecond;

    Endpoint(double perSecond) {
        this.perSecond = perSecond;
    }

    /** The name of the group whose pace a call of this family keeps. */
    String group(Plan plan) {
        return plan.oneLimit() && this != STORAGE && this != EXPORT ? ALL : name();
    }

    /** @param historyRate hours of the message history a minute */
    static Map<String, Double> rates(double importRate, double historyRate) {
        var rates = new TreeMap<String, Double>();
        for (var endpoint : values()) {
            boolean imports = endpoint == IMPORT_USERS || endpoint == IMPORT_GROUPS;
            rates.put(endpoint.name(), imports ? importRate : endpoint.perSecond);
        }
        rates.put(EXPORT.name(), historyRate / 60);
        rates.put(ALL, importRate);
        return rates;
    }
}
