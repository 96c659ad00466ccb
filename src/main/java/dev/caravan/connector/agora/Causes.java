package dev.caravan.connector.agora;

/** Answers in words for people, without anything of a message. */
final class Causes {

    private Causes() {}

    static String of(AgoraAnswer answer) {
        if (answer instanceof AgoraAnswer.Denied denied) {
            return denied.status() + " " + denied.cause();
        }
        return answer instanceof AgoraAnswer.Later ? "the server asks to slow down" : "no answer";
    }
}
