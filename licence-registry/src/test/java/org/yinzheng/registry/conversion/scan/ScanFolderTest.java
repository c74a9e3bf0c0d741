package org.yinzheng.registry.conversion.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;

class ScanFolderTest {
    @TempDir
    Path directory;

    private Path scans;
    private ScanFolder folder;

    @BeforeEach
    void open() throws IOException {
        scans = Files.createDirectory(directory.resolve("scans"));
        folder = new ScanFolder(scans);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "tiff"})
    void picture_whatEverItsNameSays_isUsable(String format) throws IOException {
        var bytes = picture(format, 700, 500);
        assertThat(look(bytes)).isEqualTo(new Scan.Usable(Digest.sha256(bytes)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.jpg", "a/../../secret.jpg", "/etc/passwd", "../scans-2/secret.jpg"})
    void path_thatLeadsOutOfTheFolder_isRefused(String name) throws IOException {
        Files.createDirectory(directory.resolve("scans-2"));
        Files.write(directory.resolve("secret.jpg"), picture("jpeg", 60, 60));
        Files.write(directory.resolve("scans-2/secret.jpg"), picture("jpeg", 60, 60));
        assertThat(folder.look(name)).isEqualTo(new Scan.Refused(ScanFault.OUTSIDE_THE_FOLDER));
    }

    @Test
    void link_thatLeadsOutOfTheFolder_isRefused() throws IOException {
        var outside = Files.write(directory.resolve("secret.jpg"), picture("jpeg", 60, 60));
        Files.createSymbolicLink(scans.resolve("inside.jpg"), outside);
        Files.createSymbolicLink(scans.resolve("sub"), directory);
        assertThat(folder.look("inside.jpg")).isEqualTo(new Scan.Refused(ScanFault.OUTSIDE_THE_FOLDER));
        assertThat(folder.look("sub/secret.jpg")).isEqualTo(new Scan.Refused(ScanFault.OUTSIDE_THE_FOLDER));
    }

    @Test
    void link_withinTheFolder_isUsable() throws IOException {
        var real = Files.write(scans.resolve("real.png"), picture("png", 60, 60));
        Files.createSymbolicLink(scans.resolve("other.png"), real);
        assertThat(folder.look("other.png")).isInstanceOf(Scan.Usable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.jpg", "loop.jpg", "folder", "file.jpg/x", "nul\0.jpg", ""})
    void nameOfNoFile_isMissing(String name) throws IOException {
        Files.createSymbolicLink(scans.resolve("loop.jpg"), Path.of("loop.jpg"));
        Files.createDirectory(scans.resolve("folder"));
        Files.createFile(scans.resolve("file.jpg"));
        assertThat(folder.look(name)).isEqualTo(new Scan.Refused(ScanFault.MISSING));
    }

    @Test
    void pngThatDeclaresHugeSides_isRefusedBeforeItIsDecoded() throws IOException {
        // 60,000 × 60,000: decoded it would need 10 GB
        var bytes = picture("png", 60, 60);
        ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 60_000);
        repairHeader(bytes);
        assertRefused(bytes, ScanFault.TOO_LARGE);
    }

    @Test
    void tiffThatDeclaresHugeSides_isRefused() throws IOException {
        var bytes = picture("tiff", 60, 60);
        setTiffTag(bytes, 256, 60_000);
        setTiffTag(bytes, 257, 60_000);
        assertRefused(bytes, ScanFault.TOO_LARGE);
    }

    @Test
    void jpegThatDeclaresHugeSides_isRefused() throws IOException {
        var bytes = picture("jpeg", 60, 60);
        int frame = find(bytes, (byte) 0xff, (byte) 0xc0);
        ByteBuffer.wrap(bytes).putShort(frame + 5, (short) 65_000).putShort(frame + 7, (short) 65_000);
        assertRefused(bytes, ScanFault.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 50, 90, 99})
    void jpegCutShort_isUnreadable(int percent) throws IOException {
        var bytes = picture("jpeg", 700, 500);
        assertRefused(Arrays.copyOf(bytes, bytes.length * percent / 100), ScanFault.UNREADABLE);
    }

    @Test
    void jpegCutShortAndClosedAgain_isUnreadable() throws IOException {
        var bytes = picture("jpeg", 700, 500);
        var cut = Arrays.copyOf(bytes, bytes.length / 2);
        cut[cut.length - 2] = (byte) 0xff;
        cut[cut.length - 1] = (byte) 0xd9;
        assertRefused(cut, ScanFault.UNREADABLE);
    }

    @Test
    void jpegWithSomethingBehindIt_isUsable() throws IOException {
        var bytes = picture("jpeg", 700, 500);
        assertThat(look(Arrays.copyOf(bytes, bytes.length + 100))).isInstanceOf(Scan.Usable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 50, 99})
    void pngOrTiffCutShort_isUnreadable(int percent) throws IOException {
        for (var format : new String[] {"png", "tiff"}) {
            var bytes = picture(format, 700, 500);
            assertRefused(Arrays.copyOf(bytes, bytes.length * percent / 100), ScanFault.UNREADABLE);
        }
    }

    @Test
    void tiffWhoseDirectoriesFormACircle_ends() throws IOException {
        var bytes = picture("tiff", 60, 60);
        var tiff = tiff(bytes);
        int directory = tiff.getInt(4);
        tiff.putInt(directory + 2 + 12 * (tiff.getShort(directory) & 0xffff), directory);
        assertThat(look(bytes)).isInstanceOfAny(Scan.Refused.class, Scan.Usable.class);
    }

    @Test
    void pdf_isRefusedAsSuch() throws IOException {
        assertRefused("%PDF-1.7\n%%EOF".getBytes(java.nio.charset.StandardCharsets.US_ASCII), ScanFault.PDF);
    }

    @Test
    void anotherFormat_isUnreadable() throws IOException {
        assertRefused(picture("gif", 60, 60), ScanFault.UNREADABLE);
        assertRefused(new byte[0], ScanFault.UNREADABLE);
    }

    @Test
    void fileBeyondTheCap_isTooLarge() throws IOException {
        try (var file = Files.newByteChannel(
                scans.resolve("scan"),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.WRITE)) {
            file.position(ScanFolder.MOST_BYTES).write(ByteBuffer.wrap(new byte[1]));
        }
        assertThat(folder.look("scan")).isEqualTo(new Scan.Refused(ScanFault.TOO_LARGE));
    }

    @Test
    void folderThatIsNotThere_isInvalidInput() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> new ScanFolder(directory.resolve("nowhere")))
                .satisfies(e -> assertThat(e.code()).isEqualTo("scans-missing"));
    }

    private Scan look(byte[] bytes) throws IOException {
        Files.write(scans.resolve("scan"), bytes);
        return folder.look("scan");
    }

    private void assertRefused(byte[] bytes, ScanFault fault) throws IOException {
        assertThat(look(bytes)).isEqualTo(new Scan.Refused(fault));
    }

    private static byte[] picture(String format, int width, int height) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        for (int i = 0; i < width; i += 7) {
            graphics.setColor(new Color(i * 7919 & 0xffffff));
            graphics.drawLine(i, 0, width - i, height);
        }
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static void repairHeader(byte[] png) {
        var crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    }

    private static ByteBuffer tiff(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    private static void setTiffTag(byte[] bytes, int tag, int value) {
        var tiff = tiff(bytes);
        int directory = tiff.getInt(4);
        for (int i = 0; i < tiff.getShort(directory); i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xffff) == tag) {
                tiff.putShort(entry + 2, (short) 4).putInt(entry + 4, 1).putInt(entry + 8, value);
                return;
            }
        }
        throw new AssertionError("no tag " + tag);
    }

    private static int find(byte[] bytes, byte first, byte second) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == first && bytes[i + 1] == second) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
