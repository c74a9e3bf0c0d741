# shellcheck shell=sh disable=SC2154
# What ./yinzheng and ./check share: finding a JDK, system packages, the build's lock. POSIX sh; sourced with
# $home set to the project's folder. Exit 69: something that is needed is not there.

# Stands before the system's folders, so that a test can show a machine that has nothing.
root=${YINZHENG_ROOT:-}

say() { printf 'yinzheng: %s\n' "$*" >&2; }

unavailable() {
    say "$@"
    exit 69
}

# Java takes the encoding of file names from the locale: where that is plain ASCII, as in many containers, a
# Chinese file name is an error. Any other locale, such as GB18030, is the user's own and stays.
case $(locale charmap 2>/dev/null) in
    '' | ANSI* | US-ASCII)
        LC_ALL=C.UTF-8
        export LC_ALL
        ;;
esac

# --- JDK ---------------------------------------------------------------------------------------------------

# A JDK (with javac: it builds too), told by its `release` file, because starting each java takes too long.
is_jdk_25() {
    [ -x "$1/bin/javac" ] || return 1
    if [ -r "$1/release" ]; then
        while IFS= read -r line; do
            case $line in 'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'*) return 0 ;; esac
        done <"$1/release"
        return 1
    fi
    "$1/bin/javac" -version 2>&1 | grep -q '^javac 25'
}

java_on_path() {
    java=$(command -v java) && java=$(readlink -f "$java") && dirname "$(dirname "$java")"
}

# Sets JAVA_HOME to a JDK 25, and exports it.
find_jdk() {
    for jdk in "${JAVA_HOME:-}" "$(java_on_path)" "$root"/usr/lib/jvm/* "$root"/opt/* "${HOME:-}"/.sdkman/candidates/java/* \
        "${HOME:-}"/.jdks/* "$root"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$jdk" ] && is_jdk_25 "$jdk"; then
            JAVA_HOME=$jdk
            export JAVA_HOME
            return
        fi
    done
    say 'JDK 25 was not found (in JAVA_HOME, on PATH, in /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks). Install one:'
    say '  where the distribution has it:  sudo apt-get install openjdk-25-jdk-headless'
    say '                             or:  sudo dnf install java-25-openjdk-devel'
    unavailable '  anywhere: Eclipse Temurin 25 from https://adoptium.net, then set JAVA_HOME to its folder'
}

# --- system packages ---------------------------------------------------------------------------------------

any_file() {
    for file in "$@"; do
        if [ -f "$file" ]; then return 0; fi
    done
    return 1
}

# Where the program itself looks for SoftHSM (TokenProfile), and for fonts (Typefaces).
has_softhsm() {
    library=libsofthsm2.so
    any_file "$root"/usr/lib/softhsm/$library "$root"/usr/lib/*-linux-gnu/softhsm/$library \
        "$root"/usr/lib64/softhsm/$library "$root"/usr/lib64/pkcs11/$library "$root"/usr/lib/pkcs11/$library \
        "$root"/usr/local/lib/softhsm/$library "$root"/usr/local/lib64/softhsm/$library "$root"/usr/local/lib/$library
}

has_fonts() {
    fonts=$root/usr/share/fonts
    for font in NotoSerifCJK-Regular.ttc NotoSerifCJK-Bold.ttc NotoSansCJK-Regular.ttc; do
        any_file "$fonts/opentype/noto/$font" "$fonts/google-noto-serif-cjk-fonts/$font" \
            "$fonts/google-noto-sans-cjk-fonts/$font" "$fonts/google-noto-cjk/$font" "$fonts/noto-cjk/$font" \
            "$root/usr/local/share/fonts/$font" || return 1
    done
}

has() {
    case $1 in
        softhsm) has_softhsm ;;
        fonts) has_fonts ;;
        maven) command -v mvn >/dev/null ;;
        poppler) command -v pdfsig >/dev/null && command -v pdftotext >/dev/null ;;
        opensc) command -v pkcs11-tool >/dev/null ;;
        tesseract-chinese) tesseract --list-langs 2>/dev/null | grep -qx chi_sim ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# The packages that bring it, on a system with this package manager.
packages_of() {
    case $manager:$1 in
        apt-get:softhsm) echo softhsm2 ;;
        apt-get:fonts) echo fonts-noto-cjk ;;
        dnf:fonts) echo google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts ;;
        *:poppler) echo poppler-utils ;;
        apt-get:tesseract) echo tesseract-ocr ;;
        apt-get:tesseract-chinese) echo tesseract-ocr-chi-sim ;;
        dnf:tesseract-chinese) echo tesseract-langpack-chi_sim ;;
        dnf:xmlsec1) echo xmlsec1 xmlsec1-openssl ;;
        *) echo "$1" ;;
    esac
}

install_packages() {
    case $manager in
        apt-get)
            # a fresh container has no package lists, and old lists name files that are gone: refresh, try again
            apt_get install --no-install-recommends "$@" || { apt_get update && apt_get install --no-install-recommends "$@"; }
            ;;
        dnf) $as_root dnf install -y -q --setopt=install_weak_deps=False "$@" ;;
    esac
}

apt_get() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 "$@"; }

# provide WHAT...: installs what is missing when this user may, else names the exact command and stops.
# YINZHENG_INSTALL=no leaves the system alone and asks for nothing: for a machine with another token and fonts.
provide() {
    if [ "${YINZHENG_INSTALL:-}" = no ]; then return; fi
    missing=
    for what in "$@"; do
        has "$what" || missing="$missing $what"
    done
    if [ -z "$missing" ]; then return; fi

    manager=
    for candidate in apt-get dnf; do
        if [ -z "$manager" ] && command -v "$candidate" >/dev/null; then manager=$candidate; fi
    done
    if [ -z "$manager" ]; then unavailable "missing:$missing. Install with this system's package manager, then run again."; fi
    packages=
    for what in $missing; do
        packages="$packages $(packages_of "$what")"
    done

    # shellcheck disable=SC2086 # package names and "sudo -n" are words
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        say "missing:$missing. This user may not install them. Run this, then run again:"
        printf '    sudo %s install -y%s\n' "$manager" "$packages" >&2
        exit 69
    fi
    say "installing$packages ..."
    log=$(mktemp)
    # shellcheck disable=SC2086
    if ! install_packages $packages </dev/null >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        unavailable "$manager could not install$packages (its last words are above)"
    fi
    rm -f "$log"
    for what in $missing; do
        has "$what" || unavailable "$what is still not found, although$packages are installed"
    done
}

# --- Maven -------------------------------------------------------------------------------------------------

# Two builds must not write into each other. The lock is the root pom itself, so that no clean removes it; it
# goes when this process ends, however it ends. Commands run while it is held close it: `9<&-`.
lock_build() {
    exec 9<"$home/pom.xml"
    command -v flock >/dev/null || return 0
    flock -n 9 || {
        say 'another build is running here; waiting for it ...'
        flock 9
    }
}

unlock_build() { exec 9<&-; }

# Maven on the JDK found, without the warnings that its own libraries cause there.
maven() {
    MAVEN_OPTS="${MAVEN_OPTS:-} --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
        mvn -B -ntp -f "$home/pom.xml" "$@" 9<&-
}
