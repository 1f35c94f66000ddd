//! What mail programs, phones and servers on the way make of a person's email: what they wrote reaches the ticket.

use ajuda::intake::inbound::IntakeOutcome;
use ajuda::tickets::Queue;
use ajuda::tickets::model::{Message, MessageKind, Ticket};

use super::{stage, take};
use crate::support::{Stage, engines};

/// Head and body with their bytes as they are.
fn raw(from: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("From: {from}\nTo: support@example.org\nMessage-ID: <{}@mail.example.com>\nMIME-Version: 1.0\n{head}\n\n", body.len());
    [head.replace('\n', "\r\n").into_bytes(), body.to_vec()].concat()
}

/// The ticket that an email opens, with all that is said in it.
async fn opened(stage: &Stage, raw: Vec<u8>) -> (Ticket, Vec<Message>) {
    let shown = String::from_utf8_lossy(&raw).into_owned();
    assert_eq!(take(stage, raw).await, IntakeOutcome::Opened, "{shown}");
    stage.clock.advance(ajuda::clock::Micros::SECOND);
    let newest = stage.tickets.read().list(Queue::Newest, 1).await.expect("tickets").pop().expect("a ticket");
    stage.tickets.read().for_staff(&newest.key.reference).await.expect("a ticket")
}

fn parts(kind: &str, parts: &[&str]) -> (String, Vec<u8>) {
    let body: String = parts.iter().map(|part| format!("--b\n{part}\n")).collect();
    (format!("Subject: x\nContent-Type: multipart/{kind}; boundary=b"), format!("{body}--b--\n").replace('\n', "\r\n").into_bytes())
}

const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGM4ISeHFTEMLQkAkL9BAbKfPiIAAAAASUVORK5CYII=";

fn picture(name: &str, id: &str) -> String {
    format!(
        "Content-Type: image/png; name={name}\nContent-Disposition: inline; filename={name}\nContent-ID: <{id}>\nContent-Transfer-Encoding: base64\n\n{PNG}"
    )
}

#[tokio::test]
async fn whoever_a_group_wrote_over_is_the_customer_and_not_verified() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let vouched = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.org";
        let head = format!(
            "{vouched}\nX-Original-From: Ana Prado <ana@example.com>\nReply-To: Ana Prado <ana@example.com>\nSubject: Compra\nList-Id: <support.example.org>\nPrecedence: list"
        );
        let (ticket, messages) = opened(&stage, raw("'Ana Prado' via Suporte <support@example.org>", &head, b"O curso nao aparece.\r\n")).await;
        assert_eq!((ticket.email.as_str(), ticket.name.as_str()), ("ana@example.com", "Ana Prado"));
        assert_eq!((ticket.proof.word(), messages.len()), ("none", 1), "{messages:?}");
    }
}

#[tokio::test]
async fn every_text_is_kept_in_its_order_whatever_stands_between() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (one, two) = ("Content-Type: text/plain\n\nParte um.", "Content-Type: text/plain; charset=utf-8\n\nParte dois: é o código HP1.");
        let pdf = "Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\n\n%PDF-1.7\n%%EOF";
        let html = "Content-Type: text/html\n\n<p>Parte em <b>HTML</b>.</p>";
        let shot = picture("tela.png", "x");
        for (list, expected) in [
            (vec![one, shot.as_str(), two], "Parte um.\n\nParte dois: é o código HP1."),
            (vec![shot.as_str(), two], "Parte dois: é o código HP1."),
            (vec![one, pdf, two], "Parte um.\n\nParte dois: é o código HP1."),
            (vec![one, two], "Parte um.\n\nParte dois: é o código HP1."),
            (vec![html, shot.as_str(), html], "Parte em HTML.\n\nParte em HTML."),
            (vec![one, shot.as_str(), html], "Parte um.\n\nParte em HTML."),
        ] {
            let (head, body) = parts("mixed", &list);
            let (_, messages) = opened(&stage, raw("bia@example.com", &head, &body)).await;
            assert_eq!(messages[0].body, expected);
        }
    }
}

