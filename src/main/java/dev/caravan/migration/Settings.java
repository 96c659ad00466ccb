package dev.caravan.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;

/** Every setting of Caravan but those of a connector, which its Kamelet declares. Unknown keys are refused. */
@ConfigMapping(prefix = "caravan")
public interface Settings {

    /** Folder that holds {@code routes/} and {@code application.properties}. */
    @WithDefault(".")
    Path home();

    Source source();

    Sink sink();

    /** Embedded ledger, stage and report. */
    @WithDefault("caravan-work")
    Path workDir();

    Ledger ledger();

    /** Lanes read and written at the same time. */
    @WithDefault("4")
    int threads();

    /** Records in a batch. */
    @WithDefault("1000")
    int batchSize();

    /** Zone in which dates of filters and reports are meant. */
    @WithDefault("UTC")
    ZoneId timeZone();

    /** Which conversations are carried first; the result is the same. */
    @WithDefault("by-name")
    Order order();

    /** What becomes of a record whose author no list names. */
    @WithDefault("placeholder")
    Missing missingAuthor();

    /** What becomes of a reply whose root is not there. */
    @WithDefault("placeholder")
    Missing orphanReply();

    /** CSV file: source user -> target name, e-mail, authentication. When not set, user-map.csv in the work directory, if there. */
    Optional<Path> userMap();

    /** CSV file: source channel -> target name, or skip. */
    Optional<Path> channelMap();

    People people();

    Filter filter();

    Schedule schedule();

    Delivery delivery();

    Approval approval();

    @WithName("notify")
    Notices notices();

    Stop stop();

    Verify verify();

    Log log();

    Tracing tracing();

    Console console();

    Oidc oidc();

    Serve serve();

    Staff staff();

    enum Order {
        BY_NAME,
        RECENT_FIRST
    }

    enum Missing {
        PLACEHOLDER,
        DEAD_LETTER
    }

    interface Source {
        @WithDefault("slack-export")
        String kind();

        @WithParentName
        Map<String, String> properties();
    }

    interface Sink {
        @WithDefault("mattermost-bulk")
        String kind();

        @WithParentName
        Map<String, String> properties();
    }

    interface Ledger {
        /** {@code sqlite}, a file in the work directory, or {@code postgresql}. */
        @WithDefault("sqlite")
        Kind kind();

        /** JDBC address of a PostgreSQL ledger. */
        Optional<String> url();

        Optional<String> user();

        Optional<String> password();

        @WithDefault("caravan")
        String schema();

        enum Kind {
            SQLITE,
            POSTGRESQL
        }
    }

    interface Approval {
        /** Phases that begin only when somebody approves them, or {@code all}. */
        Optional<java.util.List<String>> phases();

        /** Whether nobody approves a run that he or she started. */
        @WithDefault("false")
        boolean secondPerson();
    }

    interface Notices {
        /** Of the migration, as people know it. */
        Optional<String> name();

        /** {@code en} or {@code zh}. */
        @WithDefault("en")
        String lang();

        /** Told when more than this share of the records, 0 to 1, are dead letters. */
        @WithDefault("0.001")
        double deadLetterShare();

        /** Told when there are more dead letters than this. */
        @WithDefault("100")
        long deadLetters();

        /** The same cause is not told again before. */
        @WithDefault("PT1H")
        Duration repeatAfter();

        Robot webhook();

        Robot wecom();

        Robot dingtalk();

        Robot feishu();

        Robot slack();

        Robot mattermost();

        Email email();
    }

    interface Staff {
        /** Whom people ask who have a question. */
        Optional<String> contact();

        /** Where people find everything afterwards. */
        Optional<String> address();
    }

    interface Robot {
        /** As the chat gives it: whoever has it can write there. */
        Optional<String> url();

        /** File that holds it. */
        Optional<Path> urlFile();

        /** By which messages are signed, where the robot is made so. */
        Optional<String> secret();

        Optional<Path> secretFile();

        /** {@link Notices#lang()} when not set. */
        Optional<String> lang();
    }

    interface Email {
        /** Server that takes the mail; none is sent without it. */
        Optional<String> host();

