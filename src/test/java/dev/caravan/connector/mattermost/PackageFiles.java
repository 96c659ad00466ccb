package dev.caravan.connector.mattermost;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The files in a package, each of which has to be named by somebody. */
final class PackageFiles {

    private final PackageFields fields;
    private final Set<String> data = new HashSet<>();
    private final Set<String> named = new HashSet<>();

    PackageFiles(PackageFields fields) {
        this.fields = fields;
    }

    void entry(String name) {
        fields.must(name.startsWith("data/"), "entry " + name + " lies outside data/");
        fields.must(!Arrays.asList(name.split("/")).contains(".."), "entry " + name + " leads out");
        fields.must(Normalizer.isNormalized(name, Normalizer.Form.NFC), "entry " + name + " is not NFC");
        fields.must(data.add(name.substring(name.indexOf('/') + 1)), "entry " + name + " is there twice");
    }

    void named(String path) {
        fields.must(data.contains(path), "file " + path + " is not in the package");
        named.add(path);
    }

    void allNamed() {
        for (String file : data) {
            fields.must(named.contains(file), "data/" + file + " is named by nobody");
        }
    }
}
