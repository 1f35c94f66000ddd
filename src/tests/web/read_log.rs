//! The log of a program that gives back pages from memory.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use super::ARTICLE;
use crate::program::{Server, ajuda};

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/fixture/articles");
/// For as long as a few flushes of the log take.
const READS: usize = 3_000;
/// After so many reads another page is asked for, whose line is written at once.
const READS_BETWEEN: usize = 500;

/// Lets a program answer, stops it as a service manager does, and gives what it logged.
fn logged(data: &Path, settings: &[(&str, &str)], ask: impl FnOnce(&str)) -> String {
    let log = data.join("log");
    let mut command = ajuda();
    command.args(["serve", "--listen", "127.0.0.1:0", "--articles", FIXTURE, "--data"]).arg(data).envs(settings.iter().copied());
    // Without colours.
    command.env("NO_COLOR", "1").stderr(File::create(&log).expect("a file"));
    let mut server = Server::of(&mut command).expect("it starts");
    ask(&server.address);
    let stopped = Command::new("kill").arg(server.child.id().to_string()).status().expect("a signal");
    assert!(stopped.success() && server.child.wait().expect("it ends").success());
    std::fs::read_to_string(&log).expect("a log")
}

/// Asks many times on one connection and reads all answers.
fn ask_often(address: &str) {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_nodelay(true).expect("a setting");
    let mut answers = BufReader::new(stream.try_clone().expect("a second handle"));
    for round in 0..READS / READS_BETWEEN {
        for path in std::iter::repeat_n(ARTICLE, READS_BETWEEN).chain(["/healthz"]) {
            let asked = format!("GET {path} HTTP/1.1\r\nHost: help\r\nAccept-Encoding: gzip\r\n\r\n");
            stream.write_all(asked.as_bytes()).expect("sent");
            let (mut length, mut line) = (0, String::new());
            while line != "\r\n" {
                line.clear();
                answers.read_line(&mut line).expect("a line");
                assert!(!line.is_empty(), "cut off in round {round}");
                if let Some(value) = line.strip_prefix("content-length: ") {
                    length = value.trim().parse().expect("a number");
                }
            }
            std::io::copy(&mut answers.by_ref().take(length), &mut std::io::sink()).expect("a body");
        }
    }
}

#[test]
fn every_read_has_its_line_in_the_order_of_time() {
    let data = tempfile::tempdir().expect("a folder");
    let log = logged(data.path(), &[], ask_often);
    let lines: Vec<&str> = log.lines().filter(|line| line.contains(": request ")).collect();
    let reads = lines.iter().filter(|line| line.contains(" method=GET route=\"/{lang}/{section}/{topic}/{article}\" status=200 millis="));
    assert_eq!((reads.count(), lines.len()), (READS, READS + READS / READS_BETWEEN));
    let times: Vec<&str> = lines.iter().map(|line| line.split(' ').next().expect("a time")).collect();
    assert!(times.is_sorted(), "{log}");
    assert!(lines.iter().all(|line| line.contains("  INFO request{id=") && line.contains("}: ajuda::web::request_log: request method=GET route=")));
    assert!(log.contains("stopping"));
}

#[test]
fn a_line_in_json_is_json() {
    let data = tempfile::tempdir().expect("a folder");
    let log = logged(data.path(), &[("AJUDA_LOG", "json")], ask_often);
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let reads: Vec<_> = lines.iter().filter(|line| line["fields"]["route"] == "/{lang}/{section}/{topic}/{article}").collect();
    assert_eq!(reads.len(), READS);
    for read in reads {
        assert_eq!((&read["fields"]["method"], &read["fields"]["status"]), (&"GET".into(), &200.into()));
        assert!(read["fields"]["millis"].as_f64().is_some_and(|millis| millis > 0.0) && read["span"]["id"].as_str().is_some_and(|id| id.len() == 8));
    }
}

#[test]
fn reads_may_be_left_to_the_proxy_and_everything_else_is_logged() {
    let data = tempfile::tempdir().expect("a folder");
    let log = logged(data.path(), &[("AJUDA_LOG_READS", "false")], ask_often);
    let lines: Vec<&str> = log.lines().filter(|line| line.contains(": request ")).collect();
    assert_eq!(lines.len(), READS / READS_BETWEEN, "{log}");
    assert!(lines.iter().all(|line| line.contains("route=\"/healthz\"")));
}
