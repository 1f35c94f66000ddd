//! `ajuda staff`, on an empty data folder and beside a running server, as an operator runs it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use crate::program::{Server, ajuda};
use crate::visitor::form_body;

use super::PASSWORD;

fn staff(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = ajuda();
    command.arg("staff").arg("--data").arg(data).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads, or has ended");
    child.wait_with_output().expect("it ends")
}

fn done(data: &Path, arguments: &[&str], input: &str) -> String {
    let output = staff(data, arguments, input);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Status line and headers of what a form gets.
fn post(address: &str, path: &str, fields: &[(&str, &str)]) -> String {
    let body = form_body(fields);
    let mut stream = TcpStream::connect(address).expect("a server");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn the_team_is_kept_without_a_server() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    assert!(done(&data, &["list"], "").contains("Nobody belongs to the team yet"));
    let added = done(
        &data,
        &["add", "ana@example.com", "--name", "Ana Lima", "--role", "admin", "--lang", "en", "--password-stdin"],
        &format!("{PASSWORD}\n"),
    );
    assert!(added.contains("ana@example.com belongs to the team as admin") && !added.contains("http"), "{added}");
    let added = done(&data, &["add", "rui@example.com", "--name", "Rui", "--role", "agent", "--json"], "");
    let added: serde_json::Value = serde_json::from_str(&added).expect("JSON");
    assert_eq!((added["email"].as_str(), added["role"].as_str()), (Some("rui@example.com"), Some("agent")));
    assert!(added["link"].as_str().expect("a link").contains("/desk/welcome?key="), "{added}");
    assert!(added["link_valid_until"].as_str().is_some_and(|until| until.ends_with('Z')));
    let listed: serde_json::Value = serde_json::from_str(&done(&data, &["list", "--json"], "")).expect("JSON");
    assert_eq!((listed[0]["password"].as_bool(), listed[1]["password"].as_bool()), (Some(true), Some(false)));
    done(&data, &["role", "rui@example.com", "lead"], "");
    assert!(done(&data, &["list"], "").contains("lead   rui@example.com"));
    assert!(done(&data, &["reset", "ana@example.com", "--password"], "").contains("/desk/welcome?key="));
    assert!(done(&data, &["reset", "ana@example.com", "--second-factor"], "").contains("no second factor"));
    assert!(done(&data, &["sessions", "ana@example.com"], "").contains("not logged in anywhere"));
    done(&data, &["disable", "rui@example.com"], "");
    for (arguments, input, says) in [
        (&["add", "x@example.com", "--name", "X", "--role", "agent", "--password-stdin"][..], "password1234\n", "guessed first"),
        (&["add", "x@example.com", "--name", "X", "--role", "agent", "--password-stdin"], "short\n", "shorter than 12"),
        (&["add", "x@example.com", "--name", "X", "--role", "agent", "--password-stdin"], "", "shorter than 12"),
        (&["add", "x", "--name", "X", "--role", "agent"], "", "not an email address"),
        (&["add", "x@example.com", "--name", "X", "--role", "owner"], "", "admin, lead or agent"),
        (&["add", "x@example.com", "--name", "X"], "", "--role"),
        (&["role", "ana@example.com", "agent"], "", "the only admin"),
        (&["disable", "ana@example.com"], "", "the only admin"),
        (&["disable", "rui@example.com"], "", "Nobody of the team"),
        (&["reset", "ana@example.com"], "", "--password"),
        (&["sessions", "nobody@example.com"], "", "Nobody of the team"),
    ] {
        let output = staff(&data, arguments, input);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(says), "{arguments:?}: {said}");
    }
    let listed: serde_json::Value = serde_json::from_str(&done(&data, &["list", "--json"], "")).expect("JSON");
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "what failed changed nothing: {listed}");
}

/// A hash needs 19 MiB for a moment: fifty at once would need a gigabyte.
#[test]
fn fifty_log_ins_at_the_same_moment_stay_small() {
    const PEOPLE: usize = 50;
    const RESIDENT_MAX_KIB: u64 = 300 * 1024;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = ajuda();
    // What the search's model takes is another matter.
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path()).env("AJUDA_MODEL", "none").stderr(Stdio::null());
    let server = Server::of(&mut command).expect("its address");
    for person in 0..PEOPLE {
        // Without a password: a wrong try costs the same.
        let address = format!("p{person}@example.com");
        if person < 5 {
            done(folder.path(), &["add", &address, "--name", "P", "--role", "agent", "--password-stdin"], PASSWORD);
        }
    }
    std::thread::scope(|scope| {
        let tries: Vec<_> = (0..PEOPLE)
            .map(|person| {
                let server = &server;
                scope.spawn(move || post(&server.address, "/desk/log-in", &[("email", &format!("p{person}@example.com")), ("password", PASSWORD)]))
            })
            .collect();
        for (person, answer) in tries.into_iter().map(|handle| handle.join().expect("no panic")).enumerate() {
            let status = if person < 5 { "HTTP/1.1 303" } else { "HTTP/1.1 422" };
            assert!(answer.starts_with(status), "{person}: {answer}");
        }
    });
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).expect("Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    let peak: u64 = peak.trim().trim_end_matches("kB").trim().parse().expect("a number");
    assert!(peak < RESIDENT_MAX_KIB, "{peak} KiB at the peak");
}
