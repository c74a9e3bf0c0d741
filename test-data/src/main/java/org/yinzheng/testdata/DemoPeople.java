package org.yinzheng.testdata;

import java.time.LocalDate;
import java.util.List;

/// The invented people and bodies of the demonstration. 云泽市 does not exist: no division code begins with
/// 3399, so that no number made here can be a real person's or body's.
public final class DemoPeople {
    static final String CITY_CODE = "339900";

    /// A district or county of 云泽市.
    public enum District {
        LINHU("临湖区", "339902"),
        QINGYU("青屿区", "339903"),
        WANGJIANG("望江区", "339904"),
        LUCHUAN("芦川县", "339921");

        private final String title;
        private final String code;

        District(String title, String code) {
            this.title = title;
            this.code = code;
        }

        public String code() {
            return code;
        }

        /// With the city's name before it.
        public String fullName() {
            return "云泽市" + title;
        }
    }

    /// @param id the 18-character citizen ID
    public record Citizen(String name, String id, LocalDate birth, boolean male, String nation, String address) {
        /// 男 or 女.
        public String sex() {
            return male ? "男" : "女";
        }
    }

    /// @param kind 类型, such as 有限责任公司（自然人独资）
    /// @param capital 注册资本 in words, such as 人民币伍佰万元整
    public record Company(
            String name,
            String creditCode,
            String kind,
            String representative,
            String capital,
            LocalDate founded,
            String address,
            String scope) {}

    public record Authority(String name, String creditCode) {}

    /// 云泽市市场监督管理局, 11339900MB0K25177N; issues 营业执照.
    public static final Authority MARKET_SUPERVISION =
            new Authority("云泽市市场监督管理局", CheckDigits.creditCode("11", CITY_CODE, "MB0K2517"));

    /// 云泽市公安局, 1133990000258613XF; issues 居住证.
    public static final Authority PUBLIC_SECURITY =
            new Authority("云泽市公安局", CheckDigits.creditCode("11", CITY_CODE, "00258613"));

    private DemoPeople() {}

    public static List<Authority> authorities() {
        return List.of(MARKET_SUPERVISION, PUBLIC_SECURITY);
    }

    /// Four; the last one has a long name with a middle dot.
    public static List<Citizen> citizens() {
        return List.of(
                citizen("林知远", District.LINHU, LocalDate.of(1988, 4, 12), 317, "汉族", "临湖区柳浪街道听雨路18号3幢602室"),
                citizen("沈清禾", District.QINGYU, LocalDate.of(1993, 11, 3), 226, "汉族", "青屿区白石街道观潮巷7号"),
                citizen(
                        "欧阳明澈",
                        District.WANGJIANG,
                        LocalDate.of(1975, 8, 27),
                        51,
                        "畲族",
                        "望江区渡口街道长堤路266号云栖苑12幢1单元1501室"),
                citizen("古丽娜尔·阿不都热合曼", District.LUCHUAN, LocalDate.of(1996, 2, 29), 648, "维吾尔族", "芦川县稻香镇新河村芦苇塘15号"));
    }

    /// Four; the last one has a name of 35 characters.
    public static List<Company> companies() {
        return List.of(
                company(
                        "云泽市澄湖软件有限公司",
                        "MA9X1C27",
                        "有限责任公司（自然人投资或控股）",
                        "林知远",
                        "人民币伍佰万元整",
                        LocalDate.of(2016, 3, 8),
                        District.LINHU,
                        "临湖区软件园路88号5幢1201室",
                        "软件开发；信息系统集成服务；数据处理和存储支持服务；信息技术咨询服务。"),
                company(
                        "云泽市鹭洲茶业有限公司",
                        "MA9Y3D40",
                        "有限责任公司（自然人独资）",
                        "沈清禾",
                        "人民币贰佰万元整",
                        LocalDate.of(2019, 9, 17),
                        District.QINGYU,
                        "青屿区白石街道观潮巷7号一层",
                        "茶叶种植；食用农产品零售；食品销售（仅销售预包装食品）；工艺美术品及收藏品零售。"),
                company(
                        "云泽市远帆港口物流股份有限公司",
                        "76R20H58",
                        "股份有限公司（非上市、自然人投资或控股）",
                        "欧阳明澈",
                        "人民币叁仟捌佰万元整",
                        LocalDate.of(2004, 6, 21),
                        District.WANGJIANG,
                        "望江区渡口街道港前大道1号",
                        "普通货物仓储服务；装卸搬运；国内货物运输代理；港口理货；道路货物运输（不含危险货物）。"),
                company(
                        "云泽市芦川县稻香镇新河村生态农业种植与乡村文化旅游综合开发有限责任公司",
                        "MABQ6T13",
                        "有限责任公司（自然人投资或控股）",
                        "古丽娜尔·阿不都热合曼",
                        "人民币壹佰贰拾万元整",
                        LocalDate.of(2021, 12, 1),
                        District.LUCHUAN,
                        "芦川县稻香镇新河村芦苇塘16号",
                        "谷物种植；水产养殖；休闲观光活动；农业园艺服务；住宿服务；餐饮服务（依法须经批准的项目，经相关部门批准后方可开展经营活动）。"));
    }

    private static Citizen citizen(
            String name, District district, LocalDate birth, int sequence, String nation, String address) {
        String id = CheckDigits.citizenId(district.code(), birth, sequence);
        return new Citizen(name, id, birth, sequence % 2 == 1, nation, "云泽市" + address);
    }

    private static Company company(
            String name,
            String organisation,
            String kind,
            String representative,
            String capital,
            LocalDate founded,
            District district,
            String address,
            String scope) {
        String code = CheckDigits.creditCode("91", district.code(), organisation);
        return new Company(name, code, kind, representative, capital, founded, "云泽市" + address, scope);
    }
}
