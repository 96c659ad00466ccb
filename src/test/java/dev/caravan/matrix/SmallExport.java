package dev.caravan.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.caravan.TestMigration;
import dev.caravan.connector.slack.ExportZip;

/** A Slack export of two people, a public and a private channel and a direct conversation, one message for each thing. */
final class SmallExport {

    static final String FILE = "two lines\nof notes\n";

    static final String PLAIN = "C1/1709539201.000100";
    static final String ROOT = "C1/1709539202.000100";
    static final String REACTED = "C1/1709539203.000100";
    static final String BOLD = "C1/1709539204.000100";
    static final String EDITED = "C1/1709539205.000100";
    static final String REPLY = "C1/1709539206.000100";
    static final String WITH_FILE = "C1/1709539207.000100";
    static final String OTHER = "C1/1709539208.000100";
    static final String LAST = "C1/1709539209.000100";
    static final int MESSAGES = 11;

    private static final Map<String, String> ENTRIES = entries();

    private SmallExport() {}

    /** A migration of it onto this homeserver, below the folder. */
    static TestMigration onto(Synapse synapse, Path folder, String prefix) {
        write(folder);
        return new TestMigration(folder)
                .with(synapse.sinkSettings(prefix))
                .with("caravan.source.path", folder.resolve("export.zip").toString())
                .with("caravan.source.files-folder", folder.resolve("files").toString());
    }

    private static void write(Path folder) {
        try {
            var file = folder.resolve("files/F1/notes.txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, FILE);
            var zip = new ExportZip();
            ENTRIES.forEach((entry, content) -> zip.with(entry, content.replace('\'', '"')));
            zip.write(folder, "export.zip");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> entries() {
        var entries = new LinkedHashMap<String, String>();
        entries.put(
                "users.json",
                "[{'id':'U1','name':'anna','profile':{'real_name':'Anna','email':'anna@example.com'}},"
                        + "{'id':'U2','name':'bruno','profile':{'real_name':'Bruno','email':'bruno@example.com'}}]");
        var both = "'created':1709000000,'creator':'U1','members':['U1','U2']";
        entries.put("channels.json", "[{'id':'C1','name':'general'," + both + "}]");
        entries.put("groups.json", "[{'id':'G1','name':'board'," + both + "}]");
        entries.put("dms.json", "[{'id':'D1'," + both + "}]");
        entries.put(
                "general/2024-03-04.json",
                "["
                        + String.join(
                                ",",
                                message(1, "U2", "plain", ""),
                                message(2, "U1", "root", ",'thread_ts':'1709539202.000100','reply_count':1"),
                                message(
                                        3,
                                        "U1",
                                        "reacted",
                                        ",'reactions':[{'name':'+1','users':['U1','U2'],'count':2}]"),
                                message(4, "U1", "*bold* words", ""),
                                message(5, "U1", "edited", ",'edited':{'user':'U1','ts':'1709539300.000000'}"),
                                message(6, "U2", "reply", ",'thread_ts':'1709539202.000100','parent_user_id':'U1'"),
                                message(
                                        7,
                                        "U1",
                                        "",
                                        ",'upload':true,'files':[{'id':'F1','name':'notes.txt','mimetype':'text/plain',"
                                                + "'size':19,'mode':'hosted'}]"),
                                message(8, "U2", "other", ""),
                                message(9, "U2", "last", ""))
                        + "]");
        entries.put("board/2024-03-04.json", "[" + message(10, "U1", "for the board", "") + "]");
        entries.put("D1/2024-03-04.json", "[" + message(11, "U2", "just us", "") + "]");
        return entries;
    }

    private static String message(int second, String user, String text, String more) {
        return "{'type':'message','ts':'%d.000100','user':'%s','text':'%s'%s}"
                .formatted(1_709_539_200 + second, user, text, more);
    }
}
