package dev.caravan;

import java.nio.file.Path;
import java.util.List;

import dev.caravan.connector.mattermost.MattermostEffects;
import dev.caravan.connector.mattermost.MattermostFunctions;
import dev.caravan.connector.mattermost.MattermostNames;
import dev.caravan.connector.mattermost.MattermostShape;
import dev.caravan.connector.mattermost.MattermostStage;
import dev.caravan.connector.mattermost.MattermostTargetText;
import dev.caravan.connector.slack.SlackElementCount;
import dev.caravan.connector.slack.SlackFunctions;

/** What the connectors contribute to one run; in the application CDI finds them. */
public final class Connectors {

    final MattermostStage mattermostStage = new MattermostStage();
    private final Path home;

    /** @param home the folder that holds {@code routes/} */
    public Connectors(Path home) {
        this.home = home;
    }

    public List<Object> all() {
        return List.of(
                new SlackFunctions(home),
                new SlackElementCount(),
                new MattermostFunctions(),
                new MattermostNames(),
                new MattermostShape(),
                new MattermostEffects(),
                new MattermostTargetText(),
                mattermostStage);
    }
}
