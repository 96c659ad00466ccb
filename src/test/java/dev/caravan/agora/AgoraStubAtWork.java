package dev.caravan.agora;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests against a server of their own that enforces every documented rule; each test finds it empty. */
public abstract class AgoraStubAtWork {

    protected static AgoraStubProcess stub;

    @BeforeAll
    static void startStub() {
        stub = new AgoraStubProcess();
    }

    @AfterAll
    static void stopStub() {
        stub.close();
    }

    @BeforeEach
    void emptyStub() {
        stub.reset();
    }
}
