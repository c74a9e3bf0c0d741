package org.yinzheng.testdata;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.yinzheng.testdata.DemoPeople.Authority;
import org.yinzheng.testdata.DemoPeople.Citizen;
import org.yinzheng.testdata.DemoPeople.Company;
import org.yinzheng.testdata.paper.Device;
import org.yinzheng.testdata.paper.Sheet;
import org.yinzheng.testdata.paper.Sheet.Form;
import org.yinzheng.testdata.paper.Sheet.Line;

/// Invents the rows of a stock: business licences and residence permits by turns, and six mistakes.
final class StockRows {
    static final List<ExpectedRejection> MISTAKES = List.of(
            new ExpectedRejection(7, ExpectedRejection.Kind.CHECK_DIGIT),
            new ExpectedRejection(12, ExpectedRejection.Kind.MISSING_SCAN),
            new ExpectedRejection(17, ExpectedRejection.Kind.UNREADABLE_SCAN),
            new ExpectedRejection(21, ExpectedRejection.Kind.DATE_ORDER),
            new ExpectedRejection(26, ExpectedRejection.Kind.DUPLICATE),
            new ExpectedRejection(30, ExpectedRejection.Kind.UNKNOWN_TYPE));

    /// Names that a conversion must carry through unharmed: a character beyond 16 bits, one that is in few fonts,
    /// a middle dot, and a company's name of 35 characters.
    private static final Map<Integer, String> HARD_NAMES = Map.of(
            3, "林𠮷安",
            9, "王㛃",
            13, "买买提江·吐尔逊阿不都拉",
            14, "云泽市临湖区听雨街道老城社区便民生活服务与适老化家庭装修改造工程有限责任公司");

    /// The header is row 1.
    static final int FIRST_ROW = 2;

    private final SplittableRandom random;
    private final Invented invented;

    private StockRows(long seed) {
        this.random = new SplittableRandom(seed);
        this.invented = new Invented(random.split());
    }

    static List<StockRow> invent(long seed, int count) {
        StockRows rows = new StockRows(seed);
        List<StockRow> list = new ArrayList<>();
        for (int row = FIRST_ROW; row < FIRST_ROW + count; row++) {
            list.add(row % 2 == 0 ? rows.businessLicence(row) : rows.residencePermit(row));
        }
        for (ExpectedRejection mistake : MISTAKES) {
            list.set(mistake.row() - FIRST_ROW, spoil(mistake, list));
        }
        return list;
    }

    private static StockRow spoil(ExpectedRejection mistake, List<StockRow> rows) {
        StockRow row = rows.get(mistake.row() - FIRST_ROW);
        return switch (mistake.kind()) {
            case CHECK_DIGIT -> row.withHolderCode(CheckDigits.spoilt(row.holderCode()));
            // both of these show in the folder of scans, not in the row
            case MISSING_SCAN, UNREADABLE_SCAN -> row;
            case DATE_ORDER -> row.withDates(row.until().orElseThrow(), row.from());
            case DUPLICATE -> {
                StockRow earlier = rows.get(2);
                yield earlier.withScan(earlier.scan().replace(".", "-重扫."));
            }
            case UNKNOWN_TYPE -> row.withType("文化经营备案证");
        };
    }

    private StockRow businessLicence(int row) {
        String hardName = HARD_NAMES.get(row);
        Company company = hardName == null ? invented.company() : invented.company(hardName);
        String number = company.creditCode().substring(2, 8) + "%09d".formatted(100_000 + row * 7_919);
        LocalDate from = company.founded();
        Optional<LocalDate> until =
                random.nextInt(4) == 0 ? Optional.of(from.plusYears(50).minusDays(1)) : Optional.empty();

        Map<String, String> data = new LinkedHashMap<>();
        data.put("类型", company.kind());
        data.put("法定代表人", company.representative());
        data.put("注册资本", company.capital());
        data.put("成立日期", from.toString());
        data.put("营业期限", until.map(day -> inWords(from) + "至" + inWords(day)).orElse("长期"));
        data.put("住所", company.address());
        data.put("经营范围", company.scope());
        List<Line> lines = List.of(
                new Line("名称", company.name()),
                new Line("类型", company.kind()),
                new Line("法定代表人", company.representative()),
                new Line("经营范围", company.scope()),
                new Line("信用代码", company.creditCode()),
                new Line("注册资本", company.capital()),
                new Line("成立日期", inWords(from)),
                new Line("营业期限", data.getOrDefault("营业期限", "")),
                new Line("住所", company.address()));
        return row(
                row, "营业执照", number, company.name(), company.creditCode(), from, until, data, Form.CERTIFICATE, lines);
    }

    private StockRow residencePermit(int row) {
        String hardName = HARD_NAMES.get(row);
        Citizen citizen = hardName == null ? invented.citizen() : invented.citizen(hardName);
        LocalDate from = LocalDate.of(2021, 1, 4).plusDays(random.nextInt(1_800));
        LocalDate until = from.plusYears(10).minusDays(1);
        String number = "R%s%d%06d".formatted(citizen.id().substring(0, 6), from.getYear(), 1_000 + row * 613);

        Map<String, String> data = new LinkedHashMap<>();
        data.put("性别", citizen.sex());
        data.put("民族", citizen.nation());
        data.put("出生日期", citizen.birth().toString());
        data.put("住址", citizen.address());
        List<Line> lines = List.of(
                new Line("姓名", citizen.name()),
                new Line("性别", citizen.sex()),
                new Line("民族", citizen.nation()),
                new Line("出生日期", inWords(citizen.birth())),
                new Line("住址", citizen.address()),
                new Line("公民身份号码", citizen.id()),
                new Line("有效期限", inWords(from) + "至" + inWords(until)));
        return row(
                row, "居住证", number, citizen.name(), citizen.id(), from, Optional.of(until), data, Form.BOOKLET, lines);
    }

    private StockRow row(
            int row,
            String type,
            String number,
            String holder,
            String holderCode,
            LocalDate from,
            Optional<LocalDate> until,
            Map<String, String> data,
            Form form,
            List<Line> lines) {
        Authority authority = form == Form.CERTIFICATE ? DemoPeople.MARKET_SUPERVISION : DemoPeople.PUBLIC_SECURITY;
        Device device = device(row);
        String scan = "%s-%04d.%s".formatted(type, row - 1, device.extension());
        Sheet sheet = new Sheet(form, type, number, lines, authority.name(), from);
        return new StockRow(type, number, holder, holderCode, from, until, scan, data, sheet, device);
    }

    /// Mostly colour scans, and some of everything else.
    private static Device device(int row) {
        return switch (row % 10) {
            case 1, 8 -> Device.CAMERA_JPEG;
            case 3 -> Device.GREY_PNG;
            case 6 -> Device.FLATBED_TIFF;
            case 9 -> row > 30 ? Device.FAX_TIFF : Device.FLATBED_JPEG;
            default -> Device.FLATBED_JPEG;
        };
    }

    private static String inWords(LocalDate day) {
        return "%d年%02d月%02d日".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }
}
