package dev.caravan.transform.mapping;

import java.util.Collection;

import com.schibsted.spt.data.jslt.Function;

/** Functions that mappings may call, beyond those of JSLT itself. Every bean of this type adds its own. */
public interface MappingFunctions {

    Collection<Function> functions();
}
