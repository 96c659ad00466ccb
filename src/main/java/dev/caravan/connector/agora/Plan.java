package dev.caravan.connector.agora;

/**
 * What the vendor's pricing plans allow, as documented for Agora (docs.agora.io, "Pricing plan details"); Easemob's and
 * Shengwang's editions differ and can be raised, so each number has a setting that overrules it.
 */
enum Plan {
    FREE(10, 7, 100, 100, 100),
    STARTER(100, 90, 10_000, 250, 1_000),
    PRO(100, 180, 50_000, 1_000, 2_000),
    ENTERPRISE(100, 180, 100_000, 3_000, 10_000);

    private final int callsPerSecond;
    private final int retentionDays;
    private final int groups;
    private final int groupMembers;
    private final int groupsPerUser;

    Plan(int callsPerSecond, int retentionDays, int groups, int groupMembers, int groupsPerUser) {
        this.callsPerSecond = callsPerSecond;
        this.retentionDays = retentionDays;
        this.groups = groups;
        this.groupMembers = groupMembers;
        this.groupsPerUser = groupsPerUser;
    }

    /** Of one endpoint; of the free plan of all endpoints together. */
    int callsPerSecond() {
        return callsPerSecond;
    }

    /** Whether all endpoints share one limit. */
    boolean oneLimit() {
        return this == FREE;
    }

    /** How long messages can be read on the server. */
    int retentionDays() {
        return retentionDays;
    }

    int groups() {
        return groups;
    }

    /** The enterprise plan allows 5,000; above 3,000 a group loses offline push for ever. */
    int groupMembers() {
        return groupMembers;
    }

    int groupsPerUser() {
        return groupsPerUser;
    }
}
