use super::assert_text;

#[test]
fn links_tell_where_they_lead() {
    assert_text("Veja <a href='https://a.example/b?x=1&amp;y=2'>a aula</a>.", "Veja a aula (https://a.example/b?x=1&y=2).");
    assert_text("<a href='https://a.example'><div>Bloco</div></a>fim", "Bloco (https://a.example)\nfim");
    assert_text("<p><a href='https://a.example'><div>Bloco</div></a></p>fim", "Bloco (https://a.example)\nfim");
    assert_text("<a href=https://a.example/1>um<a href=https://a.example/2>dois", "um (https://a.example/1)dois (https://a.example/2)");
    assert_text("<a href=' https://a.example/\nb c '>x</a>", "x (https://a.example/b%20c)");
    assert_text("<table><tr><td><a href='https://a.example'>sem fim</td><td>outra</td></tr></table>", "sem fim (https://a.example) | outra");
    assert_text(
        "<a href='mailto:ana@a.example?subject=Oi'>Ana</a> <a href='tel:+551140028922'>ligue</a>",
        "Ana (ana@a.example) ligue (+551140028922)",
    );
}

#[test]
fn an_address_that_the_text_tells_is_not_repeated() {
    for same in [
        "<a href='https://a.example/'>a.example</a>",
        "<a href='https://www.a.example/b'>https://a.example/b/</a>",
        "<a href='https://a.example/a%C3%A7'>https://A.example/aç</a>",
        "<a href='mailto:Ana@a.example'>ana@a.example</a>",
        "<a href='mailto:ana@a.example'>Ana &lt;ana@a.example&gt;</a>",
        "<a href='tel:+551140028922'>(11) 4002-8922</a>",
        "<a href='javascript:x()'>x</a>",
        "<a href='cid:image001'>x</a>",
        "<a href='#topo'>x</a>",
        "<a href='/aula'>x</a>",
        "<a name=x>x</a>",
        "<a href='https://a.example/x'></a>",
        "<a href='https://a.example/x'><img src='cid:a' alt=''></a>",
        "<a href='https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb&amp;data=05'>https://a.example/b</a>",
    ] {
        let text = super::text_of(same, 1000);
        assert!(!text.contains(" (http") && !text.contains(" (+") && !text.contains(" (ana"), "{text} of {same}");
    }
    assert_text("<a href='https://mal.example'>https://banco.example</a>", "https://banco.example (https://mal.example)");
}

#[test]
fn what_a_mail_program_puts_around_an_address_is_taken_off() {
    let outlook = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb%3Fx%3D1&data=05%7C01";
    assert_text(&format!("<a href='{outlook}'>x</a>"), "x (https://a.example/b?x=1)");
    assert_text("<a href='https://www.google.com/url?q=https://a.example/b&amp;sa=D'>x</a>", "x (https://a.example/b)");
    let odd = "https://www.google.com/url?q=javascript:x";
    assert_text(&format!("<a href='{odd}'>x</a>"), &format!("x ({odd})"));
    assert_text(&format!("<a href='https://a.example/{}'>x</a>", "y".repeat(5000)), "x (https://a.example/…)");
}

#[test]
fn pictures_are_words_if_they_have_some() {
    assert_text("<img alt='Tela de erro' src=x>", "[Tela de erro]");
    assert_text("<a href='https://a.example/x'><img alt='Abrir curso'></a>", "[Abrir curso] (https://a.example/x)");
    assert_text("Oi <img alt='😀' class=emoji><img alt='1️⃣'>", "Oi 😀1️⃣");
    for nothing in [
        "<img>",
        "<img alt=''>",
        "<img alt=x width=1 height=1>",
        "<img alt='image001.png'>",
        "<img alt='Logo'>",
        "<img alt='---'>",
        "<img alt='Texto&#10;&#10;Descrição gerada automaticamente'>",
        "<img alt=x style='display:none'>",
        "<div hidden><img alt=texto></div>",
    ] {
        assert_text(nothing, "");
    }
}

#[test]
fn the_logos_of_a_signature_leave_nothing() {
    assert_text("<p>Segue o comprovante em anexo.</p><img src=\"cid:image001@01D\"><img src=\"cid:image002@01D\">", "Segue o comprovante em anexo.");
    assert_text("<html><body>Antes da foto.<br></body></html>", "Antes da foto.");
    assert_text("<html><body><br>Depois da foto: qual e o prazo?</body></html>", "Depois da foto: qual e o prazo?");
}
