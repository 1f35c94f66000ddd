//! The second factor, by codes of Debian's oathtool.

use ajuda::clock::Micros;
use ajuda::staff::Role;

use super::{PASSWORD, code, log_in, logged_in, member, set_up_second_factor};
use crate::support::{Engine, engines};
use crate::visitor::Visitor;

#[tokio::test]
async fn an_admin_sets_one_up_before_anything_else() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        member(&visitor, "ana@example.com", "Ana", Role::Admin).await;
        log_in(&visitor, "ana@example.com", PASSWORD).await.assert_status(303);
        for path in ["/desk", "/desk/me", "/desk/people", "/desk/settings"] {
            assert_eq!(visitor.get(path).await.assert_status(303).header("location"), "/desk/me/second-factor");
        }
        visitor.post("/desk/people", &[("email", "x@example.com"), ("name", "X"), ("role", "admin")]).await.assert_status(303);
        assert_eq!(visitor.app.staff.list().await.expect("a database").len(), 1, "nothing was done");
        let page = visitor.get("/desk/me/second-factor").await;
        assert_eq!(page.assert_status(200).attributes("svg.qr", "role"), ["img"]);
        let secret = page.text_of(".secret").expect("a secret");
        assert_eq!(visitor.get("/desk/me/second-factor").await.text_of(".secret"), Some(secret.clone()), "the same until it is confirmed");
        visitor.post("/desk/me/second-factor", &[("code", "000000")]).await.assert_status(422);
        let done = visitor.post("/desk/me/second-factor", &[("code", &code(&visitor, &secret))]).await;
        assert_eq!(done.assert_status(200).texts_of(".recovery-codes code").len(), 10);
        visitor.get("/desk/people").await.assert_status(200);
        // Once it is in use, nobody is shown it again.
        assert_eq!(visitor.get("/desk/me/second-factor").await.assert_status(303).header("location"), "/desk/me");
    }
}

#[tokio::test]
async fn a_code_works_once_and_so_does_a_recovery_code() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let browser = logged_in(&visitor, "ana@example.com", "Ana", Role::Agent).await;
        let (secret, codes) = set_up_second_factor(&browser).await;
        let to_code = async || {
            let other = visitor.stranger();
            let asked = log_in(&other, "ana@example.com", PASSWORD).await;
            assert_eq!(asked.assert_status(303).header("location"), "/desk/log-in/code?next=%2Fdesk");
            assert_eq!(other.get("/desk/log-in/code").await.assert_status(200).attributes("form input:not([type=hidden])", "name"), ["code"]);
            // Halfway is not in.
            assert!(other.get("/desk/me").await.assert_status(303).header("location").starts_with("/desk/log-in/code"));
            other
        };
        let other = to_code().await;
        let used = code(&visitor, &secret);
        other.post("/desk/log-in/code", &[("code", &used)]).await.assert_status(422);
        visitor.app.clock.advance(30 * Micros::SECOND);
        let half = other.cookie("ajuda_desk").expect("a cookie");
        let fresh = code(&visitor, &secret);
        other.post("/desk/log-in/code", &[("code", &format!(" {} {} ", &fresh[..3], &fresh[3..]))]).await.assert_status(303);
        assert_ne!(other.cookie("ajuda_desk"), Some(half.clone()), "the session's id changes");
        other.get("/desk/me").await.assert_status(200);
        // What was there before is worth nothing now.
        let thief = visitor.stranger();
        thief.set_cookie("ajuda_desk", &half);
        thief.get("/desk/me").await.assert_status(303);
        thief.post("/desk/log-in/code", &[("code", &fresh)]).await.assert_status(303);
        thief.get("/desk/me").await.assert_status(303);
        to_code().await.post("/desk/log-in/code", &[("code", &fresh)]).await.assert_status(422);

        let other = to_code().await;
        other.post("/desk/log-in/code", &[("code", &codes[0].to_uppercase())]).await.assert_status(303);
        other.get("/desk/me").await.assert_status(200);
        to_code().await.post("/desk/log-in/code", &[("code", &codes[0])]).await.assert_status(422);
        let again = browser.post("/desk/me/recovery-codes", &[]).await;
        assert_eq!(again.assert_status(200).texts_of(".recovery-codes code").len(), 10);
        to_code().await.post("/desk/log-in/code", &[("code", &codes[1])]).await.assert_status(422);
    }
}