        @WithDefault("587")
        int port();

        @WithDefault("starttls")
        Security security();

        Optional<String> user();

        Optional<String> password();

        Optional<Path> passwordFile();

        Optional<String> from();

        Optional<java.util.List<String>> to();

        Optional<String> lang();

        enum Security {
            NONE,
            STARTTLS,
            TLS
        }
    }

    interface Delivery {
        /** A live target that takes nothing for so long ends the run, which goes on where it was next time. */
        @WithDefault("PT15M")
        Duration giveUpAfter();

        /** Before a live target that takes nothing is tried again; waits grow up to this. */
        @WithDefault("PT30S")
        Duration longestWait();

        /** So many portions in a row of which a live target takes nothing, and all conversations wait but one, which tries. */
        @WithDefault("5")
        int breakAfter();
    }

    interface People {
        /** Whether a run waits while the draft of who is who holds doubtful people. */
        @WithDefault("false")
        boolean waitForDoubtful();
    }

    interface Schedule {
        /** How much of the permitted rate is used when: {@code mon-fri 08:00-18:00 60%, sat-sun stop, * 90%}. */
        Optional<String> week();

        /** The same on certain days, before the week: {@code 2027-01-28..02-05 stop}. */
        Optional<String> exceptions();

        /** Zone of both; {@link Settings#timeZone()} when not set. */
        @WithDefault("${caravan.time-zone:UTC}")
        ZoneId timeZone();
    }

    interface Stop {
        /** A conversation is read no further when more than this share of its records, 0 to 1, are dead letters. */
        @WithDefault("0.5")
        double laneDeadLetters();

        /** The run ends when more than this share of all its records, 0 to 1, are dead letters. */
        @WithDefault("0.3")
        double runDeadLetters();

        /** Fewer dead letters never stop anything. */
        @WithDefault("100")
        long minimum();
    }

    interface Filter {
        /** First day carried, inclusive, in {@link #timeZone()}: {@code 2024-01-31}. */
        Optional<String> from();

        /** First day no longer carried. */
        Optional<String> to();

        /** Names or ids of the only channels carried, separated by commas. */
        Optional<java.util.List<String>> channels();

        /** Names or ids of channels left out. */
        Optional<java.util.List<String>> exceptChannels();
    }

    interface Serve {
        /** Set by {@code serve}: the folder whose {@code routes/} are watched. {@link #home()} then holds the copy in use. */
        @WithDefault("${caravan.home:.}")
        Path watched();

        /** Where a service tells metrics and health. Beyond this machine only to whoever signs in as a viewer. */
        @WithDefault("127.0.0.1")
        String managementHost();

        @WithDefault("9000")
        int managementPort();
    }

    interface Log {
        /** Standard error as lines of JSON, for what collects logs. */
        @WithDefault("false")
        boolean json();
    }

    interface Tracing {
        /** Where spans of runs, phases and batches go, by OTLP over HTTP: {@code http://localhost:4318}. */
        Optional<String> endpoint();
    }

    interface Console {
        /** Whether people sign in by name and password of this service. */
        @WithDefault("true")
        boolean localUsers();
    }

    interface Oidc {
        /** Of an OpenID Connect provider, below which its {@code .well-known/openid-configuration} is; none is used without. */
        Optional<String> url();

        @WithDefault("caravan")
        String clientId();

        Optional<String> clientSecret();

        /** Scopes asked for beside {@code openid}, separated by commas. */
        @WithDefault("profile")
        java.util.List<String> scopes();

        /** Claim of the ID token that names a person; {@code sub} where it is missing. */
        @WithDefault("preferred_username")
        String nameClaim();

        /** Claim of the ID token that holds a person's groups; {@code /} leads into objects: {@code realm_access/roles}. */
        @WithDefault("groups")
        String rolesClaim();

        /** Values of that claim that give a role, by the role: {@code caravan.oidc.roles.viewer=staff,admins}. */
        Map<String, java.util.List<String>> roles();
    }

    interface Verify {
        /** Share of records that lossy rules may touch before the verdict is different, by rule. */
        Map<String, Double> ceiling();
    }
}
