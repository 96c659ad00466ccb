package dev.caravan.transport.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLHandshakeException;

import dev.caravan.model.Problem;
import dev.caravan.transport.BreakOff;
import dev.caravan.transport.Rate;
import dev.caravan.transport.Silence;

/**
 * Calls over HTTP that never send twice by themselves, end in bounded time and memory, and say exactly what is known of
 * their fate. For several threads.
 */
public final class HttpCalls implements AutoCloseable {

    private static final String REPEATS_EVERYTHING = "jdk.httpclient.enableAllMethodRetry";

    private static final String IDLE_CONNECTIONS = "jdk.httpclient.keepalive.timeout";
    private static final String IDLE_SECONDS = "30";

    private static final int OK = 200;
    private static final long MOST_OF_AN_ERROR = 1024L * 1024;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Pace pace;
    private final HttpLimits limits;
    private final Throttling throttling;
    private final Semaphore places;
    private final HttpThreads threads = new HttpThreads();
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private final HttpClient client;
    private final BreakOff breakOff;
    private final Silence silence;
    private volatile boolean closed;

    public HttpCalls(Pace pace, HttpLimits limits) {
        this(pace, limits, Clock.systemUTC(), RandomGenerator.getDefault());
    }

    /** @param clock what dates in {@code Retry-After} are measured by where the server does not tell its own */
    public HttpCalls(Pace pace, HttpLimits limits, Clock clock, RandomGenerator random) {
        var repeats = System.getProperty(REPEATS_EVERYTHING);
        if (repeats != null && !repeats.equalsIgnoreCase("false")) {
            throw new Problem("CRV-217", REPEATS_EVERYTHING);
        }
        // Java 17 keeps idle connections for 20 minutes. Much on the way (address translation, load balancers) forgets
        // them sooner without a word, and a request sent into such a connection is lost. It can only be set so.
        System.getProperties().putIfAbsent(IDLE_CONNECTIONS, IDLE_SECONDS);
        this.pace = pace;
        this.silence = new Silence(clock);
        this.limits = limits;
        this.throttling = new Throttling(pace, clock, random);
        this.places = new Semaphore(limits.inFlight(), true);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .executor(threads.workers())
                .build();
        this.breakOff = new BreakOff(pace::share, limits.stopped(), this::breakOff);
    }

    private void breakOff() {
        underWay.forEach(exchange -> exchange.cancel(true));
    }

    /**
     * Waits for the pace and a free place in flight, and starts the call. While the share of the rate is 0, or the target
     * has asked for a pause of which more than 10 s are left, nothing is started and the call is {@link Reply.NotSent}:
     * who calls can show why, and can be stopped, while it waits. What is under way then and does not end by itself is broken
     * off ({@link HttpLimits#stopped}). A thread that is interrupted while waiting gets
     * {@link Reply.NotSent} and stays interrupted. Cancelling what is returned breaks the call off.
     *
     * @return never fails for trouble with the network
     */
    public CompletableFuture<Reply> send(Call call) {
        var paused = pace.paused(call.group());
        if (paused.compareTo(LONGEST_PAUSE) > 0) {
            return CompletableFuture.completedFuture(
                    new Reply.NotSent(new IOException("asked to wait for " + paused.toSeconds() + " s more")));
        }
        long number;
        try {
            number = pace.take(call.group(), places);
            if (number == Bucket.NOT_STARTED) {
                return CompletableFuture.completedFuture(
                        new Reply.NotSent(new InterruptedIOException("nothing may be sent now")));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return CompletableFuture.completedFuture(
                    new Reply.NotSent(new InterruptedIOException("stopped while waiting for the pace")));
        }
        if (closed) {
            places.release();
            return CompletableFuture.completedFuture(new Reply.NotSent(new IOException("closed")));
        }
        return start(call, number);
    }

    /** The same, waiting for the reply. A thread that is interrupted meanwhile breaks the call off. */
    public Reply ask(Call call) {
        var reply = send(call);
        try {
            return reply.get();
        } catch (InterruptedException stopped) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            return new Reply.Lost(new InterruptedIOException("stopped while waiting for the reply"));
        } catch (ExecutionException noReply) {
            throw new IllegalStateException(noReply.getCause());
        }
    }

    /** Since when nothing was answered, or nothing but that the server cannot work. */
    public Optional<Silence.Known> silence() {
        return silence.known();
    }

    /** See {@link Pace#rates}. */
    public List<Rate> rates() {
        return pace.rates();
    }

    /** Breaks off what is under way: those replies are {@link Reply.Lost}. */
    @Override
    public void close() {
        closed = true;
        breakOff.close();
        breakOff();
        threads.close();
    }

    private CompletableFuture<Reply> start(Call call, long number) {
        var own = call.request().timeout();
        var replyTimeout = own.orElse(limits.reply());
        var total = own.filter(timeout -> timeout.compareTo(limits.total()) > 0).orElse(limits.total());
        var request = HttpRequest.newBuilder(call.request(), (name, value) -> true)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(replyTimeout)
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange;
        try {
            exchange = client.sendAsync(request, head -> body(call, head.statusCode()));
        } catch (RuntimeException notARequest) {
            places.release();
            throw notARequest;
        }
        var began = pace.nanos(call.group());
        underWay.add(exchange);
        silence.asked();
        if (closed) {
            exchange.cancel(true);
        }
        var deadline = threads.timer().schedule(() -> exchange.cancel(true), total.toNanos(), TimeUnit.NANOSECONDS);
        var reply = new CompletableFuture<Reply>();
        exchange.whenCompleteAsync(
                (response, failure) -> {
                    deadline.cancel(false);
                    underWay.remove(exchange);
                    places.release();
                    note(response, failure);
                    if (failure == null) {
                        pace.replied(call.group(), number, began);
                    }
                    reply.complete(failure == null ? answer(call, response) : failed(failure, total));
                },
                threads.workers());
        reply.whenComplete((known, cancelled) -> {
            if (cancelled != null) {
                exchange.cancel(true);
            }
        });
        return reply;
    }

    /** What is no success is for whoever has to understand it, and short. */
    private static BoundedBody body(Call call, int status) {
        return status == OK || call.into() == null
                ? new BoundedBody(call.maxBytes(), call.into())
                : new BoundedBody(Math.min(call.maxBytes(), MOST_OF_AN_ERROR), null);
    }

    private void note(HttpResponse<byte[]> response, Throwable failure) {
        if (failure != null) {
            silence.failed("no answer");
        } else if (response.statusCode() >= SERVER_ERROR || response.statusCode() == TOO_MANY_REQUESTS) {
            silence.failed("status " + response.statusCode());
        } else {
            silence.answered();
        }
    }

    private Reply answer(Call call, HttpResponse<byte[]> response) {
        var answer = new Reply.Answer(response.statusCode(), response.headers(), response.body());
        throttling.answered(call.group(), answer);
        return answer;
    }

    private Reply failed(Throwable failure, Duration total) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            return new Reply.Lost(
                    closed
                            ? new InterruptedIOException("closed while waiting for the reply")
                            : new HttpTimeoutException(
                                    "no whole reply within " + total + ", or before all had to stop"));
        }
        var why = cause instanceof IOException io ? io : new IOException(cause);
        return nothingWasSent(cause) ? new Reply.NotSent(why) : new Reply.Lost(why);
    }

    private static boolean nothingWasSent(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof UnresolvedAddressException
                || failure instanceof SSLHandshakeException && isOurDistrust(failure);
    }

    /** We did not take the server's certificate, and so never got as far as the request. */
    private static boolean isOurDistrust(Throwable failure) {
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