#[tokio::test]
async fn a_mark_of_a_program_does_not_make_a_persons_email_disappear() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        for (number, head) in [
            "Subject: Estou de férias e não consigo acessar o curso",
            "Subject: Automatic reply to my buyers stopped working",
            "Subject: x\nAuto-Submitted: auto-generated",
            "Subject: x\nPrecedence: bulk",
        ]
        .into_iter()
        .enumerate()
        {
            let (_, messages) = opened(&stage, raw(&format!("c{number}@example.com"), head, format!("Ajuda {number}").as_bytes())).await;
            assert_eq!(messages[0].body, format!("Ajuda {number}"));
        }
    }
}

#[tokio::test]
async fn text_without_its_charset_is_read_by_its_bytes_in_body_subject_and_names() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let cases: [(&str, &[u8]); 4] = [
            ("X: y", b"N\xe3o recebi a confirma\xe7\xe3o."),
            ("Content-Type: text/plain; charset=unknown-8bit\nContent-Transfer-Encoding: 8bit", b"N\xe3o recebi a confirma\xe7\xe3o. "),
            ("Content-Type: text/plain; charset=us-ascii", "Não recebi a confirmação.".as_bytes()),
            (
                "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
                b"N=C3=A3o recebi a confirma=C3=A7=C3=A3o.",
            ),
        ];
        for (head, body) in cases {
            let mut email = raw("k@example.com", &format!("{head}\nSubject: N@o"), body);
            let at = email.windows(3).position(|bytes| bytes == b"N@o").expect("a subject");
            email[at + 1] = 0xe3;
            let (ticket, messages) = opened(&stage, email).await;
            assert_eq!((messages[0].body.as_str(), ticket.subject.as_str()), ("Não recebi a confirmação.", "Não"));
        }
        let mut named =
            parts("mixed", &["Content-Type: text/plain\n\nSegue.", "Content-Disposition: attachment; filename=\"descri@o.txt\"\n\nerro 42"]);
        let at = named.1.iter().position(|byte| *byte == b'@').expect("a name");
        named.1[at] = 0xe7;
        let (ticket, _) = opened(&stage, raw("n@example.com", &named.0, &named.1)).await;
        assert_eq!(stage.files.of_ticket(&ticket.key.id).await.expect("files")[0].name, "descriço.txt");
    }
}

#[tokio::test]
async fn what_somebody_attached_comes_before_the_logos_of_their_signature() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let logos: Vec<String> = (1..=6).map(|number| picture(&format!("image00{number}.png"), &format!("i{number}@x"))).collect();
        let shown: String = (1..=6).map(|number| format!("<img src=\"cid:i{number}@x\">")).collect();
        let html = format!("Content-Type: text/html\n\n<p>Segue o comprovante.</p>{shown}");
        let file = |name: &str| {
            format!("Content-Type: application/pdf; name={name}\nContent-Disposition: attachment; filename={name}\n\n%PDF-1.7\n({name})\n%%EOF")
        };
        let attached: Vec<String> = (1..=6).map(|number| file(&format!("comprovante{number}.pdf"))).collect();
        let list: Vec<&str> =
            std::iter::once(html.as_str()).chain(logos.iter().map(String::as_str)).chain(attached.iter().map(String::as_str)).collect();
        let (head, body) = parts("mixed", &list);
        let (ticket, messages) = opened(&stage, raw("wilma@example.com", &head, &body)).await;
        let names: Vec<_> = stage.files.of_ticket(&ticket.key.id).await.expect("files").into_iter().map(|file| file.name).collect();
        for number in 1..=5 {
            assert!(names.contains(&format!("comprovante{number}.pdf")), "{names:?}");
        }
        assert_eq!(messages[0].not_kept.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["comprovante6.pdf"], "{names:?}");
        let told = first_mail(&stage, "confirmation").await;
        assert!(told.contains("comprovante6.pdf (arquivos demais)") && !told.contains("image00"), "{told}");
    }
}

/// The text of an email that is owed.
async fn first_mail(stage: &Stage, template: &str) -> String {
    let mut found = None;
    while let Some(owed) = stage.outbox.claim().await.expect("a database") {
        if owed.mail.template.word() == template {
            found = stage.tickets.read().mail_facts(&owed.mail).await.expect("a database");
        }
    }
    found.expect("it is owed").not_kept
}

