use super::{assert_said, assert_text};

#[test]
fn quoted_lines_bear_marks() {
    assert_text("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc");
    assert_text("<blockquote type=cite><p>a</p><p>b</p><blockquote>c</blockquote>d</blockquote>", "> a\n>\n> b\n>\n>> c\n>\n> d");
    let deep = format!("{}x", "<blockquote>".repeat(300));
    assert_text(&deep, ">>>>> x");
    assert_text("Eva escreveu:<blockquote><p>a</p></blockquote>", "Eva escreveu:\n> a");
    assert_text("Oi<br><br><blockquote>a</blockquote>", "Oi\n\n> a");
    assert_text("<blockquote><pre>a\n\nb</pre></blockquote>", "> a\n>\n> b");
    assert_text("<blockquote><table><tr><td>a<td>b</table></blockquote>", "> a | b");
}

#[test]
fn the_head_of_a_quoted_email_has_a_line_for_each_fact() {
    let one = "<p><b>De:</b> Suporte <b>Enviado el:</b> lunes 23 <b>Para:</b> Eva <b>Asunto:</b> Clave</p>";
    assert_text(one, "De: Suporte\nEnviado el: lunes 23\nPara: Eva\nAsunto: Clave");
    assert_text("<p>Vou <b>para</b> casa</p>", "Vou para casa");
    let section = "Certo<span id=OLK_SRC_BODY_SECTION><span style='font-weight:bold'>From: </span>Support</span>";
    assert_text(section, "Certo\n\nFrom: Support");
    let new = "<div>Certo</div><div id=mail-editor-reference-message-container><div style='border-style: solid none none; border-width: 1pt medium medium'>\
               <b>De: </b>Suporte &lt;s@example.com&gt;<br><b>Data: </b>segunda-feira, 23 de novembro de 2026 às 09:00<br><b>Para: </b>Eva</div>Olá</div>";
    assert_said(
        new,
        "Certo",
        "\n\n________________________________\nDe: Suporte <s@example.com>\nData: segunda-feira, 23 de novembro de 2026 às 09:00\nPara: Eva\n\nOlá",
    );
}

#[test]
fn rules_stand_between_texts() {
    assert_text("<hr>a<hr><hr>b<hr>", "a\n________________________________\nb");
    assert_text("<div style='border-top:1px solid #ccc'>a</div>", "a");
    assert_text("a<hr style='display:none'>b", "ab");
}

#[test]
fn signatures_begin_with_dashes() {
    assert_said("<div>Oi</div><div class='gmail_signature' dir=ltr><p></p>Rui</div>", "Oi", "\n\n-- \nRui");
    assert_text("Oi<div class=moz-signature>Rui</div>", "Oi\n-- \nRui");
    assert_text("<div class=gmail_signature>Rui</div>", "Rui");
    assert_text("Oi<div id=Signature><br></div><div>Mais</div>", "Oi\n\nMais");
    assert_text("Oi<br><span class=gmail_signature_prefix>-- </span><br><div class=gmail_signature>Rui</div>", "Oi\n--\nRui");
    assert_text("Oi<pre class=moz-signature cols=72>-- \nRui</pre>", "Oi\n\n-- \nRui");
    assert_text("<blockquote>Oi<div id=x_Signature>Rui</div></blockquote>", "> Oi\n> -- \n> Rui");
    assert_text("Oi<div class=signature>aqui</div>", "Oi\naqui");
}
