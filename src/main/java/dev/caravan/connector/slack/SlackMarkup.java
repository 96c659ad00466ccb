package dev.caravan.connector.slack;

import com.fasterxml.jackson.databind.JsonNode;

/** Stand-in until dev.caravan.transform.text.SlackMarkup is here: text unchanged. */
final class SlackMarkup {

    private SlackMarkup() {}

    static String message(JsonNode message) {
        return mrkdwn(message.path("text").asText(""));
    }

    static String mrkdwn(String text) {
        return text;
    }
}
