import Accounts
import Testing

@Suite("A2: what counts as one network")
struct NetworkKeyTests {
    @Test(
        "An IPv4 address is one place, of IPv6 addresses a network of 64 bits is",
        arguments: [
            ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("::FFFF:c000:0207", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "20010db800010002/64"), ("2001:db8:1:2::", "20010db800010002/64"),
            ("2001:db8:1:3::1", "20010db800010003/64"), ("::1", "0000000000000000/64"), ("", ""),
            ("nonsense", "nonsense"),
            ("1:2:3", "1:2:3"),
        ]
    )
    func network(_ address: String, _ key: String) {
        #expect(NetworkKey.of(address) == key)
    }
}
