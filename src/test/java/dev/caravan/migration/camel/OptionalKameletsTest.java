package dev.caravan.migration.camel;

import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class OptionalKameletsTest {

    private static final String CALL =
            """
            - route:
                id: %s
                from:
                  uri: direct:%s
                  steps:
                    - filter:
                        expression:
                          constant:
                            expression: "true"
                        steps:
                          - toD:
                              uri: kamelet:{{chat}}-%s/%s
                              parameters:
                                path: "{{?nowhere}}"
            """;
    private static final String KAMELET =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: toy-look-up-action
            spec:
              definition:
                title: Toy
                type: object
                properties:
                  path:
                    title: Path
                    description: Nothing.
                    type: string
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - setBody:
                        constant: found
            """;

    @TempDir
    Path routes;

    @Test
    void aKameletThatIsThereHasItsRouteBeforeAnythingCallsItAndOneThatIsNotIsLeftAlone() throws Exception {
        Files.createDirectories(routes.resolve("kamelets"));
        Files.writeString(routes.resolve("kamelets/toy-look-up-action.kamelet.yaml"), KAMELET);
        try (var camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().addInitialProperty("chat", "toy");
            var kamelets = new KameletComponent();
            kamelets.setLocation("file:" + routes.resolve("kamelets"));
            camel.addComponent("kamelet", kamelets);
            load(camel, "there", "look-up-action");
            load(camel, "missing", "seal-action");
            camel.start();

            OptionalKamelets.make(camel, routes);

            assertThat(camel.getRoute("there-called")).isNotNull();
            assertThat(camel.getRoute("missing-called")).isNull();
            var made = camel.getRoute("there-called");
            try (var producer = camel.createProducerTemplate()) {
                assertThat(producer.requestBody("direct:there", "?", String.class))
                        .isEqualTo("found");
            }
            assertThat(camel.getRoute("there-called")).isSameAs(made);
        }
    }

    private static void load(DefaultCamelContext camel, String id, String kamelet) throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(
                        ResourceHelper.fromString(id + ".camel.yaml", CALL.formatted(id, id, kamelet, id + "-called")));
    }
}
