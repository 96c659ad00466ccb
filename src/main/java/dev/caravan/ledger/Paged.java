package dev.caravan.ledger;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A long list that is read page by page: neither does memory hold it all, nor does a cursor stay open while its rows are
 * worked with.
 *
 * @param before what stands before the first place
 * @param after the page behind a place, empty behind the last
 * @param place of a row in the order of the pages
 */
public record Paged<P, T>(P before, Function<P, List<T>> after, Function<T, P> place) {

    public void each(Consumer<T> take) {
        var page = after.apply(before);
        while (!page.isEmpty()) {
            page.forEach(take);
            page = after.apply(place.apply(page.get(page.size() - 1)));
        }
    }
}
