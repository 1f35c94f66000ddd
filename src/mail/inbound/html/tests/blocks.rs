use super::assert_text;

#[test]
fn paragraphs_are_apart_and_other_blocks_are_lines() {
    assert_text("<p>Um</p><p>Dois</p>três", "Um\n\nDois\n\ntrês");
    assert_text("<div>Um</div><div>Dois</div>três", "Um\nDois\ntrês");
    assert_text("Um<br>Dois<br/>três</br>quatro", "Um\nDois\ntrês\nquatro");
    assert_text("<h1>Título</h1>Texto<section>A</section><center>B</center>", "Título\n\nTexto\nA\nB");
    assert_text("<p>sem fim<p>outro<div>bloco", "sem fim\n\noutro\n\nbloco");
    assert_text("<dl><dt>Prazo<dd>7 dias</dl>fim", "Prazo\n7 dias\n\nfim");
    assert_text("<span style='display:block'>a</span><a style='display: block'>b</a><div style=display:inline>c</div>d", "a\nb\ncd");
}

#[test]
fn a_blank_line_is_what_the_writer_left_blank() {
    assert_text("<div>a</div><div><br></div><div>b</div>", "a\n\nb");
    assert_text("a<br><br><br><br>b", "a\n\nb");
    assert_text("<div>a<br></div><div>b</div>", "a\nb");
    assert_text("<div>a</div><br><div>b</div>", "a\n\nb");
    assert_text("<p class=MsoNormal>a</p><p class=MsoNormal>b</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>c</p>", "a\nb\n\nc");
    assert_text("<p style='margin-top:0; margin-bottom:0'>a</p><p style='margin:0cm 0cm .0001pt'>b</p>c", "a\nb\nc");
    assert_text("<p style='margin:0 0 16px'>a</p><p style='margin:0 0 16px'>b</p>", "a\n\nb");
    assert_text("<div></div><p> </p>\n<br>a<p></p>", "a");
}

#[test]
fn space_is_as_a_browser_shows_it() {
    assert_text("  Olá,\n\t tudo   <b> bem </b>\r\n ? ", "Olá, tudo bem ?");
    assert_text("R$&nbsp;50&nbsp;&nbsp;à vista", "R$ 50 à vista");
    assert_text("in<b>te</b>iro &amp; <i>d</i>ois &lt;b&gt; &#233;&eacute;&#xE9; &copy &nada;", "inteiro & dois <b> ééé © &nada;");
    assert_text("a\u{200b}b\u{feff}c&shy;d&zwnj;e&#847;f\u{0}g\u{7}h", "abcdefgh");
    assert_text("👩\u{200d}💻", "👩\u{200d}💻");
    assert_text("a<!-- b --> c<![if !mso]>d<![endif]><?xml:namespace x ?>e<!doctype html>", "a cde");
    assert_text("Se 3 < 5 e 7 > 2", "Se 3 < 5 e 7 > 2");
    assert_text("<pre>\num\n  dois\n\n\ntrês </pre>fim", "um\n  dois\n\n\ntrês\n\nfim");
    assert_text("<div style='white-space:pre-wrap'>um\n  dois</div><div style='white-space: pre-line'>a\n   b</div>", "um\n  dois\na\nb");
}

#[test]
fn items_bear_marks() {
    assert_text("Itens:<ul><li>um</li><li><p>dois</p></li><li></li></ul>fim", "Itens:\n\n- um\n\n- dois\n\nfim");
    assert_text("<ol><li>um<li>dois<li value=7>sete<li>oito</ol>", "1. um\n2. dois\n7. sete\n8. oito");
    assert_text("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</ol>", "3. a\n  - b\n4. c");
    assert_text("<li>solto", "- solto");
    let word = "<p class=MsoListParagraph><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>\
                &nbsp;&nbsp; </span></span></span>caneta</p><p class=MsoListParagraph><span style='mso-list:Ignore'>2.&nbsp;</span>lápis</p>";
    assert_text(word, "- caneta\n2. lápis");
}

#[test]
fn rows_of_facts_are_lines_and_layouts_are_not() {
    assert_text("<table><tr><th>Pedido<th>Valor<tr><td>A1<td>R$ 50</table>fim", "Pedido | Valor\nA1 | R$ 50\n\nfim");
    assert_text(
        "a<table><tr><td><p>Pedido</p></td><td><p>A1</p></td></tr><tr><td><p>Prazo:</p></td><td>&nbsp;</td><td>hoje</td></tr></table>",
        "a\n\nPedido | A1\nPrazo: hoje",
    );
    assert_text("<table><tr><td>Um</td></tr><tr><td></td><td>Dois</td></tr></table>", "Um\nDois");
    assert_text("<table><tr><td>Lado<br>esquerdo</td><td>Direito</td></tr></table>", "Lado\nesquerdo\nDireito");
    assert_text("<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>", "a | b\n\nc");
    let long = "palavra ".repeat(30);
    assert_text(&format!("<table><tr><td>{long}<td>{long}</table>"), &format!("{0}\n{0}", long.trim_end()));
    assert_text(&format!("<table><tr><td>Nota<td>{long}</table>"), &format!("Nota | {}", long.trim_end()));
    assert_text("<tr><td>sem</td><td>tabela</td></tr>", "sem\ntabela");
    assert_text("<div>a<table><tr><td>b</div>c</table>d</div>e", "a\nbc\nd\ne");
}

#[test]
fn what_nobody_sees_is_left_out() {
    for hidden in [
        "<style>p{color:red}</style>",
        "<script>if (a < b) alert('</p>')</script>",
        "<head><title>x</title></head>",
        "<template>x</template>",
        "<div style='display: none !important'>x<p>y</p></div>",
        "<span style='DISPLAY:NONE'>x<span>y</span>z</span>",
        "<div style='mso-hide:all'>x</div>",
        "<div style='max-height:0px;overflow:hidden'>x</div>",
        "<div style='height:0;overflow:hidden'>x</div>",
        "<span style='font-size:0'>x</span>",
        "<div style='visibility:hidden'>x</div>",
        "<p hidden>x</p>",
        "<!--[if mso]><p>x</p><![endif]-->",
        "<svg><title>x</title><style/><path/><text>x</text></svg>",
        "<select><option>x</select>",
        "<xml><w:View>Normal</w:View></xml>",
        "<iframe src=x><p>x</p></iframe>",
    ] {
        assert_text(&format!("antes {hidden}depois"), "antes depois");
    }
    assert_text("<td style='font-size:0px'>x<div style='font-size:13px'>lido</div>", "lido");
    assert_text("<!--[if !mso]><!--><a style='mso-hide:all' href='https://a.example/x'>Abrir</a><!--<![endif]-->", "Abrir (https://a.example/x)");
    assert_text("<noscript>lido</noscript>", "lido");
}
