package org.yinzheng.registry.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.licence.RegisterEntry;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.signing.Digest;

/// An invented city: who holds how many licences of which of 58 types. The same number always gives the same
/// licence. One in twelve holders is an enterprise; most hold one or two licences, one enterprise in fifty
/// holds up to 220; a few types make up most licences; one licence in sixteen has a second holder.
final class City {
    private static final String CITIZEN_CHECK = "10X98765432";
    private static final int[] CITIZEN_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final String ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int[] ORGANISATION_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};
    private static final Authority AUTHORITY = new Authority(new CreditCode("11330105002500287C"), "云泽市行政审批局");
    private static final int TYPES = 58;
    private static final Instant FIRST_DAY = Instant.parse("2010-01-01T00:00:00Z");
    private static final long SIXTEEN_YEARS = 16L * 365 * 86_400;

    private final double[] typeShares = new double[TYPES];
    /// The first licence of each holder, and after the last.
    private final int[] first;

    City(int holders) {
        double sum = 0;
        for (int i = 0; i < TYPES; i++) {
            sum += 1.0 / (i + 1);
            typeShares[i] = sum;
        }
        for (int i = 0; i < TYPES; i++) {
            typeShares[i] /= sum;
        }
        first = new int[holders + 1];
        for (int i = 0; i < holders; i++) {
            first[i + 1] = first[i] + count(i);
        }
    }

    int holders() {
        return first.length - 1;
    }

    int licences() {
        return first[holders()];
    }

    int firstLicence(int holder) {
        return first[holder];
    }

    int holderOf(int licence) {
        int found = Arrays.binarySearch(first, licence);
        return found >= 0 ? found : -found - 2;
    }

    private static boolean enterprise(int holder) {
        return holder % 12 == 0;
    }

    private static int count(int holder) {
        var random = new SplittableRandom(holder);
        if (enterprise(holder) && random.nextInt(50) == 0) {
            return 20 + (int) (200 * Math.pow(random.nextDouble(), 4));
        }
        int count = 1;
        while (random.nextInt(100) < 51 && count < 12) {
            count++;
        }
        return count;
    }

    HolderId holder(int holder) {
        return enterprise(holder) ? creditCode(holder) : citizen(holder);
    }

    private static CitizenId citizen(int holder) {
        var birth = LocalDate.of(1945, 1, 1).plusDays(holder % 24_000);
        var body = "330105" + birth.toString().replace("-", "") + "%03d".formatted(holder / 24_000);
        int sum = 0;
        for (int i = 0; i < CITIZEN_WEIGHTS.length; i++) {
            sum += CITIZEN_WEIGHTS[i] * (body.charAt(i) - '0');
        }
        return new CitizenId(body + CITIZEN_CHECK.charAt(sum % 11));
    }

    private static CreditCode creditCode(int holder) {
        var organisation = "MA%06d".formatted(holder / 12);
        int sum = 0;
        for (int i = 0; i < ORGANISATION_WEIGHTS.length; i++) {
            sum += ORGANISATION_WEIGHTS[i] * ORGANISATION.indexOf(organisation.charAt(i));
        }
        int check = 11 - sum % 11;
        var body = "91330105" + organisation + (check == 10 ? "X" : check == 11 ? "0" : String.valueOf(check));
        int total = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            total += weight * CREDIT.indexOf(body.charAt(i));
            weight = weight * 3 % 31;
        }
        return new CreditCode(body + CREDIT.charAt((31 - total % 31) % 31));
    }

    String typeCode(int licence) {
        double share = new SplittableRandom(licence * 31L).nextDouble();
        int type = Arrays.binarySearch(typeShares, share);
        return "11100000000013338W%03d".formatted(100 + (type < 0 ? -type - 1 : type));
    }

    LicenceNumber number(int licence) {
        return new LicenceNumber("JY%010d".formatted(licence));
    }

    LicenceId id(int licence) {
        return LicenceId.of(typeCode(licence), AUTHORITY.code(), "2026%09d".formatted(licence), 1);
    }

    Licence licence(int number) {
        int holder = holderOf(number);
        var random = new SplittableRandom(number);
        var from = FIRST_DAY.plusSeconds(random.nextLong(SIXTEEN_YEARS));
        var day = LocalDate.ofInstant(from, ZoneOffset.UTC);
        var second = random.nextInt(16) == 0
                ? List.of(new Party(
                        new Holder(citizen(random.nextInt(holders() / 12 + 1) * 12 + 1), "周明"), Party.Role.SPOUSE))
                : List.<Party>of();
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("KZ_ZZ", "云泽市滨河区长青街道学林路 %d 号 %d 幢 %d 室".formatted(number % 900, number % 31, number % 2000))
                .put("KZ_JYFW", "食品销售；日用百货销售；信息咨询服务；技术开发、技术转让（依法须经批准的项目除外）")
                .put("KZ_CLRQ", day.toString())
                .put("KZ_BH", random.nextLong());
        return new Licence(
                id(number),
                number(number),
                typeCode(number),
                "证照类型" + typeCode(number).substring(18),
                Optional.of("1"),
                new Holder(holder(holder), enterprise(holder) ? "云泽市第" + holder + "商贸有限公司" : "林知远"),
                second,
                AUTHORITY,
                Standing.IN_FORCE,
                day,
                number % 3 == 0 ? Optional.of(day.plusYears(20)) : Optional.empty(),
                data,
                Map.of(),
                from,
                Digest.sha256(data.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Optional.empty(),
                RegisterEntry.first(Optional.empty(), Parts.NONE));
    }
}
