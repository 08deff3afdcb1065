package dev.waggle.transport.http;

import java.io.IOException;
import java.io.InputStream;

/// What a call carries. The length is exact: more or fewer bytes from the stream end the exchange as broken.
public sealed interface HttpBody {
    HttpBody NONE = new Bytes(new byte[0]);

    long length();

    /// Opened again for a redirect that keeps the body.
    InputStream open() throws IOException;

    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(byte[] bytes) implements HttpBody {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new java.io.ByteArrayInputStream(bytes);
        }
    }

    record Streamed(long length, Opener opener) implements HttpBody {
        /// Opens the body from its start.
        @FunctionalInterface
        public interface Opener {
            InputStream open() throws IOException;
        }

        @Override
        public InputStream open() throws IOException {
            return opener.open();
        }
    }
}
