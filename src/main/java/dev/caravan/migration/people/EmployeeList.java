package dev.caravan.migration.people;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.caravan.model.Problem;

/**
 * Reads a list of employees as personnel departments export it: CSV with a header line, in UTF-8 or, as spreadsheets in China
 * write it, GB 18030; separated by commas, semicolons or tabs. Columns are known by their usual names in English and Chinese.
 */
final class EmployeeList {

    private static final CsvMapper CSV = new CsvMapper();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final Map<String, Set<String>> COLUMNS = Map.of(
            "username", Set.of("username", "user", "login", "account", "target", "用户名", "账号", "帐号", "登录名"),
            "email", Set.of("email", "mail", "emailaddress", "workemail", "邮箱", "电子邮件", "电子邮箱", "工作邮箱"),
            "number",
                    Set.of(
                            "number",
                            "employeenumber",
                            "employeeid",
                            "employeeno",
                            "staffid",
                            "staffno",
                            "工号",
                            "员工编号",
                            "员工号",
                            "人员编号"),
            "name", Set.of("name", "fullname", "displayname", "realname", "employeename", "姓名", "名字", "员工姓名", "中文名"),
            "pinyin", Set.of("pinyin", "姓名拼音", "拼音", "latinname", "englishname", "英文名"));

    private EmployeeList() {}

    /** @throws Problem CRV-650 when it has no column to tell people by, 651 when it is no CSV */
    static List<Employee> read(byte[] file) {
        var text = text(file);
        var employees = new ArrayList<Employee>();
        try (MappingIterator<Map<String, String>> lines = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader().withColumnSeparator(separator(text)))
                .readValues(text)) {
            while (lines.hasNext()) {
                var row = known(lines.next());
                if (!row.containsKey("email") && !row.containsKey("username")) {
                    throw new Problem("CRV-650");
                }
                var employee = employee(row);
                if (!employee.username().isEmpty()) {
                    employees.add(employee);
                }
            }
        } catch (IOException | RuntimeException noCsv) {
            if (noCsv instanceof Problem problem) {
                throw problem;
            }
            throw new Problem(noCsv, "CRV-651");
        }
        if (employees.isEmpty()) {
            throw new Problem("CRV-650");
        }
        return employees;
    }

    /** Without a column for it, the user name is what stands before the @ of the address. */
    private static Employee employee(Map<String, String> row) {
        var email = row.getOrDefault("email", "").strip().toLowerCase(Locale.ROOT);
        var username = row.getOrDefault("username", "").strip().toLowerCase(Locale.ROOT);
        return new Employee(
                username.isEmpty() ? email.split("@", 2)[0] : username,
                email,
                row.getOrDefault("number", "").strip(),
                row.getOrDefault("name", "").strip(),
                row.getOrDefault("pinyin", "").strip());
    }

    private static Map<String, String> known(Map<String, String> row) {
        var known = new HashMap<String, String>();
        row.forEach((column, value) -> {
            var plain = column.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]", "");
            COLUMNS.forEach((name, spellings) -> {
                if (spellings.contains(plain) && value != null) {
                    known.putIfAbsent(name, value);
                }
            });
        });
        return known;
    }

    private static char separator(String text) {
        var header = text.lines().findFirst().orElse("");
        return header.indexOf('\t') >= 0 ? '\t' : header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
    }

    private static String text(byte[] file) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            return new String(file, Charset.forName("GB18030"));
        }
    }
}
