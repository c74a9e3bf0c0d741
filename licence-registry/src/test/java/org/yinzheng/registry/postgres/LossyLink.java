package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// A network link to PostgreSQL that can lose an answer: the statement arrives and is done, and nobody hears of it.
/// Connections have to name `prepareThreshold=0`, so that the statement's text is in every message.
public final class LossyLink implements AutoCloseable {
    private final ServerSocket entrance;
    private final int target;
    private volatile @Nullable String lost;

    public LossyLink(int target) throws IOException {
        this.target = target;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /// Loses the answer to the next message that holds `statement`, and the connection with it.
    public void loseTheAnswerTo(String statement) {
        lost = statement;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private void accept() {
        try {
            while (true) {
                var client = entrance.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> requests(client, server));
                Thread.ofVirtual().start(() -> answers(server, client));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void requests(Socket client, Socket server) {
        try (client;
                server) {
            var buffer = new byte[65_536];
            InputStream from = client.getInputStream();
            OutputStream to = server.getOutputStream();
            for (int n = from.read(buffer); n > 0; n = from.read(buffer)) {
                var wanted = lost;
                boolean lose = wanted != null && new String(buffer, 0, n, ISO_8859_1).contains(wanted);
                if (lose) {
                    lost = null;
                    client.close(); // before PostgreSQL can answer
                }
                to.write(buffer, 0, n);
                to.flush();
                if (lose) {
                    server.shutdownOutput(); // PostgreSQL does what it was told, and then sees that nobody is there
                    server.getInputStream().transferTo(OutputStream.nullOutputStream());
                    return;
                }
            }
        } catch (IOException gone) {
            // one of the two hung up
        }
    }

    private static void answers(Socket server, Socket client) {
        try (client) {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException gone) {
            // one of the two hung up
        }
    }
}