#[tokio::test]
async fn two_at_the_same_moment_with_one_code_are_one() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let browser = logged_in(&visitor, "ana@example.com", "Ana", Role::Agent).await;
        let (secret, _) = set_up_second_factor(&browser).await;
        visitor.app.clock.advance(60 * Micros::SECOND);
        let both = [visitor.stranger(), visitor.stranger()];
        for other in &both {
            log_in(other, "ana@example.com", PASSWORD).await.assert_status(303);
        }
        let code = code(&visitor, &secret);
        let typed = [("code", code.as_str())];
        let (one, two) = tokio::join!(both[0].post("/desk/log-in/code", &typed), both[1].post("/desk/log-in/code", &typed));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422]);
    }
}

#[tokio::test]
async fn codes_are_guessed_five_times_and_then_wait() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let browser = logged_in(&visitor, "ana@example.com", "Ana", Role::Agent).await;
    set_up_second_factor(&browser).await;
    let other = visitor.stranger();
    log_in(&other, "ana@example.com", PASSWORD).await.assert_status(303);
    for _ in 0..5 {
        other.post("/desk/log-in/code", &[("code", "123456")]).await.assert_status(422);
    }
    other.post("/desk/log-in/code", &[("code", "123456")]).await.assert_status(429);
    visitor.app.clock.advance(11 * Micros::MINUTE);
    // After ten minutes the password has to be typed again.
    assert!(other.post("/desk/log-in/code", &[("code", "123456")]).await.assert_status(303).header("location").starts_with("/desk/log-in?"));
}

#[tokio::test]
async fn a_setting_requires_it_of_all() {
    let visitor = Visitor::with(&Engine::Sqlite, |config| config.desk.second_factor_for_all = true).await;
    let browser = logged_in(&visitor, "ana@example.com", "Ana", Role::Agent).await;
    assert_eq!(browser.get("/desk/me").await.assert_status(303).header("location"), "/desk/me/second-factor");
}

#[tokio::test]
async fn secrets_lie_encrypted_and_codes_hashed() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let browser = logged_in(&visitor, "ana@example.com", "Ana", Role::Agent).await;
    let (secret, codes) = set_up_second_factor(&browser).await;
    visitor.app.db.close().await;
    let data = std::fs::read(visitor.app.config.data.join("ajuda.db")).expect("the database");
    let bytes = data_encoding::BASE32_NOPAD.decode(secret.replace(' ', "").as_bytes()).expect("base 32");
    let mut sought = vec![secret.replace(' ', "").into_bytes(), bytes, PASSWORD.as_bytes().to_vec()];
    sought.extend(codes.iter().flat_map(|code| [code.clone().into_bytes(), code.replace('-', "").into_bytes()]));
    sought.push(browser.cookie("ajuda_desk").expect("a cookie").into_bytes());
    for secret in sought {
        assert!(!data.windows(secret.len()).any(|window| window == secret), "{}", String::from_utf8_lossy(&secret));
    }
}

#[tokio::test]
async fn taking_a_second_factor_into_use_ends_other_sessions_and_changes_the_cookie() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let ana = logged_in(&visitor, "ana@example.org", "Ana", Role::Agent).await;
        let other = visitor.stranger();
        log_in(&other, "ana@example.org", PASSWORD).await.assert_status(303);
        let copied = visitor.stranger();
        copied.set_cookie("ajuda_desk", &ana.cookie("ajuda_desk").expect("a cookie"));
        copied.get("/desk/me").await.assert_status(200);
        set_up_second_factor(&ana).await;
        ana.get("/desk/me").await.assert_status(200);
        for gone in [&copied, &other] {
            assert!(gone.get("/desk/me").await.assert_status(303).header("location").starts_with("/desk/log-in"));
        }
    }
}

#[tokio::test]
async fn new_recovery_codes_ask_for_the_password_after_a_while() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let admin = logged_in(&visitor, "lia@example.org", "Lia", Role::Admin).await;
    visitor.app.clock.advance(16 * Micros::MINUTE);
    let asked = admin.post("/desk/me/recovery-codes", &[]).await;
    assert!(asked.texts_of(".recovery-codes code").is_empty() && !asked.attributes("[name=confirm_password]", "name").is_empty());
    let given = admin.post("/desk/me/recovery-codes", &[("confirm_password", PASSWORD)]).await;
    assert_eq!(given.assert_status(200).texts_of(".recovery-codes code").len(), 10);
}
