import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The limit a migration is measured against: the messages of an export, unpacked before, are parsed to records and written
 * as JSON lines by two threads, with no hash, ledger, order or mapping. The first passes warm up, the best of the rest counts.
 * Usage: {@code java -cp <Jackson's jars> bench/BareJackson.java export.zip scratch-folder}
 */
public class BareJackson {
    private static final int THREADS = 2;
    private static final int WARM_UP = 2;
    private static final int PASSES = 5;

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Message(
            String user, String text, String ts, @JsonProperty("thread_ts") String thread, List<Reaction> reactions) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Reaction(String name, List<String> users) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Post(long createAt, String user, String message, String root, List<Reaction> reactions) {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[1]));
        Path flat = folder.resolve("messages.json");
        long[] offsets = unpack(Path.of(args[0]), flat);
        double best = 0;
        double micros = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            long cpu = cpu();
            long began = System.nanoTime();
            long messages = pass(flat, offsets, folder);
            double rate = messages * 1e9 / (System.nanoTime() - began);
            if (pass >= WARM_UP && rate > best) {
                best = rate;
                micros = (cpu() - cpu) / 1e3 / messages;
            }
        }
        System.out.printf(Locale.ROOT, 
                "bare Jackson: %.0f msg/s, %.2f CPU us/msg, peak RSS %d MiB with its compiler%n", best, micros, peakRss());
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** All day files behind each other; answers where each begins, and the end. */
    private static long[] unpack(Path export, Path flat) throws IOException {
        List<Long> offsets = new ArrayList<>();
        long at = 0;
        try (ZipFile zip = new ZipFile(export.toFile());
                OutputStream out = Files.newOutputStream(flat)) {
            var entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().indexOf('/') > 0 && entry.getSize() > 0) {
                    offsets.add(at);
                    try (InputStream in = zip.getInputStream(entry)) {
                        at += in.transferTo(out);
                    }
                }
            }
        }
        offsets.add(at);
        return offsets.stream().mapToLong(Long::longValue).toArray();
    }

    private static long pass(Path flat, long[] offsets, Path folder) throws Exception {
        JsonMapper mapper = JsonMapper.builder().build();
        AtomicInteger next = new AtomicInteger();
        AtomicLong messages = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        AtomicLong failures = new AtomicLong();
        try (FileChannel channel = FileChannel.open(flat)) {
            for (int t = 0; t < THREADS; t++) {
                Path out = folder.resolve("out" + t + ".jsonl");
                Thread thread = new Thread(() -> {
                    try {
                        messages.addAndGet(work(mapper, channel, offsets, next, out));
                    } catch (IOException e) {
                        failures.incrementAndGet();
                        System.err.println(out + ": " + e);
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        if (failures.get() > 0) {
            throw new IllegalStateException("a pass failed");
        }
        return messages.get();
    }

    private static long work(JsonMapper mapper, FileChannel channel, long[] offsets, AtomicInteger next, Path out)
            throws IOException {
        ObjectReader reader = mapper.readerFor(Message.class);
        ObjectWriter writer = mapper.writerFor(Post.class).withRootValueSeparator("\n");
        long messages = 0;
        try (var lines = writer.writeValues(Files.newOutputStream(out))) {
            for (int file = next.getAndIncrement(); file < offsets.length - 1; file = next.getAndIncrement()) {
                ByteBuffer bytes = ByteBuffer.allocate((int) (offsets[file + 1] - offsets[file]));
                while (bytes.hasRemaining() && channel.read(bytes, offsets[file] + bytes.position()) > 0) {
                    // positional reads until full
                }
                try (JsonParser parser = mapper.createParser(bytes.array())) {
                    parser.nextToken();
                    while (parser.nextToken() != null && parser.currentToken() != JsonToken.END_ARRAY) {
                        if (parser.currentToken() == JsonToken.START_OBJECT) {
                            lines.write(post(reader.readValue(parser)));
                        }
                        messages++;
                    }
                } catch (JsonProcessingException bad) {
                    messages++;
                }
            }
        }
        return messages;
    }

    private static Post post(Message message) {
        String ts = message.ts() == null ? "0.0" : message.ts();
        return new Post(
                Long.parseLong(ts, 0, ts.indexOf('.'), 10) * 1000,
                message.user(),
                message.text(),
                message.thread(),
                message.reactions());
    }

    /** MiB; 0 where there is no {@code /proc}. */
    private static long peakRss() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
