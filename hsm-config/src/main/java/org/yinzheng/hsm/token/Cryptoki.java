package org.yinzheng.hsm.token;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The few PKCS#11 2.40 functions that SunPKCS11 does not offer: beginning and ending the library's use,
/// finding a slot by its token's label, setting up a token, logging in with a return code that can be told
/// apart, and naming objects. Signatures and ciphers go through SunPKCS11, which uses the same library in this
/// process and therefore shares its login.
///
/// Structures are laid out as on 64-bit Unix (CK_ULONG is 8 bytes, natural alignment).
@SuppressWarnings("restricted") // calling native functions is what this class is for
final class Cryptoki {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final int USER = 1;
    private static final int SECURITY_OFFICER = 0;
    private static final long SERIAL_SESSION = 0x4;
    private static final long RW_SESSION = 0x2;
    private static final long OS_LOCKING_OK = 0x2;

    /// Positions in CK_FUNCTION_LIST (PKCS#11 2.40 §3.6).
    private enum Function {
        C_Initialize(0),
        C_Finalize(1),
        C_GetInfo(2),
        C_GetSlotList(4),
        C_GetTokenInfo(6),
        C_GetMechanismList(7),
        C_InitToken(9),
        C_InitPIN(10),
        C_OpenSession(12),
        C_CloseSession(13),
        C_GetSessionInfo(15),
        C_Login(18),
        C_Logout(19),
        C_GetAttributeValue(24),
        C_SetAttributeValue(25),
        C_FindObjectsInit(26),
        C_FindObjects(27),
        C_FindObjectsFinal(28);

        final int position;

        Function(int position) {
            this.position = position;
        }
    }

    private final MemorySegment functions;

    private Cryptoki(MemorySegment functions) {
        this.functions = functions;
    }

    /// Loads the library; it stays loaded until the process ends, as SunPKCS11 keeps it too.
    ///
    /// @throws IllegalArgumentException when the file is no library that can be loaded, or no PKCS#11 module
    static Cryptoki load(Path library) {
        var entry = SymbolLookup.libraryLookup(library, Arena.global())
                .find("C_GetFunctionList")
                .orElseThrow(() -> new IllegalArgumentException("no C_GetFunctionList in " + library));
        try (var arena = Arena.ofConfined()) {
            var out = arena.allocate(ADDRESS);
            var code = (long) LINKER.downcallHandle(entry, FunctionDescriptor.of(JAVA_LONG, ADDRESS))
                    .invokeExact(out);
            if (code != 0) {
                throw new IllegalArgumentException("C_GetFunctionList failed in " + library);
            }
            return new Cryptoki(out.get(ADDRESS, 0).reinterpret(8 + 68 * 8L));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing checked", e);
        }
    }

