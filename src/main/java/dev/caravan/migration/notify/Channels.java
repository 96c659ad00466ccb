package dev.caravan.migration.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;

/** The channels the settings name. */
public final class Channels {

    private static final String PREFIX = "caravan.notify.";

    private Channels() {}

    /** @throws Problem CRV-202, 684, 687 what is wrong with a setting; never with its value */
    public static void check(Settings settings) {
        robots(settings.notices()).forEach((format, robot) -> {
            address(format, robot);
            Secrets.find(name(format, "secret-file"), robot.secret(), robot.secretFile());
        });
        if (settings.notices().email().host().isPresent()) {
            Email.check(settings.notices().email());
        }
    }

    /** Templates are those of the folder people edit, also while a service runs from a copy. */
    static Path templates(Settings settings) {
        return settings.serve().watched().resolve("routes").resolve("notices");
    }

    static List<Channel> open(Settings settings, Clock clock) {
        var channels = new ArrayList<Channel>();
        var notify = settings.notices();
        robots(notify).forEach((format, robot) -> address(format, robot)
                .ifPresent(url -> channels.add(new Robot(
                        format,
                        url,
                        Secrets.find(name(format, "secret-file"), robot.secret(), robot.secretFile()),
                        words(notify, robot.lang()),
                        templates(settings),
                        clock))));
        if (notify.email().host().isPresent()) {
            channels.add(new Email(notify.email(), words(notify, notify.email().lang()), templates(settings)));
        }
        return channels;
    }

    private static Map<Format, Settings.Robot> robots(Settings.Notices settings) {
        var robots = new EnumMap<Format, Settings.Robot>(Format.class);
        robots.put(Format.WEBHOOK, settings.webhook());
        robots.put(Format.WECOM, settings.wecom());
        robots.put(Format.DINGTALK, settings.dingtalk());
        robots.put(Format.FEISHU, settings.feishu());
        robots.put(Format.SLACK, settings.slack());
        robots.put(Format.MATTERMOST, settings.mattermost());
        return robots;
    }

    private static Optional<URI> address(Format format, Settings.Robot robot) {
        return Secrets.find(name(format, "url-file"), robot.url(), robot.urlFile())
                .map(url -> parsed(name(format, "url"), url));
    }

    private static URI parsed(String setting, String url) {
        try {
            var address = new URI(url);
            if (address.getHost() != null
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException notAnAddress) {
            // Its text is the address: it is told by the setting's name alone.
            throw new Problem("CRV-684", setting);
        }
        throw new Problem("CRV-684", setting);
    }

    private static String name(Format format, String last) {
        return PREFIX + format.word() + "." + last;
    }

    private static Words words(Settings.Notices settings, Optional<String> own) {
        return Words.in(Locale.forLanguageTag(own.orElse(settings.lang())));
    }
}
