package dev.caravan.console.access;

import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class UsersTest {

    @TempDir
    Path folder;

    private final User newcomer = new User("anna", "hash", new TreeSet<>(Roles.ALL), User.Password.ONE_TIME);
    private Users users;

    @BeforeEach
    void open() {
        users = new Users(folder, new ObjectMapper());
        users.put(newcomer);
    }

    @Test
    void ofManyWhoUseOneOneTimePasswordAtOnceOneSucceeds() throws Exception {
        var go = new CountDownLatch(1);
        var through = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(8);
        for (int one = 0; one < 8; one++) {
            threads.submit(() -> {
                go.await();
                return users.replace(newcomer, newcomer.with(User.Password.SPENT)) ? through.incrementAndGet() : 0;
            });
        }
        go.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(through).hasValue(1);
        assertThat(users.find("anna")).contains(newcomer.with(User.Password.SPENT));
    }

    @Test
    void whoWasRemovedMeanwhileDoesNotComeBack() {
        users.remove("anna");
        assertThat(users.replace(newcomer, newcomer.with(User.Password.OWN))).isFalse();
        assertThat(users.all()).isEmpty();
    }
}
