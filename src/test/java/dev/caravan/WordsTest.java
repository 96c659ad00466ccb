package dev.caravan;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Words for people: nothing is said in one language only, and nothing is said that no bundle knows. */
class WordsTest {

    private static final Path WORDS = Path.of("src/main/resources/words");
    private static final Pattern CODE = Pattern.compile("\"(CRV-\\d{3})\"");

    @Test
    void bothLanguagesSayTheSameThings() {
        assertThat(chinese().stringPropertyNames()).isEqualTo(english().stringPropertyNames());
    }

    @Test
    void noKeyStandsTwice() throws IOException {
        for (String file : new String[] {"messages.properties", "messages_zh.properties"}) {
            var keys = Files.readAllLines(WORDS.resolve(file)).stream()
                    .filter(line -> !line.startsWith("#") && line.contains("="))
                    .map(line -> line.substring(0, line.indexOf('=')))
                    .toList();
            assertThat(keys).as(file).doesNotHaveDuplicates();
        }
    }

    @Test
    void bothLanguagesUseTheSameArguments() {
        var english = english();
        var chinese = chinese();
        for (String key : english.stringPropertyNames()) {
            assertThat(arguments(chinese.getProperty(key))).as(key).isEqualTo(arguments(english.getProperty(key)));
        }
    }

    @Test
    void everyCodeThrownHasWordsAndStandsInTheListOfErrors() throws IOException {
        var thrown = new TreeSet<String>();
        for (Path file : sources()) {
            CODE.matcher(Files.readString(file)).results().forEach(match -> thrown.add(match.group(1)));
        }
        var documented = Files.readString(Path.of("docs/errors.md"));
        assertThat(english().stringPropertyNames()).containsAll(thrown);
        assertThat(thrown).allSatisfy(code -> assertThat(documented).contains(code));
    }

    private static TreeSet<String> arguments(String text) {
        var arguments = new TreeSet<String>();
        Pattern.compile("\\{(\\d)").matcher(text).results().forEach(match -> arguments.add(match.group(1)));
        return arguments;
    }

    private static java.util.List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static Properties english() {
        return read("messages.properties");
    }

    private static Properties chinese() {
        return read("messages_zh.properties");
    }

    private static Properties read(String file) {
        var words = new Properties();
        try (Reader reader = Files.newBufferedReader(WORDS.resolve(file))) {
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
