package dev.caravan.migration.mapping;

import java.util.List;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;

/** Two texts compared line by line. */
final class Difference {

    private static final int CONTEXT = 3;

    private Difference() {}

    /** In unified form; empty when they are equal. */
    static List<String> unified(String name, String before, String after) {
        var old = before.lines().toList();
        return UnifiedDiffUtils.generateUnifiedDiff(
                name, name, old, DiffUtils.diff(old, after.lines().toList()), CONTEXT);
    }
}