#[tokio::test]
async fn what_can_not_be_opened_here_is_said_to_staff_and_to_the_sender() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let note =
            |messages: &[Message], text: &str| messages.iter().any(|message| message.kind() == MessageKind::Note && message.body.contains(text));
        let sealed = "Subject: x\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64";
        let (_, messages) =
            opened(&stage, raw("xana@example.com", sealed, b"MIAGCSqGSIb3DQEHAqCAMIACAQExDzANBglghkgBZQMEAgEFADCABgkqhkiG9w0BBwGggCSABA==")).await;
        assert!(note(&messages, "criptografada") && messages[0].body == "(sem texto)", "{messages:?}");
        assert_eq!(messages[0].not_kept[0].name, "smime.p7m");

        let winmail = "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+IgEA";
        let (head, body) = parts("mixed", &["Content-Type: text/plain\n\nSegue a nota.", winmail]);
        let (_, messages) = opened(&stage, raw("wil@example.com", &head, &body)).await;
        assert!(note(&messages, "winmail.dat (pacote que só o Outlook abre"), "{messages:?}");
        assert_eq!(messages[0].not_kept.len(), 1);

        let signature = "Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment; filename=smime.p7s\nContent-Transfer-Encoding: base64\n\nMIAG";
        let (head, body) = parts("signed; micalg=sha-256", &["Content-Type: text/plain\n\nAssinado.", signature]);
        let (_, messages) = opened(&stage, raw("sig@example.com", &head, &body)).await;
        assert_eq!((messages.len(), messages[0].body.as_str(), messages[0].not_kept.len()), (1, "Assinado.", 0), "a signature is nobody's file");
    }
}

#[tokio::test]
async fn staff_see_where_else_answers_are_asked_to_go() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (ticket, messages) =
            opened(&stage, raw("Loja <wordpress@loja.example>", "Subject: x\nReply-To: Rita <rita@example.com>", b"Nome: Rita")).await;
        assert_eq!(ticket.email, "wordpress@loja.example");
        assert!(messages[1].kind() == MessageKind::Note && messages[1].body.contains("rita@example.com"), "{messages:?}");
        let (_, messages) = opened(&stage, raw("rita@example.com", "Subject: x\nReply-To: Rita <RITA@example.com>", b"Eu mesma")).await;
        assert_eq!(messages.len(), 1);
    }
}

#[tokio::test]
async fn an_international_domain_can_write_and_is_answered_in_ascii() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (ticket, _) = opened(&stage, raw("Zeca <zeca@açaí.example>", "Subject: IDN", b"Minha compra sumiu.")).await;
        assert_eq!(ticket.email, "zeca@açaí.example");
        let (other, _) = opened(&stage, raw("Zeca <ZECA@xn--aa-4iaz.example>", "Subject: IDN", b"E agora?")).await;
        assert!(other.is_of(&ticket.email.to_uppercase().replace("AÇAÍ.EXAMPLE", "açaí.example")));
        let owners = stage.number("SELECT COUNT(*) FROM addresses WHERE address LIKE '%.example'").await;
        assert_eq!(owners, 1, "one customer, however the domain is written");
    }
}

#[tokio::test]
async fn html_alone_reads_like_the_email_did() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let html = "<div>O erro está <a href=\"https://loja.example/aula/3\">nesta aula</a>.</div><ul><li>primeiro</li><li>segundo</li></ul>\
            <table><tr><td>Pedido</td><td>Valor</td></tr><tr><td>A1</td><td>R$ 50</td></tr></table><p>Obrigada</p>";
        let (_, messages) = opened(&stage, raw("h@example.com", "Subject: x\nContent-Type: text/html; charset=utf-8", html.as_bytes())).await;
        let body = &messages[0].body;
        for line in ["O erro está nesta aula (https://loja.example/aula/3).", "- primeiro", "- segundo", "Obrigada"] {
            assert!(body.lines().any(|known| known == line), "{line:?} in {body:?}");
        }
        assert!(!body.contains("PedidoValor") && !body.contains("A1R$"), "{body:?}");
    }
}

