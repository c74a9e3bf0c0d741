package org.yinzheng.registry.catalogue;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.LicenceId;

/// What every licence says, whatever its type, under the short names of GB/T 36903.
public record PrintedFacts(
        String typeName,
        LicenceId id,
        String number,
        List<Holder> holders,
        Authority authority,
        LocalDate issuedOn,
        LocalDate validFrom,
        Optional<LocalDate> validUntil) {
    static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.ROOT);

    private static final DateTimeFormatter CODED = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String NO_END = "长期";
    private static final String BETWEEN = "、";

    /// The last day as people read it.
    public static String until(Optional<LocalDate> last) {
        return last.map(day -> day.format(SHOWN)).orElse(NO_END);
    }

    /// As people read it.
    Map<String, String> shown() {
        var text = texts(SHOWN);
        text.putIfAbsent("ZZYXQJZRQ", NO_END);
        return text;
    }

    /// As programs read it; what is not known is not there.
    public Map<String, String> coded() {
        return texts(CODED);
    }

    private Map<String, String> texts(DateTimeFormatter dates) {
        var text = new HashMap<String, String>();
        text.put("ZZMC", typeName);
        text.put("ZZBH", number);
        text.put("ZZBS", id.value());
        text.put("ZZBFJG", authority.name());
        text.put("ZZBFRQ", issuedOn.format(dates));
        text.put("CZZT", holders.stream().map(Holder::name).collect(Collectors.joining(BETWEEN)));
        text.put("CZZTDM", holders.stream().map(holder -> holder.id().value()).collect(Collectors.joining(BETWEEN)));
        text.put("ZZYXQQSRQ", validFrom.format(dates));
        validUntil.ifPresent(day -> text.put("ZZYXQJZRQ", day.format(dates)));
        return text;
    }
}
