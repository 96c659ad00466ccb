# The packaged application with the files an operator edits. Build the application first: ./mvnw package
#
#   docker build -t caravan .
#   docker run --rm -v "$PWD/exports:/caravan/input:ro" -v caravan-work:/caravan/caravan-work caravan run

# Needs nothing but a Java 17 or newer; a JRE is enough.
FROM eclipse-temurin:21-jre

# File names and output in UTF-8: without a locale Java can neither open 计划.txt nor print it.
ENV LANG=C.UTF-8

# A number, so that Kubernetes can see that it is not root (runAsNonRoot).
RUN groupadd --gid 10001 caravan && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /caravan caravan

WORKDIR /caravan

# What changes least comes first. Owned by root and not writable for the application; mount your own over routes/ and
# application.properties to change them without a new image.
COPY target/quarkus-app/ app/
COPY routes/ routes/
COPY application.properties application.properties

# The two places the application reads and writes; made here so that new volumes belong to its user.
RUN mkdir input caravan-work && chown 10001:10001 caravan-work
VOLUME ["/caravan/input", "/caravan/caravan-work"]

# The image holds no sample: what is mounted at input/ is the export.
ENV CARAVAN_SOURCE_PATH=/caravan/input \
    CARAVAN_WORK_DIR=/caravan/caravan-work \
    CARAVAN_SINK_PATH=/caravan/caravan-work/mattermost.zip

# Only `serve` listens.
EXPOSE 8080

USER 10001:10001

# No shell in between, so that "docker stop" reaches the application, which then ends at a checkpoint (it takes up to 30 s:
# docker stop --time 40). Heap by the container's limit, the rest is for the database's and zip's own memory. A process out of
# memory ends, instead of limping on; the next run goes on from the last checkpoint. The parallel collector with all of its heap
# from the start moves a fifth more messages than the JVM's own choice (bench/jdbc): nobody waits for a short pause here.
ENTRYPOINT ["java", "-XX:+UseParallelGC", "-XX:InitialRAMPercentage=70", "-XX:MaxRAMPercentage=70", \
    "-XX:+ExitOnOutOfMemoryError", "-jar", "/caravan/app/quarkus-run.jar"]
CMD ["--help"]
