package dev.caravan.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import dev.caravan.model.Problem;
import picocli.CommandLine.Option;

/** Options every command has that does something: settings by their full name, and short forms of the most used. */
public class CommandSettings extends HelpOptions {

    /** What other users of the machine would read in its list of processes. */
    private static final Pattern SECRET = Pattern.compile("caravan\\.notify\\.\\w+\\.(url|secret|password)"
            + "|caravan\\.(source|sink|ledger)\\.([\\w-]+-)?(password|token|secret|certificate)");

    @Option(names = "-D", paramLabel = "caravan.<setting>=<value>", descriptionKey = "option.setting")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--source", paramLabel = "PATH", descriptionKey = "option.source")
    private String source;

    @Option(names = "--sink", paramLabel = "PATH", descriptionKey = "option.sink")
    private String sink;

    @Option(names = "--work-dir", paramLabel = "FOLDER", descriptionKey = "option.work-dir")
    private String workDir;

    @Option(names = "--json", descriptionKey = "option.json")
    private boolean json;

    boolean json() {
        return json;
    }

    /**
     * Makes the options system properties, so that they weigh more than environment and file.
     *
     * @throws Problem CRV-689 for a secret, which has no place on a command line
     */
    static void apply(CommandSettings options) {
        options.settings.keySet().stream()
                .filter(name -> SECRET.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw new Problem("CRV-689", name);
                });
        options.settings.forEach(System::setProperty);
        set("caravan.source.path", options.source);
        set("caravan.sink.path", options.sink);
        set("caravan.work-dir", options.workDir);
    }

    private static void set(String setting, String value) {
        if (value != null) {
            System.setProperty(setting, value);
        }
    }
}
