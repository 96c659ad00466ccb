package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.model.BatchReader;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * Reads a package back, or an export of Mattermost's own. Conversations of such an export are not contiguous, so there is
 * one lane, {@link dev.caravan.model.Lane#WHOLE}, in the order of the file; its batches promise no span.
 */
@ApplicationScoped
@Named("mattermostPackage")
public class MattermostPackage {

    /** Exchange property in which the Kamelet hands over its path. */
    public static final String PATH = "caravanMattermostPath";

    private final ObjectMapper json = JsonMapper.builder().build();

    /**
     * @param path of the zip or the .jsonl file, or of a folder of packages
     * @param sealed the package that was sealed last: which one of a folder is meant; null when nobody knows
     * @param imported names of people beside those the package names; null when there are none
     * @throws Problem CRV-407 when it cannot be read, CRV-408 when a line is too long to be held
     */
    public BatchReader read(
            @Body ReadRequest request,
            @ExchangeProperty(PATH) String path,
            @Header(ReadRequest.SEALED) String sealed,
            @Header(ReadRequest.IMPORTED) Set<String> imported) {
        var file = Path.of(sealed == null || MattermostSealAction.isFile(Path.of(path)) ? path : sealed);
        try {
            return new PackageBatches(json, request, PackageFile.open(file), imported == null ? Set.of() : imported);
        } catch (IOException e) {
            throw new Problem(e, "CRV-407", file, MattermostStage.reason(e));
        }
    }
}
