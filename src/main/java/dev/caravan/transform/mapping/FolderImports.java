package dev.caravan.transform.mapping;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import com.schibsted.spt.data.jslt.ResourceResolver;
import dev.caravan.model.Problem;

/** Resolves the imports of a template inside its own folder and nowhere else, symbolic links followed. */
record FolderImports(Path folder) implements ResourceResolver {

    @Override
    public Reader resolve(String name) {
        try {
            var file = folder.resolve(name).toRealPath();
            if (!file.startsWith(folder.toRealPath())) {
                throw new Problem("CRV-504", name, folder);
            }
            return Files.newBufferedReader(file);
        } catch (InvalidPathException e) {
            throw new Problem(e, "CRV-504", name, folder);
        } catch (IOException e) {
            throw new Problem(e, "CRV-504", name, folder);
        }
    }
}
