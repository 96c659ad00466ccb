package dev.caravan.packaged;

import java.nio.file.Path;

import dev.caravan.connector.slack.ExportZip;

/** An export whose names and texts are scripts: one message that arrives, and one that becomes a dead letter. */
final class HostileExport {

    static final String SCRIPT = "<img src=x onerror=alert(1)>";

    private HostileExport() {}

    /** The packaged application, which has it to read. */
    static PackagedApp app(Path folder) {
        ExportZip.sound()
                .with(
                        "channels.json",
                        "[{\"id\": \"C1\", \"name\": \"%s\", \"created\": 1709000000, \"creator\": \"U1\", \"members\": [\"U1\"]}]"
                                .formatted(SCRIPT))
                .without("general/2024-03-04.json")
                .with(
                        SCRIPT + "/2024-03-04.json",
                        """
                        [{"type": "message", "user": "U1", "ts": "1709539200.000100", "text": "%1$s",
                          "files": [{"id": "F1", "name": "%1$s", "mode": "tombstone"}]},
                         {"type": "message", "user": "U1", "ts": "never %1$s", "text": "%1$s </textarea>"}]"""
                                .formatted(SCRIPT))
                .write(folder, "export.zip");
        return PackagedApp.demo(folder).with("caravan.source.path", "export.zip");
    }
}
