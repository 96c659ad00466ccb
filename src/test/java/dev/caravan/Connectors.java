package dev.caravan;

import java.util.List;

import dev.caravan.connector.agora.AgoraEffects;
import dev.caravan.connector.agora.AgoraFunctions;
import dev.caravan.connector.agora.AgoraNames;
import dev.caravan.connector.agora.AgoraPlaces;
import dev.caravan.connector.agora.AgoraPreview;
import dev.caravan.connector.agora.AgoraShape;
import dev.caravan.connector.agora.AgoraSink;
import dev.caravan.connector.agora.AgoraTargetText;
import dev.caravan.connector.jdbc.JdbcNames;
import dev.caravan.connector.jdbc.JdbcPlaces;
import dev.caravan.connector.jdbc.JdbcSink;
import dev.caravan.connector.matrix.MatrixFunctions;
import dev.caravan.connector.matrix.MatrixNames;
import dev.caravan.connector.matrix.MatrixPlaces;
import dev.caravan.connector.matrix.MatrixRules;
import dev.caravan.connector.matrix.MatrixShape;
import dev.caravan.connector.matrix.MatrixSink;
import dev.caravan.connector.matrix.MatrixTargetText;
import dev.caravan.connector.mattermost.MattermostEffects;
import dev.caravan.connector.mattermost.MattermostFunctions;
import dev.caravan.connector.mattermost.MattermostNames;
import dev.caravan.connector.mattermost.MattermostPlaces;
import dev.caravan.connector.mattermost.MattermostShape;
import dev.caravan.connector.mattermost.MattermostStage;
import dev.caravan.connector.mattermost.MattermostTargetText;
import dev.caravan.connector.slack.SlackAddresses;
import dev.caravan.connector.slack.SlackElementCount;
import dev.caravan.connector.slack.SlackFunctions;
import dev.caravan.connector.slack.SlackLatestDays;

/** What the connectors contribute to one run; in the application CDI finds them. */
public final class Connectors {

    final MattermostStage mattermostStage = new MattermostStage();
    final JdbcSink jdbcSink = new JdbcSink();
    final MatrixSink matrixSink = new MatrixSink();
    final AgoraSink agoraChatSink = new AgoraSink();

    public List<Object> all() {
        return List.of(
                new SlackFunctions(),
                new SlackElementCount(),
                new SlackLatestDays(),
                new SlackAddresses(),
                new MattermostFunctions(),
                new MattermostNames(),
                new MattermostShape(),
                new MattermostEffects(),
                new MattermostTargetText(),
                mattermostStage,
                new JdbcNames(),
                jdbcSink,
                new MatrixFunctions(),
                new MatrixNames(),
                new MatrixShape(),
                new MatrixRules(),
                new MatrixTargetText(),
                new MatrixPlaces(),
                new MattermostPlaces(),
                new JdbcPlaces(),
                new AgoraPlaces(),
                matrixSink,
                new AgoraFunctions(),
                new AgoraNames(),
                new AgoraShape(),
                new AgoraEffects(),
                new AgoraTargetText(),
                new AgoraPreview(),
                agoraChatSink);
    }
}
