package dev.caravan.connector.jdbc;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ServiceLoader;

import dev.caravan.model.Problem;

/** Finds the driver that takes an address: among those on the class path, or in the jar the operator named. */
final class Drivers {

    private Drivers() {}

    /** @throws Problem CRV-460 when none takes it */
    static Class<? extends Driver> find(JdbcSettings settings) {
        for (Driver driver : ServiceLoader.load(Driver.class, loader(settings))) {
            if (accepts(driver, settings.url())) {
                return driver.getClass();
            }
        }
        throw new Problem("CRV-460", settings.kindOfDatabase());
    }

    private static ClassLoader loader(JdbcSettings settings) {
        var own = Drivers.class.getClassLoader();
        if (settings.driver() == null) {
            return own;
        }
        var jar = Path.of(settings.driver());
        if (!Files.isRegularFile(jar)) {
            throw new Problem("CRV-460", settings.kindOfDatabase());
        }
        try {
            // Open as long as the process: its classes are loaded while connections are used.
            return new URLClassLoader(new URL[] {jar.toUri().toURL()}, own);
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a path is a URL", e);
        }
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException notItsOwn) {
            return false;
        }
    }
}
