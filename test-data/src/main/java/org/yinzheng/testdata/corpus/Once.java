package org.yinzheng.testdata.corpus;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that many specimens begin with: made when it is first asked for, and then kept.
public final class Once<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    private Once(Supplier<T> maker) {
        this.maker = maker;
    }

    public static <T> Once<T> of(Supplier<T> maker) {
        return new Once<>(maker);
    }

    @Override
    public synchronized T get() {
        var here = made;
        if (here == null) {
            here = maker.get();
            made = here;
        }
        return here;
    }
}
