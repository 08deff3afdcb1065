package dev.waggle.platform.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// HTTP as no decent client would speak it: bytes out, everything that comes back until the server hangs up.
final class RawHttp {
    private RawHttp() {}

    static String ask(URI server, String bytes) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            } catch (SocketException _) {
                // Not all of it was taken: what was answered by then is still there.
            }
            return read(socket.getInputStream());
        }
    }

    /// Up to the end of the body that `Content-Length` announces, or to the end of the stream.
    private static String read(InputStream stream) throws IOException {
        StringBuilder text = new StringBuilder();
        int read;
        while (!complete(text) && (read = stream.read()) >= 0) {
            text.append((char) read);
        }
        return text.toString();
    }

    private static boolean complete(StringBuilder text) {
        int end = text.indexOf("\r\n\r\n");
        int length = text.indexOf("Content-Length: ");
        if (end < 0 || length < 0) {
            return false;
        }
        String announced = text.substring(length + 16, text.indexOf("\r\n", length));
        return text.length() >= end + 4 + Integer.parseInt(announced);
    }
}
