package org.yinzheng.api.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verification.DocumentVerifier;

/// Judges every hostile file in this JVM, and prints for each: size, time, the most that the heap held (garbage
/// included that was not collected yet), and the answer.
final class HostileRun {
    static final int HEAP_MEGABYTES = 256;

    private HostileRun() {}

    /// @param arguments the folder of the files
    public static void main(String[] arguments) throws IOException {
        var verifier = new DocumentVerifier(Trust.NONE);
        var heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        for (var file : HostileFiles.values()) {
            var document = DocumentBytes.owning(Files.readAllBytes(Path.of(arguments[0], file.name())));
            System.gc();
            heap.forEach(MemoryPoolMXBean::resetPeakUsage);
            var begin = System.nanoTime();
            var report = verifier.verify(document, Instant.parse("2026-11-21T08:00:00Z"));
            var time = Duration.ofNanos(System.nanoTime() - begin);
            var peak = heap.stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            System.out.printf(
                    "| %s | %,d kB | %d ms | %d MB | %s %s |%n",
                    file.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                    document.size() >> 10,
                    time.toMillis(),
                    peak >> 20,
                    report.indication(),
                    report.reasons());
        }
    }
}
