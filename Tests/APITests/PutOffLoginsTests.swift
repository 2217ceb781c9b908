import Foundation
import Testing

@testable import Workflows

@Suite("A2: logins that were told to come again")
struct PutOffLoginsTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("One login from one place is remembered for a minute, or until it has had its turn")
    func memory() {
        let logins = PutOffLogins()
        logins.note("a", from: "here", at: start)
        #expect(logins.isBack("a", from: "here", at: start + 59))
        #expect(!logins.isBack("a", from: "here", at: start + 60))
        #expect(!logins.isBack("b", from: "here", at: start + 5), "another login is new")
        #expect(!logins.isBack("a", from: "there", at: start + 5), "so is another place")
        logins.forget("a", from: "here")
        #expect(!logins.isBack("a", from: "here", at: start + 5))
    }

    @Test("No more are remembered than may be, and those whose minute is over make room")
    func bounded() {
        let logins = PutOffLogins()
        for number in 0..<PutOffLogins.most { logins.note("\(number)", from: "", at: start) }
        logins.note("one more", from: "", at: start + 59)
        #expect(!logins.isBack("one more", from: "", at: start + 59))
        #expect(logins.isBack("0", from: "", at: start + 59), "nobody is forgotten for another one")
        logins.note("one more", from: "", at: start + 60)
        #expect(logins.isBack("one more", from: "", at: start + 60))
    }
}