#[tokio::test]
async fn what_says_more_is_the_text_and_a_body_is_one_however_it_is_marked() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let html = "Content-Type: text/html\n\n<p>Quero o reembolso do pedido HP850, por favor.</p>";
        for stub in ["Seu programa de e-mail não mostra HTML.", "[image: image.png]", ".", "\u{200b}", "\u{ad}", "Quero"] {
            let plain = format!("Content-Type: text/plain; charset=utf-8\n\n{stub}");
            let (head, body) = parts("alternative", &[&plain, html]);
            let (_, messages) = opened(&stage, raw(&format!("stub{}@example.com", body.len()), &head, &body)).await;
            assert_eq!(messages[0].body, "Quero o reembolso do pedido HP850, por favor.", "{stub:?}");
        }
        let same = "Content-Type: text/plain\n\nQuero o *reembolso* do pedido HP850, por favor.";
        let (head, body) = parts("alternative", &[same, html]);
        let (_, messages) = opened(&stage, raw("both@example.com", &head, &body)).await;
        assert_eq!(messages[0].body, "Quero o *reembolso* do pedido HP850, por favor.");

        for (head, body, expected) in [
            ("Content-Type: application/xhtml+xml", "<html><body><p>Em XHTML</p></body></html>", "Em XHTML"),
            ("Content-Type: text/enriched", "<bold>Em</bold> enriched", "Em enriched"),
            ("Content-Type: text", "Sem subtipo", "Sem subtipo"),
            ("Content-Type: text/markdown", "# Em Markdown", "# Em Markdown"),
            ("Content-Type: text/plain\nContent-Disposition: attachment", "Marcado como anexo", "Marcado como anexo"),
            (
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
                "TsOjbyBjaGVnb3U=\r\n\r\n____\r\nlista",
                "Não chegou\n\n____\nlista",
            ),
            ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", "!!TsOj\r\n@# \r\nbyBjaGVnb3U=", "Não chegou"),
        ] {
            let (ticket, messages) =
                opened(&stage, raw(&format!("odd{}@example.com", body.len()), &format!("Subject: x\n{head}"), body.as_bytes())).await;
            assert_eq!(messages[0].body, expected, "{head}");
            assert!(stage.files.of_ticket(&ticket.key.id).await.expect("files").is_empty() && messages[0].not_kept.is_empty(), "{head}");
        }
        let deep = format!("{}<p>No fundo.</p>", "<div>".repeat(200_000));
        let (_, messages) = opened(&stage, raw("deep@example.com", "Subject: x\nContent-Type: text/html", deep.as_bytes())).await;
        assert_eq!(messages[0].body, "No fundo.");
    }
}

#[tokio::test]
async fn other_words_under_the_same_message_id_are_another_email() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let form = |words: &str| {
            format!("From: form@loja.example\nTo: support@example.org\nSubject: Contato\nMessage-ID: <constante@loja.example>\n\n{words}\n")
                .replace('\n', "\r\n")
                .into_bytes()
        };
        assert_eq!(take(&stage, form("Ana quer o reembolso")).await, IntakeOutcome::Opened);
        assert_eq!(take(&stage, form("Bia perdeu a senha")).await, IntakeOutcome::Opened);
        assert_eq!(take(&stage, form("Ana quer o reembolso")).await, IntakeOutcome::Known);
    }
}

#[tokio::test]
async fn an_answer_that_names_only_our_last_email_finds_its_ticket() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (ticket, _) = opened(&stage, raw("ana@example.com", "Subject: Compra", b"Nao chegou")).await;
        let owed = stage.outbox.claim().await.expect("a database").expect("a confirmation");
        let answer = raw("ana@example.com", &format!("Subject: Re: x\nIn-Reply-To: <{}@example.org>", owed.id), b"Agora chegou");
        assert_eq!(take(&stage, answer).await, IntakeOutcome::Added);
        assert_eq!(stage.tickets.read().for_staff(&ticket.key.reference).await.expect("a ticket").1.len(), 2);
    }
}

#[tokio::test]
async fn the_language_is_that_of_the_writer_and_a_name_is_no_address() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let body = "O código é HP123. Vocês podem verificar?\r\n\r\nSent from Mail for Windows\r\n\r\nFrom: Support <s@example.org>\r\nSent: Monday, November 23, 2026 9:00 AM\r\nTo: Ana\r\nSubject: Your order\r\n\r\nHi, which code is it that you have got from us?";
        let (ticket, _) = opened(&stage, raw("\"Ana <ana@casa.example>\" <eve@example.com>", "Subject: x", body.as_bytes())).await;
        assert_eq!((ticket.lang, ticket.name.as_str()), (ajuda::i18n::Lang::Pt, "eve"));
    }
}
