//! Every route of the desk has an action, and the table of roles decides who gets there.

use ajuda::desk::routes;
use ajuda::staff::{Action, Role};
use axum::http::Method;

use super::logged_in;
use crate::support::Engine;
use crate::visitor::Visitor;

/// A path with something in the place of what it names.
fn filled(path: &str) -> String {
    path.replace("{id}", "nobody")
        .replace("{reference}", "K7M-4QX-92P")
        .replace("{*rest}", "nothing")
        .replace("{file}", "nothing")
        .replace("{what}", "accept")
        // A stream has no end to wait for.
        .replace("/desk/events", "/desk/events?after=x")
}

#[tokio::test]
async fn each_role_gets_to_exactly_the_routes_that_the_table_gives_it() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let all = routes::list(&visitor.app);
    assert!(all.len() > 15, "the routes are listed");
    let stranger = visitor.stranger();
    for role in Role::ALL {
        let browser = logged_in(&visitor, &format!("{}@example.com", role.word()), role.word(), *role).await;
        for route in &all {
            let Some(action) = route.action else { continue };
            let path = filled(route.path);
            let send = async |browser: &Visitor| if route.method == Method::POST { browser.post(&path, &[]).await } else { browser.get(&path).await };
            let closed = send(&stranger).await;
            assert_eq!(closed.assert_status(303).header("location").split('?').next(), Some("/desk/log-in"), "{} {path}", route.method);
            let status = send(&browser).await.status.as_u16();
            assert_eq!(status == 403, !role.may(action), "{} {path} as {}: {status}", route.method, role.word());
            assert!(status < 500, "{} {path} as {}: {status}", route.method, role.word());
        }
    }
}

/// What the issue of the desk says, written down once more.
#[test]
fn agents_work_tickets_leads_look_after_work_and_admins_after_people() {
    let of = |role: Role| Action::ALL.iter().filter(|action| role.may(**action)).map(|action| action.word()).collect::<Vec<_>>();
    assert_eq!(of(Role::Agent), ["own_account", "own_second_factor", "work_tickets"]);
    assert_eq!(
        of(Role::Lead),
        ["own_account", "own_second_factor", "work_tickets", "see_figures", "share_saved_replies", "set_quarantine", "see_contact"]
    );
    assert_eq!(of(Role::Admin).len(), Action::ALL.len());
}

/// The router is made by what asks for an action, and by nothing else.
#[test]
fn no_route_of_the_desk_is_added_past_the_table() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk");
    let mut stack = vec![folder];
    let mut found = Vec::new();
    while let Some(folder) = stack.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                stack.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source");
            found.extend(text.lines().filter(|line| line.contains(".route(")).map(|line| format!("{}: {}", path.display(), line.trim())));
        }
    }
    assert_eq!(found.len(), 1, "{found:?}");
    let elsewhere = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/server.rs")).expect("a source");
    assert!(!elsewhere.contains("\"/desk"));
}
