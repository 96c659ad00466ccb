package dev.caravan.migration.notify;

import dev.caravan.migration.notify.Notice.Said;
import dev.caravan.model.Words;

/** A way to tell people. */
interface Channel extends AutoCloseable {

    /** As in its settings: {@code wecom}. */
    String name();

    /** In which it speaks. */
    Words words();

    /**
     * Tries once, in bounded time.
     *
     * @throws NotDelivered when it was not taken, or perhaps not
     * @throws dev.caravan.model.Problem CRV-685, 686 for a template that does not serve
     */
    void tell(Said said) throws NotDelivered;

    @Override
    void close();
}
