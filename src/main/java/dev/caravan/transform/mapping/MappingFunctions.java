package dev.caravan.transform.mapping;

import java.nio.file.Path;
import java.util.Collection;

import com.schibsted.spt.data.jslt.Function;

/** Functions a connector contributes to the templates, as a CDI bean. They must be thread-safe and without side effects. */
public interface MappingFunctions {

    /** @param routes the folder of the templates they are compiled into, for functions that read a table in it */
    Collection<Function> functions(Path routes);
}
