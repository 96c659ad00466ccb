package dev.caravan.migration.reload;

import java.nio.file.Files;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Files edited while a service runs serve the next run. */
class ReloadTest extends ServiceAtWork {

    @Test
    void anEditedMappingServesTheNextRun() throws Exception {
        assertThat(messages("hello")).containsExactly("{\"text\":\"hello\"}");

        replace("mappings/list/to/message.jslt", "\"text\"", "\"words\"");

        assertThat(messages("again")).containsExactly("{\"words\":\"again\"}");
    }

    @Test
    void anEditedRouteServesTheNextRunAndTheOthersGoOn() throws Exception {
        var seal = service.camel.getRoute("seal");

        replace(
                "batch.camel.yaml",
                "        - to:\n            id: to-deliver",
                "        - bean:\n            id: shout\n            ref: shout\n        - to:\n            id: to-deliver");

        assertThat(messages("hello")).containsExactly("{\"TEXT\":\"HELLO\"}");
        assertThat(service.camel.getRoute("seal")).isSameAs(seal);
        assertThat(service.reload.state().refused()).isEmpty();
    }

    @Test
    void anEditedKameletServesTheNextRun() throws Exception {
        messages("hello");

        replace(
                "kamelets/list-sink.kamelet.yaml",
                "      steps:",
                "      steps:\n        - bean:\n            ref: shout");

        assertThat(messages("again")).containsExactly("{\"TEXT\":\"AGAIN\"}");
        assertThat(routes()).doesNotHaveDuplicates();
    }

    @Test
    void anEditedRouteConfigurationServesTheNextRun() throws Exception {
        replace("error-handler.camel.yaml", "maximumRedeliveries: 0", "maximumRedeliveries: 1");

        assertThat(messages("hello")).containsExactly("{\"text\":\"hello\"}");
        assertThat(service.reload.state().refused()).isEmpty();
    }

    @Test
    void aRenamedFileKeepsItsRoutesOnce() throws Exception {
        Files.move(file("seal.camel.yaml"), file("package.camel.yaml"));
        looks();

        assertThat(routes()).doesNotHaveDuplicates().contains("seal");
        assertThat(service.camel.getRoute("seal").getSourceResource().getLocation())
                .endsWith("package.camel.yaml");
        assertThat(messages("hello")).containsExactly("{\"text\":\"hello\"}");
    }

    @Test
    void aRenamedRouteTakesTheOldOnesPlace() throws Exception {
        replace("seal.camel.yaml", "id: seal\n", "id: packing\n");
        looks();

        assertThat(routes()).contains("packing").doesNotContain("seal");
        assertThat(messages("hello")).containsExactly("{\"text\":\"hello\"}");
    }

    @Test
    void theRoutesOfADeletedFileEnd() throws Exception {
        write(
                "more.camel.yaml",
                """
                - route:
                    id: more
                    from:
                      uri: direct:more
                      steps:
                        - log:
                            message: more
                """);
        looks();
        assertThat(routes()).contains("more");

        Files.delete(file("more.camel.yaml"));
        looks();

        assertThat(routes()).doesNotContain("more");
        assertThat(service.reload.state().refused()).isEmpty();
    }

    @Test
    void aFileStillBeingSavedIsNotJudged() throws Exception {
        write("lane.camel.yaml", "");
        service.reload.look();

        assertThat(service.reload.state().refused()).isEmpty();
    }

    @Test
    void editsDuringARunWaitForItsEnd() throws Exception {
        service.reload.undisturbed(() -> {
            replace("lane.camel.yaml", "Reads one lane", "Reads a lane");
            inAnotherThread(this::looks);
            assertThat(service.reload.state().waiting()).containsExactly("lane.camel.yaml");
            assertThat(service.camel.getRoute("lane").getDescription()).startsWith("Reads one lane");
            return null;
        });
        looks();

        assertThat(service.reload.state().waiting()).isEmpty();
        assertThat(service.camel.getRoute("lane").getDescription()).startsWith("Reads a lane");
    }

    private List<String> routes() {
        return service.camel.getRoutes().stream()
                .map(route -> route.getRouteId())
                .toList();
    }

    private static void inAnotherThread(Runnable work) {
        var thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
