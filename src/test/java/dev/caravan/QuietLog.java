package dev.caravan;

import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Where no Quarkus starts, nobody sets a level, and every trace of every library is put into words for nobody. */
public final class QuietLog implements LauncherSessionListener {

    /** Held, because the log manager forgets the level of a logger that nobody holds. */
    private static final Logger ROOT = Logger.getLogger("");

    public static void begin() {
        ROOT.setLevel(Level.INFO);
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        begin();
    }
}
