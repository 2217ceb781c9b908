import Cryptography
import Foundation
import Testing

@Suite("Key files")
struct KeyFileTests {
    private let directory: TemporaryDirectory
    private var file: URL { directory.url.appendingPathComponent("master.key") }

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func write(_ bytes: [UInt8], mode: Int) throws {
        try Data(bytes).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }

    @Test("are created once, with mode 0600 and nothing left beside them, and give the same key again")
    func creation() throws {
        #expect(try MasterKey.load(file: file) == nil)
        let key = try MasterKey.loadOrCreate(file: file)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.size] as? Int == 32)
        #expect(try directory.names == ["master.key"])
        #expect(try MasterKey.loadOrCreate(file: file) == key)
        #expect(try MasterKey.load(file: file) == key)
    }

    @Test("hold a signing key's seed just so")
    func signing() throws {
        let key = try SigningKey.loadOrCreate(file: file)
        #expect(try SigningKey.loadOrCreate(file: file).publicKey == key.publicKey)
        #expect(try SigningKey.load(file: file)?.publicKey == key.publicKey)
    }

    @Test("are accepted with strict rights", arguments: [0o600, 0o400])
    func strictRights(mode: Int) throws {
        let bytes = [UInt8](repeating: 5, count: 32)
        try write(bytes, mode: mode)
        #expect(try MasterKey.loadOrCreate(file: file) == SealingKey(secret: SecretBytes(copying: bytes)))
    }

    @Test("are refused when others may do anything with them", arguments: [0o640, 0o604, 0o660, 0o644, 0o610, 0o602])
    func looseRights(mode: Int) throws {
        try write([UInt8](repeating: 5, count: 32), mode: mode)
        #expect(throws: CryptographyError(.unsafeKeyFile, "")) { try MasterKey.loadOrCreate(file: file) }
        #expect(throws: CryptographyError(.unsafeKeyFile, "")) { try SigningKey.loadOrCreate(file: file) }
    }

    @Test("are refused with any other length, and stay as they are", arguments: [0, 31, 33, 64])
    func length(count: Int) throws {
        let bytes = [UInt8](repeating: 5, count: count)
        try write(bytes, mode: 0o600)
        #expect(throws: CryptographyError(.wrongLength, "")) { try MasterKey.loadOrCreate(file: file) }
        #expect(try Data(contentsOf: file) == Data(bytes))
    }

    @Test("are refused as a symbolic link or a directory")
    func kind() throws {
        let target = directory.url.appendingPathComponent("target")
        _ = try MasterKey.loadOrCreate(file: target)
        try FileManager.default.createSymbolicLink(at: file, withDestinationURL: target)
        #expect(throws: CryptographyError.self) { try MasterKey.loadOrCreate(file: file) }
        #expect(throws: CryptographyError(.unsafeKeyFile, "")) { try MasterKey.loadOrCreate(file: directory.url) }
    }

    @Test("cannot be made in a directory that is not there")
    func missingDirectory() {
        let nowhere = directory.url.appendingPathComponent("missing/master.key")
        #expect(throws: CryptographyError(.fileAccess, "")) { try MasterKey.loadOrCreate(file: nowhere) }
    }

    @Test("made by many at once give everybody the same key")
    func race() async throws {
        let file = file
        let fingerprints = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<16 { group.addTask { try MasterKey.loadOrCreate(file: file).fingerprint } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(fingerprints.count == 1)
        #expect(try directory.names == ["master.key"])
    }
}
