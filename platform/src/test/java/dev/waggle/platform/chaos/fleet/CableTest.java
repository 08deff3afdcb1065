package dev.waggle.platform.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class CableTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String HOST = HERE.getHostAddress();

    @Test
    void what_is_said_while_it_is_cut_arrives_when_it_is_mended() throws IOException {
        try (ServerSocket member = new ServerSocket(0, 1, HERE);
                Cable cable = new Cable(HOST, new InetSocketAddress(HERE, member.getLocalPort()));
                Socket caller = new Socket(HERE, cable.port());
                Socket taken = member.accept()) {
            caller.getOutputStream().write(1);
            assertThat(taken.getInputStream().read()).isEqualTo(1);
            cable.cut(HOST);
            caller.getOutputStream().write(2);
            taken.setSoTimeout(200);
            assertThatThrownBy(() -> taken.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            taken.getOutputStream().write(3);
            assertThat(caller.getInputStream().read()).as("the other way").isEqualTo(3);
            taken.setSoTimeout(0);
            cable.mend();
            assertThat(taken.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void a_connection_that_begins_while_it_is_cut_is_made_when_it_is_mended() throws IOException {
        try (ServerSocket member = new ServerSocket(0, 1, HERE);
                Cable cable = new Cable(HOST, new InetSocketAddress(HERE, member.getLocalPort()))) {
            cable.cut(HOST);
            try (Socket caller = new Socket(HERE, cable.port())) {
                caller.getOutputStream().write(1);
                member.setSoTimeout(200);
                assertThatThrownBy(member::accept).isInstanceOf(SocketTimeoutException.class);
                member.setSoTimeout(0);
                cable.mend();
                try (Socket taken = member.accept()) {
                    assertThat(taken.getInputStream().read()).isEqualTo(1);
                }
            }
        }
    }
}
