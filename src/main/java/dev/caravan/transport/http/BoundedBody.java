package dev.caravan.transport.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;

/** A body taken up to a limit; at the first byte too many, reading ends and so does the connection. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final long maxBytes;
    private final Consumer<ByteBuffer> into;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long taken;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Subscription subscription;

    /** @param into takes the bytes; null to hold them */
    BoundedBody(long maxBytes, Consumer<ByteBuffer> into) {
        this.maxBytes = maxBytes;
        this.into = into == null ? this::hold : into;
    }

    private void hold(ByteBuffer buffer) {
        var chunk = new byte[buffer.remaining()];
        buffer.get(chunk);
        bytes.writeBytes(chunk);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            if (body.isDone()) {
                return;
            }
            if (buffer.remaining() > maxBytes - taken) {
                subscription.cancel();
                body.completeExceptionally(new TooLong(maxBytes));
                return;
            }
            taken += buffer.remaining();
            into.accept(buffer);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }
}
