package org.yinzheng.testdata;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.yinzheng.testdata.DemoPeople.Citizen;
import org.yinzheng.testdata.DemoPeople.Company;
import org.yinzheng.testdata.DemoPeople.District;

/// Invents people and companies of 云泽市, none of them twice.
final class Invented {
    private static final List<String> SURNAMES = List.of(("王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 邓 冯 韩 曹 "
                    + "曾 彭 萧 蔡 潘 田 董 袁 于 余 叶 蒋 杜 苏 魏 程 吕 丁 沈 任 姚 卢 傅 钟 姜 崔 谭 廖 范 汪 欧阳 司徒 上官 诸葛 夏侯")
            .split(" "));
    private static final String GIVEN = "安柏辰澄初川丹岱帆芳峰歌光国海涵和鹤恒虹华淮徽佳建江洁锦景静菊君峻楷兰澜磊黎丽莲良林玲柳龙露鸾梅梦敏明"
            + "铭楠宁沛鹏萍琦启青清晴秋泉蓉瑞若珊尚诗书舒淑思松素涛天桐婉薇文汐溪霞贤湘晓欣星雄秀轩雪雅妍彦阳瑶怡颖勇宇雨玉园远云泽哲芝智竹子";
    private static final List<District> DISTRICTS = List.of(District.values());
    private static final List<String> STREETS = List.of("柳浪街道 听雨街道 白石街道 渡口街道 云栖街道 稻香镇 鹤鸣镇 松涛镇".split(" "));
    private static final List<String> ROADS = List.of("澄湖路 观潮巷 长堤路 听雨路 书院街 菱角巷 望山路 迎春大道 软件园路 港前大道 芦苇塘 纺织新村".split(" "));
    private static final List<String> NATIONS = List.of("汉族 汉族 汉族 汉族 汉族 汉族 回族 畲族 苗族 满族 土家族 朝鲜族".split(" "));

    private static final String ORGANISATION_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final List<String> BRANDS =
            List.of("澄光 鹭洲 远帆 禾田 青禾 云岭 松石 锦程 汇川 博雅 天瑞 恒信 聚源 新芽 百川 朗月 晨曦 嘉木 永顺 和泰 启明 蓝湾".split(" "));
    private static final List<Trade> TRADES = List.of(
            new Trade("餐饮管理", "餐饮服务；食品销售；外卖递送服务；餐饮管理。"),
            new Trade("建材", "建筑材料销售；五金产品零售；水泥制品销售；建筑用石加工；室内装饰装修。"),
            new Trade("纺织", "针纺织品及原料销售；面料纺织加工；服装制造；服饰研发；货物进出口。"),
            new Trade("生物科技", "生物化工产品技术研发；技术服务、技术开发、技术咨询、技术交流、技术转让、技术推广；化妆品零售。"),
            new Trade("文化传播", "组织文化艺术交流活动；广告设计、代理；会议及展览服务；数字内容制作服务（不含出版发行）；摄影扩印服务。"),
            new Trade("机械", "通用设备制造（不含特种设备制造）；机械零件、零部件加工；金属表面处理及热处理加工；机械设备销售；普通机械设备安装服务。"),
            new Trade("水产", "水产养殖；水产品批发；水产品零售；水产品冷冻加工；渔业机械服务。"),
            new Trade("物业服务", "物业管理；停车场服务；家政服务；专业保洁、清洗、消毒服务；园林绿化工程施工；小微型客车租赁经营服务。"));
    private static final List<String> CAPITALS =
            List.of("人民币伍拾万元整 人民币壹佰万元整 人民币叁佰万元整 人民币伍佰万元整 人民币壹仟万元整 人民币贰仟陆佰万元整".split(" "));

    private record Trade(String name, String scope) {}

    private final SplittableRandom random;
    private final Set<String> taken = new HashSet<>();

    Invented(SplittableRandom random) {
        this.random = random;
    }

    Citizen citizen() {
        return citizen(personName());
    }

    Citizen citizen(String name) {
        District district = pick(DISTRICTS);
        LocalDate birth = LocalDate.of(1950, 1, 1).plusDays(random.nextInt(20_000));
        int sequence = random.nextInt(1, 1000);
        String id = CheckDigits.citizenId(district.code(), birth, sequence);
        if (!taken.add(id)) {
            return citizen(name);
        }
        String nation = name.contains("·") ? "维吾尔族" : pick(NATIONS);
        return new Citizen(name, id, birth, sequence % 2 == 1, nation, address(district));
    }

    Company company() {
        Trade trade = pick(TRADES);
        String name = "云泽市" + pick(BRANDS) + trade.name() + "有限公司";
        return taken.contains(name) ? company() : company(name, trade.scope());
    }

    Company company(String name) {
        return company(name, pick(TRADES).scope());
    }

    private Company company(String name, String scope) {
        taken.add(name);
        District district = pick(DISTRICTS);
        String code;
        do {
            code = CheckDigits.creditCode("91", district.code(), organisation());
        } while (!taken.add(code));
        return new Company(
                name,
                code,
                random.nextBoolean() ? "有限责任公司（自然人独资）" : "有限责任公司（自然人投资或控股）",
                personName(),
                pick(CAPITALS),
                LocalDate.of(1998, 1, 1).plusDays(random.nextInt(9_000)),
                address(district),
                scope);
    }

    private String personName() {
        StringBuilder name = new StringBuilder(pick(SURNAMES));
        int given = random.nextInt(4) == 0 ? 1 : 2;
        for (int i = 0; i < given; i++) {
            name.append(GIVEN.charAt(random.nextInt(GIVEN.length())));
        }
        return taken.add(name.toString()) ? name.toString() : personName();
    }

    private String address(District district) {
        String place = district.fullName() + pick(STREETS) + pick(ROADS) + random.nextInt(1, 400) + "号";
        return switch (random.nextInt(3)) {
            case 0 -> place;
            case 1 ->
                place + random.nextInt(1, 40) + "幢" + random.nextInt(1, 5) + "单元" + random.nextInt(101, 2602) + "室";
            default -> place + "之" + random.nextInt(1, 9);
        };
    }

    private String organisation() {
        StringBuilder code = new StringBuilder("MA");
        for (int i = 0; i < 6; i++) {
            code.append(ORGANISATION_ALPHABET.charAt(random.nextInt(ORGANISATION_ALPHABET.length())));
        }
        return code.toString();
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
