package org.yinzheng.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yinzheng.signing.Digest;

class MerkleTest {
    /// The eight leaves of the test vectors that Certificate Transparency's implementations share.
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void knownLeaves_giveTheKnownRoots() {
        var tree = new Memory(LEAVES.stream().map(HexFormat.of()::parseHex).toList());
        for (int size = 0; size <= 8; size++) {
            assertThat(Merkle.root(tree, size).hex()).as("size %d", size).isEqualTo(ROOTS.get(size));
        }
    }

    /// RFC 6962 §2.1.3: with seven leaves d0 to d6.
    @Test
    void exampleOfTheRfc_hasItsProofs() {
        var tree = Memory.of(7);
        var a = tree.leaf(0);
        var b = tree.leaf(1);
        var c = tree.leaf(2);
        var d = tree.leaf(3);
        var e = tree.leaf(4);
        var f = tree.leaf(5);
        var j = tree.leaf(6);
        var g = Merkle.nodeHash(a, b);
        var h = Merkle.nodeHash(c, d);
        var i = Merkle.nodeHash(e, f);
        var k = Merkle.nodeHash(g, h);
        var l = Merkle.nodeHash(i, j);
        assertThat(Merkle.root(tree, 7)).isEqualTo(Merkle.nodeHash(k, l));
        assertThat(Merkle.inclusionProof(tree, 0, 7)).containsExactly(b, h, l);
        assertThat(Merkle.inclusionProof(tree, 3, 7)).containsExactly(c, g, l);
        assertThat(Merkle.inclusionProof(tree, 4, 7)).containsExactly(f, j, k);
        assertThat(Merkle.inclusionProof(tree, 6, 7)).containsExactly(i, k);
        assertThat(Merkle.consistencyProof(tree, 3, 7)).containsExactly(c, d, g, l);
        assertThat(Merkle.consistencyProof(tree, 4, 7)).containsExactly(l);
        assertThat(Merkle.consistencyProof(tree, 6, 7)).containsExactly(i, j, k);
    }

    @Test
    void everyLeafOfEverySize_isProved_andNoOther() {
        var tree = Memory.of(70);
        for (int size = 1; size <= 70; size++) {
            var root = Merkle.root(tree, size);
            for (int index = 0; index < size; index++) {
                var proof = Merkle.inclusionProof(tree, index, size);
                assertThat(Merkle.provesInclusion(tree.leaf(index), index, size, proof, root))
                        .as("%d of %d", index, size)
                        .isTrue();
                assertThat(Merkle.provesInclusion(tree.leaf((index + 1) % 70), index, size, proof, root))
                        .isFalse();
                assertThat(Merkle.provesInclusion(tree.leaf(index), index + 1, size, proof, root))
                        .isFalse();
                for (int i = 0; i < proof.size(); i++) {
                    var shorter = new ArrayList<>(proof);
                    shorter.remove(i);
                    assertThat(Merkle.provesInclusion(tree.leaf(index), index, size, shorter, root))
                            .isFalse();
                }
                var longer = new ArrayList<>(proof);
                longer.add(root);
                assertThat(Merkle.provesInclusion(tree.leaf(index), index, size, longer, root))
                        .isFalse();
            }
        }
    }

    @Test
    void everyOlderTreeOfEverySize_isProved_andNoOther() {
        var tree = Memory.of(70);
        for (int size = 0; size <= 70; size++) {
            var root = Merkle.root(tree, size);
            for (int older = 0; older <= size; older++) {
                var olderRoot = Merkle.root(tree, older);
                var proof = Merkle.consistencyProof(tree, older, size);
                assertThat(Merkle.provesConsistency(older, olderRoot, size, root, proof))
                        .as("%d in %d", older, size)
                        .isTrue();
                assertThat(Merkle.provesConsistency(older, tree.leaf(69), size, root, proof))
                        .isFalse();
                if (older > 0 && older < size) {
                    assertThat(Merkle.provesConsistency(older, olderRoot, size, olderRoot, proof))
                            .isFalse();
                    for (int i = 0; i < proof.size(); i++) {
                        var changed = new ArrayList<>(proof);
                        changed.set(i, tree.leaf(69));
                        if (!changed.equals(proof)) {
                            assertThat(Merkle.provesConsistency(older, olderRoot, size, root, changed))
                                    .isFalse();
                        }
                    }
                    var longer = new ArrayList<>(proof);
                    longer.add(root);
                    assertThat(Merkle.provesConsistency(older, olderRoot, size, root, longer))
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,255", "1,256", "256,1", "100,300", "0,513", "255,66000", "65536,70", "65535,2"})
    void tilesGrown_giveTheTreesRoots(int before, int added) {
        var tree = Memory.of(before + added);
        Map<Tile, byte[]> stored = new HashMap<>();
        for (var step : List.of(new int[] {0, before}, new int[] {before, before + added})) {
            var growing = new GrowingTree(step[0], tile -> stored.getOrDefault(tile, new byte[0]));
            for (int i = step[0]; i < step[1]; i++) {
                growing.add(tree.leaf(i));
            }
            stored.putAll(growing.changed());
        }
        Merkle.Nodes tiles = (level, index) -> {
            var tile = Tile.of(level, index);
            return tile.node(level, index, stored.getOrDefault(tile, new byte[0]));
        };
        int size = before + added;
        assertThat(Merkle.root(tiles, size)).isEqualTo(Merkle.root(tree, size));
        assertThat(Merkle.inclusionProof(tiles, size / 2, size)).isEqualTo(Merkle.inclusionProof(tree, size / 2, size));
        stored.forEach(
                (tile, hashes) -> assertThat(hashes.length).as("%s", tile).isEqualTo(tile.widthIn(size) * Tile.HASH));
    }

    /// A tree that is computed anew for every question.
    private record Memory(List<byte[]> data) implements Merkle.Nodes {
        static Memory of(int size) {
            var data = new ArrayList<byte[]>();
            for (int i = 0; i < size; i++) {
                data.add(("leaf " + i).getBytes(StandardCharsets.UTF_8));
            }
            return new Memory(data);
        }

        Digest leaf(int index) {
            return Merkle.leafHash(data.get(index));
        }

        @Override
        public Digest node(int level, long index) {
            return level == 0
                    ? leaf((int) index)
                    : Merkle.nodeHash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
        }
    }
}
