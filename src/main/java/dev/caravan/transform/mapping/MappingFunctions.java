package dev.caravan.transform.mapping;

import java.util.Collection;

import com.schibsted.spt.data.jslt.Function;

/** Functions a connector contributes to the templates, as a CDI bean. They must be thread-safe and without side effects. */
public interface MappingFunctions {
    Collection<Function> functions();
}
