package org.yinzheng.api;

import java.time.Duration;
import org.yinzheng.signing.InvalidInput;

/// How much of everything at once.
///
/// @param uploadBytes the largest file that is verified
/// @param uploadBytesInFlight of all uploads together, in memory
/// @param stampBytes of all documents of one request to stamp, on the disk
/// @param stampBytesInFlight of all such requests together
/// @param issuing licences being issued at once: sessions of the token
/// @param parsing documents being verified at once
/// @param patience for a place before the answer is 503
/// @param idle a connection without a byte in either direction is closed; longer than `receive`, so that whoever is
/// too slow is told so
/// @param receive the time in which a request's head, and then its body, must have come in
/// @param stop how long stopping waits for what is under way
public record Limits(
        long uploadBytes,
        long uploadBytesInFlight,
        long stampBytes,
        long stampBytesInFlight,
        int issuing,
        int parsing,
        Duration patience,
        Duration idle,
        Duration receive,
        Duration stop) {
    public Limits {
        if (uploadBytes < 1
                || uploadBytesInFlight < uploadBytes
                || stampBytesInFlight < stampBytes
                || issuing < 1
                || parsing < 1) {
            throw new InvalidInput(
                    "limits", "limits", "each limit is at least 1, and one upload fits into all uploads");
        }
    }

    /// For two cores and half a gigabyte of heap.
    public static Limits defaults() {
        return new Limits(
                48L << 20,
                96L << 20,
                512L << 20,
                2L << 30,
                16,
                2 * Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(70),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30));
    }
}