    /// @return false when the library was in use in this process already
    boolean initialize() throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var arguments = arena.allocate(48, 8);
            arguments.set(JAVA_LONG, 32, OS_LOCKING_OK);
            call(Function.C_Initialize, arguments);
            return true;
        } catch (CryptokiException e) {
            if (e.code() == CryptokiException.CRYPTOKI_ALREADY_INITIALIZED) {
                return false;
            }
            throw e;
        }
    }

    /// Ends every session and login that this process has with the library. No other thread may be in it.
    void finish() throws CryptokiException {
        call(Function.C_Finalize, MemorySegment.NULL);
    }

    /// Such as "SoftHSM 2.6".
    String libraryVersion() throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(88, 8);
            call(Function.C_GetInfo, info);
            return text(info, 2, 32) + " " + info.get(JAVA_BYTE, 80) + "." + info.get(JAVA_BYTE, 81);
        }
    }

    List<Long> slots() throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var count = arena.allocate(JAVA_LONG);
            call(Function.C_GetSlotList, (byte) 1, MemorySegment.NULL, count);
            var slots = arena.allocate(JAVA_LONG, Math.max(1, count.get(JAVA_LONG, 0)));
            call(Function.C_GetSlotList, (byte) 1, slots, count);
            return longs(slots, count.get(JAVA_LONG, 0));
        }
    }

    TokenInfo tokenInfo(long slot) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(208, 8);
            call(Function.C_GetTokenInfo, slot, info);
            return new TokenInfo(slot, text(info, 0, 32), text(info, 80, 16), info.get(JAVA_LONG, 96));
        }
    }

    Set<Long> mechanisms(long slot) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var count = arena.allocate(JAVA_LONG);
            call(Function.C_GetMechanismList, slot, MemorySegment.NULL, count);
            var codes = arena.allocate(JAVA_LONG, Math.max(1, count.get(JAVA_LONG, 0)));
            call(Function.C_GetMechanismList, slot, codes, count);
            return new TreeSet<>(longs(codes, count.get(JAVA_LONG, 0)));
        }
    }

    /// Erases whatever the slot's token holds.
    void initToken(long slot, Pin securityOfficer, String label) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var padded = new byte[32];
            Arrays.fill(padded, (byte) ' ');
            var name = label.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(name, 0, padded, 0, name.length);
            var pin = securityOfficer.copyTo(arena);
            try {
                call(Function.C_InitToken, slot, pin, pin.byteSize(), copy(arena, padded));
            } finally {
                pin.fill((byte) 0);
            }
        }
    }

    /// Sets the user's PIN for the first time. The session must be logged in as security officer.
    void initPin(long session, Pin user) throws CryptokiException {
        withPin(user, (pin, length) -> call(Function.C_InitPIN, session, pin, length));
    }

    void loginSecurityOfficer(long session, Pin pin) throws CryptokiException {
        withPin(pin, (bytes, length) -> call(Function.C_Login, session, (long) SECURITY_OFFICER, bytes, length));
    }

    /// Logs the whole process in, for as long as it keeps one session open.
    void loginUser(long session, Pin pin) throws CryptokiException {
        withPin(pin, (bytes, length) -> call(Function.C_Login, session, (long) USER, bytes, length));
    }

    void logout(long session) throws CryptokiException {
        call(Function.C_Logout, session);
    }

    long openSession(long slot) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var session = arena.allocate(JAVA_LONG);
            call(
                    Function.C_OpenSession,
                    slot,
                    SERIAL_SESSION | RW_SESSION,
                    MemorySegment.NULL,
                    MemorySegment.NULL,
                    session);
            return session.get(JAVA_LONG, 0);
        }
    }

    void closeSession(long session) throws CryptokiException {
        call(Function.C_CloseSession, session);
    }

    /// Whether the session lives and the user is logged in.
    boolean loggedIn(long session) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(32, 8);
            call(Function.C_GetSessionInfo, session, info);
            var state = info.get(JAVA_LONG, 8);
            return state == 1 || state == 3; // CKS_RO_USER_FUNCTIONS, CKS_RW_USER_FUNCTIONS
        }
    }

    /// The objects that have all of these attributes, at most 1000.
    List<Long> find(long session, List<Attribute> template) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            call(Function.C_FindObjectsInit, session, template(arena, template), (long) template.size());
            try {
                var found = arena.allocate(JAVA_LONG, 1000);
                var count = arena.allocate(JAVA_LONG);
                call(Function.C_FindObjects, session, found, 1000L, count);
                return longs(found, count.get(JAVA_LONG, 0));
            } finally {
                call(Function.C_FindObjectsFinal, session);
            }
        }
    }

    /// Reads an attribute of at most 256 bytes.
    byte[] attribute(long session, long object, long type) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var wanted = template(arena, List.of(new Attribute(type, new byte[256])));
            call(Function.C_GetAttributeValue, session, object, wanted, 1L);
            var length = wanted.get(JAVA_LONG, 16);
            return wanted.get(ADDRESS, 8).reinterpret(length).toArray(JAVA_BYTE);
        }
    }

    void set(long session, long object, List<Attribute> attributes) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            call(Function.C_SetAttributeValue, session, object, template(arena, attributes), (long) attributes.size());
        }
    }

    private interface PinCall {
        void with(MemorySegment pin, long length) throws CryptokiException;
    }

    private static void withPin(Pin pin, PinCall call) throws CryptokiException {
        try (var arena = Arena.ofConfined()) {
            var bytes = pin.copyTo(arena);
            try {
                call.with(bytes, bytes.byteSize());
            } finally {
                bytes.fill((byte) 0);
            }
        }
    }

    private static MemorySegment template(Arena arena, List<Attribute> attributes) {
        var array = arena.allocate(24L * attributes.size(), 8);
        for (int i = 0; i < attributes.size(); i++) {
            var value = attributes.get(i).value();
            array.set(JAVA_LONG, 24L * i, attributes.get(i).type());
            array.set(ADDRESS, 24L * i + 8, copy(arena, value));
            array.set(JAVA_LONG, 24L * i + 16, value.length);
        }
        return array;
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        return arena.allocate(Math.max(1, bytes.length)).copyFrom(MemorySegment.ofArray(bytes));
    }

    private static List<Long> longs(MemorySegment segment, long count) {
        return Arrays.stream(segment.asSlice(0, count * 8).toArray(JAVA_LONG))
                .boxed()
                .toList();
    }

    private static String text(MemorySegment segment, long offset, long length) {
        var bytes = segment.asSlice(offset, length).toArray(JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private void call(Function function, Object... arguments) throws CryptokiException {
        var types = Arrays.stream(arguments).map(Cryptoki::layout).toArray(MemoryLayout[]::new);
        var address = functions.get(ADDRESS, 8 + 8L * function.position);
        MethodHandle handle = LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_LONG, types));
        long code;
        try {
            code = (long) handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing checked", e);
        }
        if (code != 0) {
            throw new CryptokiException(function.name(), code);
        }
    }

    private static MemoryLayout layout(Object argument) {
        return switch (argument) {
            case Long _ -> JAVA_LONG;
            case Byte _ -> JAVA_BYTE;
            case MemorySegment _ -> ADDRESS;
            default -> throw new AssertionError(argument.getClass());
        };
    }
}
