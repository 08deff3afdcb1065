package dev.waggle.platform.admin.form;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/// A QR code as a picture: PNG and SVG with the quiet zone of four modules that scanners want, or text of half
/// blocks for a dark terminal.
public final class QrPicture {
    private static final int QUIET = 4;
    private static final int QUIET_TERMINAL = 2;
    private static final int PIXELS_PER_MODULE = 8;

    private final ByteMatrix modules;

    private QrPicture(ByteMatrix modules) {
        this.modules = modules;
    }

    public static QrPicture of(String text) {
        try {
            return new QrPicture(Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix());
        } catch (WriterException e) {
            throw new IllegalStateException("a QR text of " + text.length() + " characters", e);
        }
    }

    private boolean dark(int x, int y) {
        return x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight() && modules.get(x, y) == 1;
    }

    public byte[] png() {
        int side = (modules.getWidth() + 2 * QUIET) * PIXELS_PER_MODULE;
        return Png.of(side, (x, y) -> dark(x / PIXELS_PER_MODULE - QUIET, y / PIXELS_PER_MODULE - QUIET));
    }

    public String svg() {
        int side = modules.getWidth() + 2 * QUIET;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (dark(x, y)) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
                shape-rendering="crispEdges"><rect width="100%%" height="100%%" fill="#fff"/>\
                <path d="%s" fill="#000"/></svg>
                """.formatted(side, side, side * PIXELS_PER_MODULE, side * PIXELS_PER_MODULE, path);
    }

    /// Two modules per character, one above the other; light modules are drawn, since terminals are dark.
    public String terminal() {
        StringBuilder text = new StringBuilder();
        for (int y = -QUIET_TERMINAL; y < modules.getHeight() + QUIET_TERMINAL; y += 2) {
            for (int x = -QUIET_TERMINAL; x < modules.getWidth() + QUIET_TERMINAL; x++) {
                boolean upper = !dark(x, y);
                boolean lower = !dark(x, y + 1);
                text.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
            }
            text.append('\n');
        }
        return text.toString();
    }
}
