//! Who made a purchase is proved by a code to the purchase's own address: to nobody else, of nothing else, and without telling which purchases there are.

use ajuda::clock::Micros;
use ajuda::events::{Actor, Kind};
use ajuda::i18n::Lang;
use ajuda::mail::settings::SmtpSecurity;
use ajuda::staff::Role;
use ajuda::tickets::Right;
use ajuda::tickets::access::{cookie_name, page_path};
use ajuda::tickets::model::{Draft, Email, MessageBody, PersonName, Reference, TransactionCode, Transition};
use ajuda_hotmart_sandbox::Sandbox;
use axum::body::Body;
use axum::http::Request;
use sqlx::AssertSqlSafe;
use tempfile::TempDir;
use tokio::sync::watch;

use super::import::read_all;
use super::{asking, connect, sandbox};
use crate::desk::logged_in;
use crate::mails::Read;
use crate::mails::servers::{MailServer, free_port};
use crate::support::{Acts, Engine, HOME, draft, engines};
use crate::visitor::{GOOD_FORM, Reply, Visitor, form_body};

/// Nobody has bought with it.
const UNKNOWN: &str = "HP00000000000001";
const ASKED: &str = "Se essa compra existe";
const WRONG: &str = "Este código não é válido";

struct Scene {
    visitor: Visitor,
    mails: MailServer,
    account: String,
    _hotmart: Sandbox,
    _folder: TempDir,
}

/// A purchase: its code, its address and its product.
#[derive(Debug, Clone)]
struct Bought {
    code: String,
    email: String,
    product: String,
}

/// Somebody with a ticket, in their browser.
struct Asker {
    browser: Visitor,
    reference: String,
    path: String,
}

impl Scene {
    async fn new(engine: &Engine) -> Self {
        let (hotmart, folder, port) = (sandbox(80, "").await, tempfile::tempdir().expect("a folder"), free_port());
        let mails = MailServer::start(port, folder.path().join("maildir"));
        let ask = asking(&hotmart);
        let visitor = Visitor::with(engine, |config| {
            ask(config);
            config.smtp.host = "127.0.0.1".into();
            config.smtp.port = port;
            config.smtp.security = SmtpSecurity::None;
            config.smtp.from = "suporte@example.com".into();
        })
        .await;
        let account = connect(&visitor.app.rooms, "Forno").await.expect("connected").id;
        read_all(&visitor.app.rooms).await;
        Self { visitor, mails, account, _hotmart: hotmart, _folder: folder }
    }

    async fn text(&self, sql: &str) -> String {
        let pool = self.visitor.app.db.ready().await.expect("a database");
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&pool).await.expect("a text")
    }

    async fn number(&self, sql: &str) -> i64 {
        let pool = self.visitor.app.db.ready().await.expect("a database");
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&pool).await.expect("a number")
    }

    async fn run(&self, sql: &str) {
        let mut write = self.visitor.app.db.begin().await.expect("a transaction");
        sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut *write).await.expect("a change");
        write.commit().await.expect("a commit");
    }

    /// The newest purchases of so many people, one each.
    async fn bought(&self, count: usize) -> Vec<Bought> {
        let pool = self.visitor.app.db.ready().await.expect("a database");
        let sql = "SELECT code, buyer_email, product_name FROM orders WHERE buyer_email IS NOT NULL AND class = 'paid' ORDER BY ordered_at DESC";
        let rows: Vec<(String, String, String)> = sqlx::query_as(sql).fetch_all(&pool).await.expect("purchases");
        let mut bought: Vec<Bought> = Vec::new();
        for (code, email, product) in rows {
            if bought.len() < count && bought.iter().all(|one| one.email != email) {
                bought.push(Bought { code, email, product });
            }
        }
        assert_eq!(bought.len(), count);
        bought
    }

    /// A ticket that somebody filed under an address, in a browser of their own. What the spam check thinks of it is no matter here.
    async fn asker(&self, email: &str, code: &str) -> Asker {
        let app = &self.visitor.app;
        let number = self.number("SELECT COUNT(*) FROM tickets").await;
        let filed = Draft {
            name: PersonName::parse("Zulmira Digitada").expect("a name"),
            code: (!code.is_empty()).then(|| TransactionCode::parse(code, None).expect("a code")),
            message: MessageBody::parse(&format!("Texto{number} que digitei: paguei ontem e o acesso não chegou.")).expect("a message"),
            ..draft(&format!("Pergunta {number}"), email)
        };
        let key = app.file(&filed, HOME).await.expect("a ticket").key;
        self.run("UPDATE tickets SET quarantine = NULL").await;
        let browser = self.visitor.stranger();
        let access = app.tickets.access().expect("a key");
        browser.set_cookie(&cookie_name(&key.reference), &access.cookie_value(&key, Right::Filer));
        Asker { browser, path: page_path(Lang::Pt, &key.reference), reference: key.reference.to_string() }
    }

    /// Everything that is owed leaves.
    async fn deliver(&self) {
        let (_sender, stop) = watch::channel(false);
        let jobs = self.visitor.app.jobs().expect("jobs");
        assert!(jobs.deliver_due(&stop).await.expect("an outbox"));
        let failed = self.number("SELECT COUNT(*) FROM outbox WHERE state = 'failed'").await;
        assert_eq!(failed, 0);
    }

    /// Emails with a code for buyers.
    fn code_mails(&self) -> Vec<Read> {
        let mut mails = self.mails.received();
        mails.retain(|mail| mail.parts[0].contains("quer confirmar que fez esta compra"));
        mails
    }

    /// The code of the newest one that went to an address.
    async fn code(&self, email: &str) -> String {
        self.deliver().await;
        let mails = self.code_mails();
        let mail = mails.iter().rfind(|mail| mail.header("To").iter().any(|to| to.eq_ignore_ascii_case(email))).expect("an email");
        code_in(mail)
    }
}

