import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Runs the packaged application from an export into PostgreSQL, then has psql copy the very rows the run left, those of
 * the target and those of the ledger, into empty tables of the same shape. Both by the clock, on the same server, one
 * after the other. Ends with 1 when the run is slower than 0.5 of COPY. Usage: {@code java bench/MeasureJdbc.java export.zip [java option]...}; see {@code bench/jdbc}.
 */
public class MeasureJdbc {
    private static final Path OUT = Path.of("target/bench/jdbc").toAbsolutePath();
    private static final Path APP = OUT.resolve("app/quarkus-run.jar");
    private static final double WANTED = 0.5;
    private static final List<String> SCHEMAS = List.of("target", "caravan");

    private static final Pattern STEP = Pattern.compile("step (\\S+) cpu-ms (\\d+)");
    private static final Pattern RUN = Pattern.compile("run of (\\d+) messages took ms (\\d+)");
    private static final Pattern VERIFICATION = Pattern.compile("phase verification after ms (\\d+)");

    public static void main(String[] args) throws Exception {
        var server = EmbeddedPostgres.builder()
                .setDataDirectory(OUT.resolve("data"))
                .start();
        try (server;
                var connection = server.getPostgresDatabase().getConnection()) {
            execute(connection, "CREATE SCHEMA target");
            double ratio =
                    run(server.getPort(), args[0], Arrays.asList(args).subList(1, args.length), connection);
            System.out.printf(
                    Locale.ROOT,
                    "run's rate over COPY's: %.3f, wanted %.1f: %s%n",
                    ratio,
                    WANTED,
                    ratio >= WANTED ? "reached" : "MISSED");
            System.exit(ratio >= WANTED ? 0 : 1);
        }
    }

    private static double run(int port, String export, List<String> options, Connection connection) throws Exception {
        Path log = OUT.resolve("run.log");
        var url = "jdbc:postgresql://localhost:" + port + "/postgres";
        var command = new ArrayList<>(List.of("java", "-XX:+UseParallelGC", "-Xms512m", "-Xmx512m"));
        command.addAll(options);
        command.addAll(List.of(
                "-Dquarkus.log.category.\"dev.caravan.migration.StepTimes\".level=DEBUG",
                "-Dcaravan.source.path=" + Path.of(export).toAbsolutePath(),
                "-Dcaravan.sink.kind=jdbc",
                "-Dcaravan.sink.url=" + url,
                "-Dcaravan.sink.user=postgres",
                "-Dcaravan.sink.password=postgres",
                "-Dcaravan.sink.schema=target",
                "-Dcaravan.sink.create-tables=true",
                "-Dcaravan.ledger.kind=postgresql",
                "-Dcaravan.ledger.url=" + url,
                "-Dcaravan.ledger.user=postgres",
                "-Dcaravan.ledger.password=postgres",
                "-Dcaravan.ledger.schema=caravan",
                "-Dcaravan.work-dir=" + OUT.resolve("work"),
                "-jar",
                APP.toString(),
                "run",
                "--json"));
        long began = System.nanoTime();
        int status = new ProcessBuilder(command)
                .directory(OUT.toFile())
                .redirectError(log.toFile())
                .redirectOutput(OUT.resolve("run.json").toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .start()
                .waitFor();
        double seconds = seconds(began);
        String said = Files.readString(log);
        Matcher run = RUN.matcher(said);
        Matcher verification = VERIFICATION.matcher(said);
        if (status > 1 || !run.find() || !verification.find()) {
            System.err.println(said);
            System.err.println("the run failed with status " + status);
            System.exit(1);
        }
        double verified = (Long.parseLong(run.group(2)) - Long.parseLong(verification.group(1))) / 1e3;
        double copied = copy(port, connection);
        tell(Long.parseLong(run.group(1)), seconds - verified, verified, copied, said);
        return copied / (seconds - verified);
    }

    private static void tell(long messages, double seconds, double verified, double copied, String said) {
        System.out.printf(
                Locale.ROOT, "run: %d messages in %.1f s = %.0f msg/s%n", messages, seconds, messages / seconds);
        System.out.printf(Locale.ROOT, "verification, timed apart: %.1f s%n", verified);
        System.out.printf(Locale.ROOT, "psql COPY: %.1f s = %.0f msg/s%n", copied, messages / copied);
        System.out.println("CPU us/msg by step of the road (application's debug log):");
        STEP.matcher(said)
                .results()
                .sorted(Comparator.comparingLong(step -> -Long.parseLong(step.group(2))))
                .forEach(step -> System.out.printf(
                        Locale.ROOT, "  %-20s %6.2f%n", step.group(1), Long.parseLong(step.group(2)) * 1e3 / messages));
    }

    /** Seconds that psql takes for all rows; writing them to files and making the tables is not counted. */
    private static double copy(int port, Connection connection) throws Exception {
        var script = new StringBuilder();
        for (String schema : SCHEMAS) {
            execute(connection, "CREATE SCHEMA copy_" + schema);
            for (String table : tables(connection, schema)) {
                var file = OUT.resolve(schema + "." + table + ".copy");
                psql(port, "\\copy %s.\"%s\" to '%s'".formatted(schema, table, file));
                execute(
                        connection,
                        "CREATE TABLE copy_%1$s.\"%2$s\" (LIKE %1$s.\"%2$s\" INCLUDING ALL)".formatted(schema, table));
                script.append("\\copy copy_%s.\"%s\" from '%s'%n".formatted(schema, table, file));
            }
        }
        execute(connection, "CHECKPOINT");
        long began = System.nanoTime();
        psql(port, script.toString());
        double seconds = seconds(began);
        for (String schema : SCHEMAS) {
            for (String table : tables(connection, schema)) {
                long rows = count(connection, schema, table);
                if (rows != count(connection, "copy_" + schema, table)) {
                    throw new IllegalStateException("not all of " + table + " was copied");
                }
                System.out.printf("  %s.%s %d rows%n", schema, table, rows);
            }
        }
        return seconds;
    }

    private static void psql(int port, String commands) throws IOException, InterruptedException {
        var file = OUT.resolve("commands.sql");
        Files.writeString(file, commands + "\n");
        var psql = new ProcessBuilder(
                "psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-h", "localhost", "-p", String.valueOf(port),
                "-U", "postgres", "-d", "postgres", "-f", file.toString());
        psql.environment().put("PGPASSWORD", "postgres");
        if (psql.inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("psql failed");
        }
    }

    private static List<String> tables(Connection connection, String schema) throws SQLException {
        var names = new ArrayList<String>();
        try (var rows = connection.createStatement()
                .executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "' ORDER BY 1")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static long count(Connection connection, String schema, String table) throws SQLException {
        try (var rows = connection.createStatement()
                .executeQuery("SELECT count(*) FROM %s.\"%s\"".formatted(schema, table))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
