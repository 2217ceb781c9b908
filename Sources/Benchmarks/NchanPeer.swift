import Foundation

/// nginx with its module nchan, from Debian's packages: the peer of the fan-out of events.
final class NchanPeer {
    let port: UInt16
    private let process = Process()
    private let folder: URL

    init(root: URL) throws {
        let unpacked = root.appending(path: ".build/nchan")
        let preparing = Process()
        preparing.executableURL = root.appending(path: "Sources/Benchmarks/Peers/prepare_nchan")
        preparing.arguments = [unpacked.path]
        try preparing.run()
        preparing.waitUntilExit()
        guard preparing.terminationStatus == 0 else { throw BenchmarkError("the peer nchan is not there") }
        port = UInt16.random(in: 20_000...30_000)
        folder = root.appending(path: ".build/bench/nchan-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let configuration = """
            load_module \(unpacked.path)/usr/lib/nginx/modules/ngx_nchan_module.so;
            daemon off;
            user root;
            worker_processes auto;
            worker_rlimit_nofile 20000;
            pid \(folder.path)/nginx.pid;
            error_log \(folder.path)/error.log warn;
            events { worker_connections 8192; }
            http {
                access_log off;
                client_body_temp_path \(folder.path)/body;
                proxy_temp_path \(folder.path)/proxy;
                fastcgi_temp_path \(folder.path)/fastcgi;
                uwsgi_temp_path \(folder.path)/uwsgi;
                scgi_temp_path \(folder.path)/scgi;
                nchan_message_buffer_length 100000;
                nchan_message_timeout 1h;
                server {
                    listen 127.0.0.1:\(port) reuseport backlog=4096;
                    location = /publish { nchan_publisher; nchan_channel_id events; }
                    location = /events {
                        nchan_subscriber eventsource;
                        nchan_channel_id events;
                        nchan_subscriber_first_message newest;
                    }
                }
            }
            """
        let file = folder.appending(path: "nginx.conf")
        try Data(configuration.utf8).write(to: file)
        // nchan wants nginx's folder below /var/lib whatever the configuration says: it gets one that only it sees.
        let nginx = unpacked.appending(path: "usr/sbin/nginx").path
        process.executableURL = URL(filePath: "/usr/bin/unshare")
        process.arguments =
            (geteuid() == 0 ? ["--mount"] : ["--mount", "--map-root-user"])
            + ["sh", "-c", #"mount -t tmpfs none /var/lib && mkdir /var/lib/nginx && exec "$@""#, "sh"]
            + [nginx, "-p", folder.path, "-c", file.path, "-e", folder.appending(path: "error.log").path]
        try process.run()
        for _ in 0..<100 {
            if (try? LoopbackConnection(port: port)) != nil { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw BenchmarkError("nginx does not listen; see \(folder.path)/error.log")
    }

    /// The resident memory of the master and its workers, in bytes.
    var memory: Int { ProcessTree.residentBytes(of: process.processIdentifier) }

    func end() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// What a process and its children use.
enum ProcessTree {
    static func residentBytes(of process: Int32) -> Int {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return folders.compactMap { Int32($0) }.reduce(0) { sum, id in
            guard id == process || parent(of: id) == process else { return sum }
            return sum + field("VmRSS", of: id) * 1_024
        }
    }

    private static func parent(of process: Int32) -> Int32 { Int32(field("PPid", of: process)) }

    private static func field(_ name: String, of process: Int32) -> Int {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
