package org.yinzheng.registry.conversion.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yinzheng.signing.InvalidInput;

/// How a CSV is encoded: UTF-8, or GB 18030 as Chinese spreadsheets write it. Text that is valid UTF-8 all through and
/// has Chinese in it is UTF-8: the odds of GB 18030 text passing are nil beyond a few characters.
final class TextEncoding {
    private TextEncoding() {}

    /// Reads the whole file, keeping nothing.
    ///
    /// @throws InvalidInput `index-encoding` when it is neither
    static Charset of(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var start = in.readNBytes(2);
            if (start.length == 2 && (start[0] & 0xff) + (start[1] & 0xff) == 0xff + 0xfe) {
                throw new InvalidInput("index-encoding", "", "the index is UTF-16; save it as CSV UTF-8");
            }
        }
        for (var charset : new Charset[] {UTF_8, Charset.forName("GB18030")}) {
            if (decodes(file, charset)) {
                return charset;
            }
        }
        throw new InvalidInput("index-encoding", "", "the index is neither UTF-8 nor GB 18030");
    }

    /// Without the byte order mark; malformed bytes are an exception, never a replacement character.
    static Reader reader(InputStream in, Charset charset) throws IOException {
        var reader = new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return new BomSkipper(reader);
    }

    private static boolean decodes(Path file, Charset charset) throws IOException {
        var buffer = new char[1 << 16];
        try (var in = Files.newInputStream(file);
                var reader = reader(in, charset)) {
            int read;
            do {
                read = reader.read(buffer);
            } while (read >= 0);
            return true;
        } catch (CharacterCodingException notThisOne) {
            return false;
        }
    }

    private static final class BomSkipper extends java.io.FilterReader {
        private boolean started;

        BomSkipper(Reader in) {
            super(in);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (!started && length > 0) {
                started = true;
                int first = in.read();
                if (first < 0) {
                    return -1;
                }
                if (first != '\ufeff') {
                    buffer[offset] = (char) first;
                    return 1;
                }
            }
            return in.read(buffer, offset, length);
        }
    }
}
