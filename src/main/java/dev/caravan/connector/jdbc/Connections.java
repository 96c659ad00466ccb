package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import dev.caravan.model.Problem;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;

/** Connections to the database, one for each worker that writes at the time. Opened when the first is asked for. */
final class Connections implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final AgroalDataSource pool;

    /** @throws Problem CRV-460 when no driver takes the address */
    Connections(JdbcSettings settings) {
        var driver = Drivers.find(settings);
        var dialect = Dialect.ofUrl(settings.url());
        var configuration = new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(false)
                .connectionPoolConfiguration(of -> of.maxSize(dialect.connections())
                        .acquisitionTimeout(LONGEST_WAIT)
                        .exceptionSorter(JdbcFailure::isLost)
                        .connectionFactoryConfiguration(one -> {
                            one.jdbcUrl(settings.url())
                                    .connectionProviderClass(driver)
                                    .autoCommit(false);
                            if (settings.user() != null) {
                                one.principal(new NamePrincipal(settings.user()));
                            }
                            if (settings.password() != null) {
                                one.credential(new SimplePassword(settings.password()));
                            }
                            dialect.connectionProperties().forEach(one::jdbcProperty);
                            return one;
                        }));
        try {
            pool = AgroalDataSource.from(configuration);
        } catch (SQLException e) {
            throw new IllegalStateException("a pool without connections cannot fail", e);
        }
    }

    /**
     * A connection that commits when it is told to; closing it gives it back.
     *
     * @throws IOException when there is none now
     * @throws Problem CRV-462 when the database does not let this user in
     */
    Connection take() throws IOException {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            if (JdbcFailure.isLogin(e)) {
                throw new Problem(e, "CRV-462", JdbcFailure.state(e));
            }
            throw new IOException("no connection to the database, " + JdbcFailure.state(e), e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