fn code_in(mail: &Read) -> String {
    let is_code =
        |line: &&str| line.len() == 9 && line.bytes().enumerate().all(|(at, byte)| if at == 4 { byte == b' ' } else { byte.is_ascii_digit() });
    mail.parts[0].lines().map(str::trim).find(is_code).expect("a code").to_owned()
}

/// Another one with as many digits.
fn other_than(code: &str) -> String {
    let first = if code.starts_with('1') { "2" } else { "1" };
    format!("{first}{}", &code[1..])
}

impl Asker {
    async fn ask(&self, order: &str) -> Reply {
        self.browser.post(&format!("{}/purchase", self.path), &[("order", order)]).await
    }

    async fn enter(&self, code: &str) -> Reply {
        self.browser.post(&format!("{}/purchase", self.path), &[("code", code)]).await
    }

    async fn section(&self) -> Option<String> {
        self.browser.get(&self.path).await.text_of("#purchase")
    }

    fn desk(&self) -> String {
        format!("/desk/tickets/{}", self.reference)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_the_mailbox_of_a_purchase_proves_this_purchase_and_nothing_else() {
    for engine in engines() {
        let scene = Scene::new(&engine).await;
        let ana = logged_in(&scene.visitor, "ana@example.org", "Ana", Role::Agent).await;
        let bought = scene.bought(1).await.remove(0);
        let of_buyer = scene.asker(&bought.email, "").await;
        let asker = scene.asker("nova@example.com", &bought.code).await;
        let sent = asker.browser.get(&format!("{}/sent", asker.path)).await;
        assert!(sent.attributes("main a", "href").contains(&format!("{}#purchase", asker.path)), "offered after sending");
        let page = asker.browser.get(&asker.path).await;
        assert_eq!(page.attributes("#order", "value"), [bought.code.as_str()]);
        assert!(page.attributes("#buyer-code", "id").is_empty());

        // Spelled as people do.
        let spelled = format!(" {} {} ", bought.code[..5].to_lowercase(), &bought.code[5..]);
        let asked = asker.ask(&spelled).await;
        assert_eq!(asked.assert_status(303).header("location"), format!("{}#purchase", asker.path));
        assert!(asker.section().await.expect("a section").contains(ASKED));
        let code = scene.code(&bought.email).await;
        let mails = scene.code_mails();
        assert_eq!((mails.len(), mails[0].header("To")), (1, vec![bought.email.as_str()]), "to the purchase's address alone");
        for part in &mails[0].parts {
            for typed in ["Texto", "Pergunta", "Zulmira", "nova@", spelled.trim(), asker.reference.as_str()] {
                assert!(!part.contains(typed), "{typed} was typed by who asked: {part}");
            }
            assert!(part.contains(&bought.code) && part.contains("15 minutos"));
        }
        assert!(mails[0].parts[0].contains(&bought.product) && !mails[0].header("Subject")[0].contains(&bought.code));
        assert!(mails[0].header("References").is_empty(), "it belongs to no conversation");
        assert!(!ana.get(&asker.desk()).await.text().contains("Comprador verificado"));
        let of_buyers = async |view: &str| ana.get(&format!("/desk?view={view}&sale=paid")).await.attributes(".row-subject a", "href");
        assert!(of_buyers("all").await.is_empty() && of_buyers("unassigned").await.is_empty());

        let location = asker.enter(&code).await.assert_status(303).header("location").to_owned();
        assert_eq!(location, format!("{}#purchase", asker.path));
        let section = asker.section().await.expect("a section");
        assert!(section.contains("Compra confirmada") && section.contains(&bought.code), "{section}");
        let desk = ana.get(&asker.desk()).await;
        assert!(desk.text_of(".desk-ticket-head").expect("a head").contains("Comprador verificado"));
        let shown = desk.text_of("[aria-labelledby=purchases]").expect("a section");
        assert!(shown.contains(&bought.code) && shown.contains(&bought.product) && shown.contains("Comprador verificado"), "{shown}");
        assert_eq!((of_buyers("all").await, of_buyers("unassigned").await), (vec![asker.desk()], vec![asker.desk()]), "found by what was proved");
        assert!(!shown.contains("outro e-mail:") && desk.text().contains("E-mail não confirmado"));
        assert!(desk.text_of(".thread").expect("a thread").contains("Compra confirmada por código"));

        // No right to anything: neither the ticket's, nor the address's, nor other tickets.
        assert_eq!(scene.number("SELECT COUNT(*) FROM tickets WHERE proof <> 'none'").await, 0);
        assert_eq!(scene.number("SELECT COUNT(*) FROM addresses WHERE verified_at IS NOT NULL").await, 0);
        assert_eq!(scene.number("SELECT COUNT(*) FROM sessions").await, 0);
        assert!(asker.browser.cookie("ajuda_session").is_none());
        asker.browser.get(&of_buyer.path).await.assert_status(404);
        asker.browser.post(&format!("{}/purchase", of_buyer.path), &[("order", &bought.code)]).await.assert_status(404);
        assert!(!asker.browser.get("/pt/requests").await.text().contains(&of_buyer.reference));
        assert!(!ana.get(&of_buyer.desk()).await.text().contains("Comprador verificado"), "of this ticket alone");

        // Pressed again, or sent again later, it does nothing more.
        asker.enter(&code).await.assert_status(303);
        assert_eq!(scene.number("SELECT COUNT(*) FROM buyer_proofs").await, 1);
        let id = scene.text(&format!("SELECT id FROM tickets WHERE reference = '{}'", asker.reference)).await;
        let events = scene.visitor.app.events.of_ticket(&id).await.expect("events");
        let proved: Vec<_> = events.iter().filter(|event| event.kind == Kind::BuyerProved).collect();
        assert!(proved.len() == 1 && proved[0].by == Actor::Customer && proved[0].data.is_empty(), "{proved:?}");
        assert_eq!(scene.number("SELECT COUNT(*) FROM buyer_codes").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_that_is_unknown_gets_the_same_answers_and_no_email() {
    for engine in engines() {
        let scene = Scene::new(&engine).await;
        let bought = scene.bought(1).await.remove(0);
        // With as many digits, and none of it elsewhere on the page.
        let unknown = format!("HP{}", "7".repeat(bought.code.len() - 2));
        let mut answers: Vec<Vec<String>> = Vec::new();
        for order in [&bought.code, &unknown] {
            let number = scene.number("SELECT COUNT(*) FROM tickets").await;
            let asker = scene.asker("nova@example.com", order).await;
            let told = async |reply: Reply| {
                let page = asker.browser.get(&asker.path).await;
                let mut headers = reply.headers.clone();
                headers.remove("x-request-id");
                let texts = [format!("{} {headers:?}", reply.status), reply.text(), page.text()];
                let one = |text: String| {
                    text.replace(&asker.reference, "REFERENCE").replace(order.as_str(), "ORDER").replace(&format!("Pergunta {number}"), "SUBJECT")
                };
                texts.map(|text| one(text).replace(&format!("Texto{number}"), "TEXT")).join("\n")
            };
            let mut said = vec![told(asker.browser.get(&format!("{}/sent", asker.path)).await).await];
            // The private link is of this ticket.
            said[0] = said[0].split("class=\"private-link\"").next().expect("a part").to_owned();
            said.push(told(asker.ask(order).await).await);
            scene.deliver().await;
            for _ in 0..7 {
                said.push(told(asker.enter("0000 0000").await).await);
            }
            for _ in 0..3 {
                said.push(told(asker.ask(order).await).await);
            }
            assert!(said.last().is_some_and(|last| last.starts_with("429") && last.contains("Tente de novo amanhã")));
            answers.push(said);
        }
        let (known, unknown) = (&answers[0], &answers[1]);
        for (number, (known, unknown)) in known.iter().zip(unknown).enumerate() {
            assert_eq!(known, unknown, "answer {number}");
        }
        scene.deliver().await;
        let mails = scene.code_mails();
        assert!(mails.iter().all(|mail| mail.header("To") == [bought.email.as_str()]), "nothing left for what is unknown");
        assert_eq!(mails.len(), 2, "one was replaced before it left");
        let owed = "SELECT COUNT(*) FROM outbox WHERE template = 'buyer_code'";
        assert_eq!((scene.number(owed).await, scene.number("SELECT COUNT(*) FROM buyer_codes").await), (2, 2), "a row for each of the two");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_guessed_at_is_late_or_of_something_else_proves_nothing() {
    for engine in engines() {
        let scene = Scene::new(&engine).await;
        let bought = scene.bought(4).await;
        let asker = scene.asker("nova@example.com", &bought[0].code).await;
        assert!(asker.enter("1234 5678").await.assert_status(422).text().contains(WRONG), "nothing was asked for");

        asker.ask(&bought[0].code).await.assert_status(303);
        let code = scene.code(&bought[0].email).await;
        for attempt in 1..=5 {
            let wrong = asker.enter(&other_than(&code)).await;
            assert!(wrong.assert_status(422).text().contains(WRONG), "{attempt}");
            assert_eq!(wrong.attributes("[autofocus]", "id"), [if attempt < 5 { "buyer-code" } else { "order" }], "{attempt}");
        }
        assert!(asker.enter(&code).await.assert_status(422).text().contains(WRONG), "it is gone after five tries");
        assert_eq!(scene.number("SELECT COUNT(*) FROM buyer_codes").await, 0);

        // Hostile texts come back as text.
        asker.ask(&bought[1].code).await.assert_status(303);
        for odd in ["", "12\"<34>", "\0", "１２３４５６７８", &"9".repeat(5000)] {
            let page = asker.enter(odd).await;
            assert!(!page.assert_status(422).text().contains("\"<34>"), "{odd}");
        }
        asker.ask(&bought[1].code).await.assert_status(303);
        let first = scene.code(&bought[1].email).await;
        scene.visitor.app.clock.advance(Micros::SECOND);
        asker.ask(&bought[1].code).await.assert_status(303);
        let second = scene.code(&bought[1].email).await;
        assert!(first == second || asker.enter(&first).await.status == 422, "a code that was asked for again is over");

        // Another ticket's, and another purchase's of the same ticket.
        let other = scene.asker("outra@example.com", "").await;
        assert_eq!(other.enter(&second).await.status, 422);
        other.ask(&bought[1].code).await.assert_status(429);
        other.ask(&bought[2].code).await.assert_status(303);
        assert_eq!(other.enter(&second).await.status, 422);
        let third = scene.code(&bought[2].email).await;
        assert_eq!(asker.enter(&third).await.status, 422);

        scene.visitor.app.clock.advance(15 * Micros::MINUTE);
        assert_eq!(other.enter(&third).await.status, 422, "15 minutes are over");
        assert!(!other.section().await.expect("a section").contains(ASKED));
        // One whose email could not leave in time does not leave later.
        other.ask(&bought[3].code).await.assert_status(303);
        scene.visitor.app.clock.advance(16 * Micros::MINUTE);
        scene.deliver().await;
        assert!(scene.code_mails().iter().all(|mail| mail.header("To") != [bought[3].email.as_str()]));
        assert_eq!(scene.number("SELECT COUNT(*) FROM buyer_proofs").await, 0);
        scene.visitor.app.orders.prune().await.expect("a database");
        assert_eq!(scene.number("SELECT COUNT(*) FROM buyer_codes").await, 0);
        assert!(scene.number("SELECT COUNT(*) FROM buyer_code_days").await > 0);
        scene.visitor.app.clock.advance(2 * Micros::DAY);
        scene.visitor.app.orders.prune().await.expect("a database");
        assert_eq!(scene.number("SELECT COUNT(*) FROM buyer_code_days").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_gets_three_codes_a_day_from_however_many_tickets_and_networks() {
    for engine in engines() {
        let scene = Scene::new(&engine).await;
        let bought = scene.bought(2).await;
        let from = async |asker: &Asker, network: &str, order: &str| {
            let request = Request::post(format!("{}/purchase", asker.path)).header("sec-fetch-site", "same-origin");
            let request = request.header("x-forwarded-for", network).header("content-type", "application/x-www-form-urlencoded");
            asker.browser.send(request.body(Body::from(form_body(&[("order", order)]))).expect("a request")).await.status.as_u16()
        };
        for (spelled, network, wanted) in [
            (bought[0].code.clone(), "192.0.2.1", 303),
            (bought[0].code.to_lowercase(), "192.0.2.2", 303),
            (format!("\u{200b}{}", bought[0].code), "192.0.2.3", 303),
            (format!("H P {}", &bought[0].code[2..]), "192.0.2.4", 429),
        ] {
            let asker = scene.asker("nova@example.com", "").await;
            assert_eq!(from(&asker, network, &spelled).await, wanted, "{spelled:?}");
        }
        scene.deliver().await;
        assert_eq!(scene.code_mails().len(), 3);
        let asker = scene.asker("outra@example.com", "").await;
        assert_eq!(from(&asker, "192.0.2.5", &bought[1].code).await, 303, "another purchase has its own three");
        scene.visitor.app.clock.advance(Micros::DAY);
        assert_eq!(from(&asker, "192.0.2.5", &bought[0].code).await, 303, "and tomorrow there are three more");

        // A ticket has five an hour, known or not, and a network twenty.
        for number in 0..4 {
            assert_eq!(from(&asker, "192.0.2.6", &format!("HP90{number}")).await, 303);
        }
        assert_eq!(from(&asker, "192.0.2.6", "HP905").await, 429);
        scene.visitor.app.clock.advance(Micros::HOUR);
        for number in 0..21 {
            let other = scene.asker(&format!("pessoa{number}@example.com"), "").await;
            let wanted = if number < 20 { 303 } else { 429 };
            assert_eq!(from(&other, "192.0.2.8", &format!("HP80{number}")).await, wanted, "{number}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn others_and_other_pages_can_ask_for_nothing() {
    let scene = Scene::new(&Engine::Sqlite).await;
    let bought = scene.bought(2).await;
    let asker = scene.asker("nova@example.com", &bought[0].code).await;
    let action = format!("{}/purchase", asker.path);
    let body = form_body(&[("order", &bought[0].code)]).into_bytes();
    asker.browser.post_bytes(&action, body.clone(), "cross-site").await.assert_status(403);
    scene.visitor.stranger().post(&action, &[("order", &bought[0].code)]).await.assert_status(404);
    scene.visitor.stranger().post(&action, &[("code", "1234 5678")]).await.assert_status(404);
    for odd in ["", "HP", "HP12 OR 1=1", "HP1\r\nBcc: x@example.com", "<b>\"", &"9".repeat(5000)] {
        let page = asker.ask(odd).await;
        assert!(page.assert_status(422).text_of("#order-error").is_some() && !page.text().contains("<b>\""), "{odd:?}");
    }
    for path in ["/pt/requests/HC-XXXX/purchase", "/pt/requests/%00/purchase", "/xx/requests/1/purchase"] {
        asker.browser.post(path, &[("order", &bought[0].code)]).await.assert_status(404);
    }
    assert_eq!(scene.number("SELECT COUNT(*) FROM buyer_codes").await, 0);

    // Nothing leaves for what is in quarantine, and its page says the same.
    scene.run("UPDATE tickets SET quarantine = 'content'").await;
    asker.ask(&bought[0].code).await.assert_status(303);
    assert!(asker.section().await.expect("a section").contains(ASKED));
    scene.deliver().await;
    assert!(scene.code_mails().is_empty());
    scene.run("UPDATE tickets SET quarantine = NULL").await;

    // A ticket that is closed takes no more of it.
    let closed = scene.asker("fechada@example.com", &bought[1].code).await;
    let reference = Reference::parse(&closed.reference).expect("a reference");
    scene.visitor.app.tickets.transition(&reference, Transition::Closed, &Actor::Console).await.expect("closed");
    assert!(closed.section().await.is_none());
    closed.ask(&bought[1].code).await.assert_status(303);
    assert_eq!(scene.number("SELECT COUNT(*) FROM buyer_codes").await, 1);

    // Without an account, or where no email leaves, nobody sees anything of it.
    scene.visitor.app.orders.accounts().disconnect(&scene.account, true, &Actor::Console).await.expect("a database");
    scene.visitor.app.orders.drop_deleted().await.expect("a database");
    assert!(asker.section().await.is_none());
    asker.ask(&bought[0].code).await.assert_status(404);
    asker.enter("1234 5678").await.assert_status(404);
    let hotmart = sandbox(5, "").await;
    let silent = Visitor::with(&Engine::Sqlite, asking(&hotmart)).await;
    connect(&silent.app.rooms, "Forno").await.expect("connected");
    let path = silent.post("/pt/contact", &GOOD_FORM).await.header("location").trim_end_matches("/sent").to_owned();
    assert!(silent.get(&path).await.text_of("#purchase").is_none());
    silent.post(&format!("{path}/purchase"), &[("order", UNKNOWN)]).await.assert_status(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_proved_goes_with_the_buyer_the_ticket_and_the_account() {
    for engine in engines() {
        let scene = Scene::new(&engine).await;
        let bought = scene.bought(3).await;
        let proofs = "SELECT COUNT(*) FROM buyer_proofs";
        let mut askers = Vec::new();
        for (number, one) in bought.iter().enumerate() {
            let asker = scene.asker(&format!("nova{number}@example.com"), &one.code).await;
            asker.ask(&one.code).await.assert_status(303);
            asker.enter(&scene.code(&one.email).await).await.assert_status(303);
            askers.push(asker);
        }
        assert_eq!(scene.number(proofs).await, 3);
        let erase = async |email: &str| {
            let email = Email::parse(email).expect("an address");
            scene.visitor.app.privacy.erase(&email, &Actor::Console).await.expect("erased")
        };
        // The buyer, with a code that is on its way.
        askers[0].ask(&bought[0].code).await.assert_status(303);
        let kept = erase(&bought[0].email).await;
        for what in ["purchases that were proved", "codes for buyers"] {
            assert!(kept.counts.contains(&(what, 1)), "{what}: {kept:?}");
        }
        assert_eq!((scene.number(proofs).await, scene.number("SELECT COUNT(*) FROM buyer_codes").await), (2, 0));
        assert!(!askers[0].section().await.expect("a section").contains("Compra confirmada"));
        let before = scene.code_mails().len();
        askers[0].ask(&bought[0].code).await.assert_status(303);
        scene.deliver().await;
        assert_eq!(scene.code_mails().len(), before, "nobody is left to write to");
        // Who asked: the ticket goes, and what hangs on it.
        askers[1].ask(&bought[1].code).await.assert_status(303);
        let kept = erase("nova1@example.com").await;
        assert!(kept.counts.contains(&("purchases proved in their tickets", 1)) && kept.counts.contains(&("codes asked for in their tickets", 1)));
        assert_eq!(scene.number(proofs).await, 1);
        scene.visitor.app.orders.accounts().disconnect(&scene.account, true, &Actor::Console).await.expect("a database");
        scene.visitor.app.orders.drop_deleted().await.expect("a database");
        assert_eq!(scene.number(proofs).await, 0);
    }
}
