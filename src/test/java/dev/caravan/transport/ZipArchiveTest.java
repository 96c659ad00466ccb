package dev.caravan.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.caravan.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ZipArchiveTest {

    @TempDir
    Path folder;

    private Path zip(String... entries) throws IOException {
        var file = folder.resolve("x.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static List<String> names(Path file, ArchiveLimits limits) {
        var names = new ArrayList<String>();
        ZipArchive.open(file, limits, entry -> names.add(entry.name())).close();
        return names;
    }

    private static List<String> names(Path file) {
        return names(file, ArchiveLimits.DEFAULT);
    }

    /** Changes the first header of the central directory. */
    private static Path patch(Path file, int offset, byte... value) throws IOException {
        var bytes = Files.readAllBytes(file);
        int end = bytes.length - 22;
        int central = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
        System.arraycopy(value, 0, bytes, central + offset, value.length);
        Files.write(file, bytes);
        return file;
    }

    @Test
    void entriesAreListedInOrderAndReadInAnyOrder() throws IOException {
        var entries = new ArrayList<ArchiveEntry>();
        try (var zip = ZipArchive.open(zip("a", "b/", "b/历史"), ArchiveLimits.DEFAULT, entries::add)) {
            assertThat(entries).extracting(ArchiveEntry::name).containsExactly("a", "b/", "b/历史");
            assertThat(zip.open(entries.get(2).position())).hasContent("b/历史");
            assertThat(zip.open(entries.get(0).position())).hasContent("a");
        }
    }

    @Test
    void storedEntriesAreRead() throws IOException {
        var file = folder.resolve("stored.zip");
        var content = new byte[200_000];
        new Random(1).nextBytes(content);
        var crc = new CRC32();
        crc.update(content);
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            var entry = new ZipEntry("s");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(content);
        }
        var entries = new ArrayList<ArchiveEntry>();
        try (var zip = ZipArchive.open(file, ArchiveLimits.DEFAULT, entries::add);
                var in = zip.open(entries.get(0).position())) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void moreThan65535EntriesAreRead() throws IOException {
        var names = new String[70_000];
        Arrays.setAll(names, i -> "f" + i);
        var entries = new ArrayList<ArchiveEntry>();
        try (var zip = ZipArchive.open(zip(names), ArchiveLimits.DEFAULT, entries::add)) {
            assertThat(entries).hasSize(70_000);
            assertThat(zip.open(entries.get(69_999).position())).hasContent("f69999");
        }
    }

    @Test
    void whatIsNoZipIsToldApart() throws IOException {
        var file = folder.resolve("x.zip");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> names(file)).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-102");
        Files.writeString(file, "<html>log in</html>");
        assertThatThrownBy(() -> names(file)).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-103");
        zip();
        assertThatThrownBy(() -> names(file)).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-102");
        Files.delete(file);
        assertThatThrownBy(() -> names(file)).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-115");
    }

    @Test
    void aZipCutAnywhereIsTruncated() throws IOException {
        var whole = Files.readAllBytes(zip("a", "b", "c"));
        for (int percent = 5; percent < 100; percent += 5) {
            var cut = folder.resolve("cut.zip");
            Files.write(cut, Arrays.copyOf(whole, whole.length * percent / 100));
            assertThatThrownBy(() -> names(cut)).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-104");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "a/..", "/etc/x", "C:\\x", "c:x", "a\\b", "a\0b"})
    void namesThatLeadOutAreRefused(String name) throws IOException {
        assertThatThrownBy(() -> names(zip(name))).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-110");
    }

    @Test
    void harmlessNamesWithDotsAreNot() throws IOException {
        assertThat(names(zip("a..b/..c", "...", "a/b..json"))).hasSize(3);
    }

    @Test
    void namesThatLeadOutAndLinksAreLeftOutWhenAskedTo() throws IOException {
        var file = zip("../x", "a", "b\\c");
        var limits = ArchiveLimits.DEFAULT.skippingUnsafeNames(true);
        assertThat(names(file, limits)).containsExactly("a");
        try (var zip = ZipArchive.open(file, limits, entry -> {})) {
            assertThat(zip.skipped()).containsExactly("../x", "b\\c");
        }
        var link = patch(patch(zip("a", "b"), 5, (byte) 3), 38, (byte) 0, (byte) 0, (byte) 0xFF, (byte) 0xA1);
        assertThat(names(link, ArchiveLimits.DEFAULT.skippingLinks(true))).containsExactly("b");
        assertThatThrownBy(() -> names(link, limits)).hasMessageStartingWith("CRV-111");
    }

    @Test
    void archivesInsideAreRefusedWhenAskedTo() throws IOException {
        var file = zip("a", "inner.zip");
        assertThat(names(file)).hasSize(2);
        assertThatThrownBy(() -> names(file, ArchiveLimits.DEFAULT.refusingNested(true)))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-130");
    }

    @Test
    void sizesAndOffsetsAreReadFromTheZip64Field() throws IOException {
        var entries = new ArrayList<ArchiveEntry>();
        var file = inZip64(zip("hello"), 24);
        try (var zip = ZipArchive.open(file, ArchiveLimits.DEFAULT, entries::add)) {
            assertThat(entries).singleElement().satisfies(entry -> {
                assertThat(entry.bytes()).isEqualTo(5);
                assertThat(entry.localHeader()).isZero();
            });
            assertThat(zip.open(entries.get(0).position())).hasContent("hello");
        }
        assertThatThrownBy(() -> names(inZip64(zip("hello"), 16)))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-105");
    }

    /** The only entry, its sizes and offset moved into a zip64 field of so many bytes (PKWARE APPNOTE 4.5.3). */
    private static Path inZip64(Path file, int fieldBytes) throws IOException {
        var old = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int end = old.capacity() - 22;
        int central = old.getInt(end + 16);
        int name = old.getShort(central + 28);
        var big = ByteBuffer.allocate(old.capacity() + 4 + fieldBytes).order(ByteOrder.LITTLE_ENDIAN);
        big.put(old.array(), 0, central + 46 + name);
        big.putShort((short) 1).putShort((short) fieldBytes);
        long[] values = {old.getInt(central + 24), old.getInt(central + 20), old.getInt(central + 42)};
        for (int i = 0; i < fieldBytes / 8; i++) {
            big.putLong(values[i]);
        }
        int newEnd = big.position();
        big.put(old.array(), end, 22);
        big.putInt(central + 20, -1).putInt(central + 24, -1).putInt(central + 42, -1);
        big.putShort(central + 30, (short) (4 + fieldBytes));
        big.putInt(newEnd + 12, newEnd - central);
        return Files.write(file, big.array());
    }

    @Test
    void linksAreRefused() throws IOException {
        var file = patch(patch(zip("a"), 5, (byte) 3), 38, (byte) 0, (byte) 0, (byte) 0xFF, (byte) 0xA1);
        assertThatThrownBy(() -> names(file)).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-111");
    }

    @Test
    void encryptedEntriesAreRefused() throws IOException {
        var file = patch(zip("a"), 8, (byte) 9);
        assertThatThrownBy(() -> names(file)).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-112");
    }

    @Test
    void namesThatStandTwiceAreRefused() throws IOException {
        var file = patch(zip("a", "b"), 46, (byte) 'b');
        assertThatThrownBy(() -> names(file)).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-113");
    }

    @Test
    void otherCompressionsAreRefused() throws IOException {
        var file = patch(zip("a"), 10, (byte) 93);
        assertThatThrownBy(() -> names(file)).isInstanceOf(Problem.class).hasMessageStartingWith("CRV-114");
    }

    @Test
    void aRefusalNamesTheSettingAndTheValueThatPasses() throws IOException {
        var three = zip("a", "bb", "ccc");
        assertThatThrownBy(() -> names(three, new ArchiveLimits(2, 100, 100, 100)))
                .hasMessageStartingWith("CRV-106")
                .hasMessageContaining("caravan.source.max-entries=3");
        assertThat(names(three, new ArchiveLimits(3, 100, 100, 100))).hasSize(3);
        assertThatThrownBy(() -> names(three, new ArchiveLimits(3, 5, 100, 100)))
                .hasMessageStartingWith("CRV-107")
                .hasMessageContaining("caravan.source.max-total-bytes=6");
        assertThat(names(three, new ArchiveLimits(3, 6, 100, 100))).hasSize(3);
        assertThatThrownBy(() -> names(three, new ArchiveLimits(3, 6, 2, 100)))
                .hasMessageStartingWith("CRV-109")
                .hasMessageContaining("caravan.source.max-entry-bytes=3");
        assertThat(names(three, new ArchiveLimits(3, 6, 3, 100))).hasSize(3);
    }

    @Test
    void aBombIsRefusedByItsRatio() throws IOException {
        var file = folder.resolve("bomb.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("zeros"));
            zip.write(new byte[4 << 20]);
        }
        assertThatThrownBy(() -> names(file))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("CRV-108")
                .hasMessageMatching("(?s).*caravan\\.source\\.max-ratio=\\d+.*");
    }

    @Test
    void aBombThatLiesAboutItsSizeIsStoppedWhereItLied() throws IOException {
        var file = folder.resolve("x.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("zeros"));
            zip.write(new byte[4 << 20]);
        }
        patch(file, 24, (byte) 100, (byte) 0, (byte) 0, (byte) 0);
        var entries = new ArrayList<ArchiveEntry>();
        try (var zip = ZipArchive.open(file, ArchiveLimits.DEFAULT, entries::add);
                var in = zip.open(entries.get(0).position())) {
            assertThatThrownBy(() -> in.readNBytes(1_000_000)).isInstanceOf(DamagedEntryException.class);
        }
    }
}
