package org.yinzheng.registry.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who uses a directory, over all processes: each process that does holds a shared lock on the file `users`, which
/// the system releases when it dies; starting and stopping happen one at a time, under a lock on the file `gate`.
final class SharedUse {
    /// File locks belong to the process, so its own users of a directory are counted here.
    private static final ConcurrentHashMap<Path, SharedUse> HERE = new ConcurrentHashMap<>();

    private final Path directory;
    private final ReentrantLock here = new ReentrantLock();
    private @Nullable FileChannel shared;
    private int count;

    private SharedUse(Path directory) {
        this.directory = directory;
    }

    static SharedUse of(Path directory) throws IOException {
        return HERE.computeIfAbsent(directory.toRealPath(), SharedUse::new);
    }

    interface Action {
        void run() throws IOException;
    }

    void join(Action ensureRunning) throws IOException {
        exclusively(() -> {
            ensureRunning.run();
            if (count == 0) {
                var channel = open("users");
                channel.lock(0, 1, true);
                shared = channel;
            }
            count++;
        });
    }

    /// Runs `stop` when nobody is left.
    void leave(Action stop) throws IOException {
        exclusively(() -> {
            count--;
            if (count > 0 || shared == null) {
                return;
            }
            shared.close(); // with its lock
            shared = null;
            try (var channel = open("users");
                    var alone = channel.tryLock(0, 1, false)) {
                if (alone != null) {
                    stop.run();
                }
            }
        });
    }

    void exclusively(Action action) throws IOException {
        here.lock();
        try (var gate = open("gate");
                var lock = gate.lock()) {
            if (!lock.isValid()) {
                throw new IOException("the lock on " + directory + " is not valid");
            }
            action.run();
        } finally {
            here.unlock();
        }
    }

    private FileChannel open(String name) throws IOException {
        return FileChannel.open(
                directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
