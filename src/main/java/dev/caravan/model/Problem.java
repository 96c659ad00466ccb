package dev.caravan.model;

/**
 * An error a user can cause and mend. Its code stands in docs/errors.md; its words come from the message bundles and
 * say what happened, where, and one thing to do.
 */
public class Problem extends RuntimeException {

    private final String code;
    private final transient Object[] arguments;

    /**
     * @param code {@code CRV-nnn}, a key of the bundle {@code words.messages}
     * @param arguments fill the {0}, {1} of the text; no secrets, no text of a message
     */
    public Problem(String code, Object... arguments) {
        super(code + " " + Words.ENGLISH.say(code, arguments));
        this.code = code;
        this.arguments = arguments.clone();
    }

    public Problem(Throwable cause, String code, Object... arguments) {
        this(code, arguments);
        initCause(cause);
    }

    /** What the problem is about, when its text begins with that: the name of a setting or a file. */
    public String subject() {
        return arguments.length == 0 ? "" : String.valueOf(arguments[0]);
    }

    public String code() {
        return code;
    }

    public String inWords(Words words) {
        return code + " " + words.say(code, arguments);
    }
}
