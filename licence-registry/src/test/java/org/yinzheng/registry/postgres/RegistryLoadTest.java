package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.audit.RowDeviation;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.licence.Licence;

/// The generator of benchmarks writes what the product would: its rows are found, opened, and have their MACs.
class RegistryLoadTest {
    @Test
    void smallCity_isFoundByEveryKey_andNothingDeviates(@TempDir Path directory) throws Exception {
        var city = new City(120);
        var address = TestPostgres.fresh();
        address.open().close();
        assertThat(new RegistryLoad(city, address).run(2, Instant.MAX)).isEqualTo(city.licences());

        try (var database = address.open()) {
            var licences = new PostgresLicences(
                    database, RegistryLoad.VAULT, new DirectoryStore(directory), Clock.systemUTC());
            for (int i = 0; i < city.licences(); i++) {
                var licence = city.licence(i);
                assertThat(licences.find(licence.id())).map(Licence::data).hasValue(licence.data());
                assertThat(licences.byNumber(licence.typeCode(), licence.number()))
                        .map(Licence::id)
                        .hasValue(licence.id());
            }
            for (int i = 0; i < city.holders(); i++) {
                assertThat(licences.ofHolder(city.holder(i), 100, Optional.empty())
                                .licences())
                        .extracting(Licence::id)
                        .containsAll(IntStream.range(city.firstLicence(i), city.firstLicence(i + 1))
                                .mapToObj(city::id)
                                .toList());
            }
            var found = new ArrayList<RowDeviation>();
            long compared = database.reading(on -> {
                LogReplay.compare(on, found::add);
                assertThat(found).extracting(RowDeviation::kind).containsOnly(RowDeviation.Kind.NOT_LOGGED);
                found.clear();
                return new RowMacs(RegistryLoad.VAULT).compare(on, found::add);
            });
            assertThat(found).isEmpty();
            assertThat(compared).isGreaterThan(7L * city.licences());
        }
    }
}
